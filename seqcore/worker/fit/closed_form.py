"""Models that are solved at once: what each is built for, and how it is fitted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras

from seqcore.architectures.bag_of_words import BagOfWordsOptions
from seqcore.architectures.mini_rocket import MiniRocketOptions
from seqcore.architectures.nearest_neighbour import NearestNeighbourOptions
from seqcore.spec import Options, TrainingOptions
from seqcore.worker.evaluate import Scorer, mean_loss_and_accuracy
from seqcore.worker.fit.bag_of_words import solve_bag_of_words, with_terms
from seqcore.worker.fit.mini_rocket import solve_mini_rocket
from seqcore.worker.fit.nearest_neighbour import keep_examples
from seqcore.worker.fit.observer import Batch, Epoch, Observers
from seqcore.worker.prepare import PreparedData


def counted_in(prepared: PreparedData, options: Options) -> PreparedData:
    """The same data with what a model that is solved at once is built for; of others, the data as they are."""
    if isinstance(options, BagOfWordsOptions):
        return with_terms(prepared, options)
    if isinstance(options, NearestNeighbourOptions):
        return replace(prepared, kept=min(len(prepared.train), options.most_examples))
    return prepared


def solve(
    model: keras.Model,
    scorer: Scorer,
    prepared: PreparedData,
    options: Options,
    training: TrainingOptions,
    seed: int,
    observers: Observers,
) -> dict[str, Any]:
    """Fit in place; observed as a single epoch of a single batch.

    Args:
        model: Built for `counted_in` of the data.
        scorer: Of the model.
        prepared: The data.
        options: Of the model; they say which it is.
        training: Whether rare classes count as much as common ones.
        seed: For what is drawn.
        observers: Hear of the epoch.

    Returns:
        What was chosen on the way, by its name.

    Raises:
        TypeError: the options are of no model that is solved at once.
    """
    observers.training_begins()
    if isinstance(options, BagOfWordsOptions):
        chosen = {"strength": solve_bag_of_words(model, prepared, options, training)}
    elif isinstance(options, MiniRocketOptions):
        chosen = solve_mini_rocket(model, scorer, prepared, options, training, seed)
    elif isinstance(options, NearestNeighbourOptions):
        chosen = keep_examples(model, scorer, prepared)
    else:
        raise TypeError(f"{type(options).__name__} are not of a model that is solved at once")
    train, validation = prepared.train, prepared.validation
    loss, accuracy = mean_loss_and_accuracy(scorer.logits(train), train.labels)
    observers.batch_ends(Batch(loss * len(train), accuracy * len(train), len(train), 1.0))
    observers.epoch_ends(Epoch(1, *mean_loss_and_accuracy(scorer.logits(validation), validation.labels)))
    observers.training_ends()
    return chosen
