"""The training loop: batches in, gradient steps, validation after every epoch; whoever observes it is told."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from seqcore.errors import TrainingError
from seqcore.spec import TrainingOptions
from seqcore.worker.batches import BATCHES
from seqcore.worker.evaluate import Scorer, mean_loss_and_accuracy
from seqcore.worker.fit import optimizers
from seqcore.worker.fit.checkpoint import CheckpointKeeper, Checkpoints, Reached, Training
from seqcore.worker.fit.frozen_body import FrozenBody, has_frozen_body
from seqcore.worker.fit.observer import Batch, Epoch, Observers
from seqcore.worker.fit.steps import Step, train_step
from seqcore.worker.fit.turn import Turn
from seqcore.worker.models.build import LOGITS
from seqcore.worker.prepare import Examples, PreparedData

EXPLODED = 1e4  # nats a text; a blind guess among 200 classes costs 5.3


def fit(
    model: keras.Model,
    scorer: Scorer,
    prepared: PreparedData,
    options: TrainingOptions,
    seed: int,
    observers: Observers,
    checkpoints: Checkpoints,
    turn: Turn,
    body_rate: float = 1.0,
) -> int:
    """Train in place until the last epoch, an observer or the turn ends it; from the last checkpoint if there is one.

    Args:
        model: With its first weights.
        scorer: Of the model.
        prepared: The data.
        options: How it is trained.
        seed: Draws the batches.
        observers: Told of everything.
        checkpoints: Of the run.
        turn: How long it may keep its worker.
        body_rate: What everything below the head takes of the learning rate.

    Returns:
        Epochs completed, those before an interruption included.

    Raises:
        TrainingError: the loss is no longer a finite, sensible number.
    """
    train, validation = prepared.learned, prepared.validation
    rng, optimizer = np.random.default_rng(seed), make_optimizer(options, rates_of(model, body_rate))
    weights = class_weights_of(train.labels, prepared.sizes.classes, options)
    frozen = has_frozen_body(model, len(train) + len(validation)) and not tf.distribute.has_strategy()
    body = FrozenBody(model, scorer.footprint) if frozen else None
    step = train_step(model if body is None else body.network(), optimizer, weights)
    training = Training(model, optimizer, rng, observers, step)
    keeper = CheckpointKeeper(checkpoints, training)
    everyone = Observers(*observers.all, keeper)  # the keeper last: it keeps what the rest learned
    reached = checkpoints.go_on(training)
    everyone.training_resumes(reached.position) if reached.position else everyone.training_begins()
    answers: Callable[[], np.ndarray] = partial(scorer.logits, validation)
    if body is not None:
        train, judged = body.features(train, everyone), body.features(validation, everyone)
        answers = partial(body.logits, judged)
    epoch, steps = reached.epochs, reached.steps
    while epoch < options.epochs and not everyone.finished and not everyone.cancelled:
        leaves = partial(turn.ends, training, rng.bit_generator.state)
        batches = BATCHES[options.batches](train.lengths, options.batch_size, rng)
        is_whole = _take_steps(step, train, batches, Reached(epoch, steps), options, everyone, leaves)
        step.settle()
        if not is_whole:
            break
        epoch, steps = epoch + 1, 0
        everyone.epoch_ends(Epoch(epoch, *mean_loss_and_accuracy(answers(), validation.labels)))
    if not turn.is_over:
        everyone.training_ends()
    return epoch


def _take_steps(
    step: Step,
    train: Examples,
    batches: list[np.ndarray],
    begun: Reached,
    options: TrainingOptions,
    observers: Observers,
    leaves: Callable[[Reached], bool],
) -> bool:
    """The steps of an epoch that were not taken yet; False when there is no time for the rest, here or at all.

    Raises:
        TrainingError: the loss is no longer a finite, sensible number.
    """
    epoch = begun.epochs
    for number, rows in enumerate(batches[begun.steps :], start=begun.steps):
        observers.batch_begins()
        if observers.cancelled or observers.finished or leaves(Reached(epoch, number, epoch + number / len(batches))):
            return False
        loss, right = step(*train.batch(rows))
        if not math.isfinite(loss) or loss > EXPLODED * len(rows):
            raise _exploded(loss / len(rows), epoch, options)
        observers.batch_ends(Batch(loss, right, len(rows), epoch + (number + 1) / len(batches)))
    return not observers.cancelled


def make_optimizer(options: TrainingOptions, rates: Sequence[float] = ()) -> keras.optimizers.Optimizer:
    """The Keras optimizer that the options name.

    Args:
        options: How a model is trained.
        rates: What each trainable variable takes of the learning rate, in their order; empty: all of it.
    """
    rate, clip = options.learning_rate, options.gradient_clipping or None
    if options.optimizer == "sgd":
        found: Any = optimizers.SGD(rate, momentum=0.9, global_clipnorm=clip)
    else:
        kinds = {"adam": optimizers.Adam, "adamw": optimizers.AdamW, "rmsprop": optimizers.RMSprop}
        found = kinds[options.optimizer](rate, global_clipnorm=clip)
    found.rates = tuple(rates)
    return found


def rates_of(model: keras.Model, body: float) -> tuple[float, ...]:
    """What each trainable variable takes of the learning rate: the head all of it; empty where all do."""
    if body == 1.0:
        return ()
    head = {id(weight) for weight in model.get_layer(LOGITS).trainable_weights}
    return tuple(1.0 if id(weight) in head else body for weight in model.trainable_variables)


def class_weights_of(labels: np.ndarray, classes: int, options: TrainingOptions) -> np.ndarray:
    """(classes,) one weight a class: all 1, or "balanced" as scikit-learn defines it, n / (classes · n_class)."""
    if not options.class_weights:
        return np.ones(classes, np.float32)
    counts = np.bincount(labels, minlength=classes)
    return (len(labels) / (np.count_nonzero(counts) * np.maximum(counts, 1))).astype(np.float32)


def _exploded(loss: float, epoch: int, options: TrainingOptions) -> TrainingError:
    what = f"{loss:.3g}" if math.isfinite(loss) else "not a number"
    return TrainingError(
        f"Training diverged in epoch {epoch + 1}: the loss became {what}",
        received=f"a learning rate of {options.learning_rate:g}",
        remedy="Lower the learning rate, or switch on gradient clipping",
    )
