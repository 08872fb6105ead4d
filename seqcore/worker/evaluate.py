"""What a trained model answers, and how good that is; done once, stored, shown by the pages."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping

import keras
import numpy as np
import tensorflow as tf
from scipy.special import log_softmax, softmax

from seqcore.analysis.evaluation import Evaluation
from seqcore.architectures.memory import Footprint
from seqcore.worker.assess import Answered, assess
from seqcore.worker.batches import bucketed_batches
from seqcore.worker.models.build import input_signature, logits_of
from seqcore.worker.pooling import pooled
from seqcore.worker.prepare import Examples, PreparedData

TEXTS_AT_ONCE = 256
_AT_A_TIME = 4096  # rows of answers that are laid out for every class together


class Scorer:
    """Logits of many texts, through one compiled function.

    Attributes:
        footprint: See below.
        outputs: How many logits a text has.

    Args:
        model: Answers them.
        footprint: Says how many of them it answers at once.
    """

    def __init__(self, model: keras.Model, footprint: Footprint) -> None:
        self.footprint = footprint
        network = logits_of(model)
        self.outputs = int(network.output_shape[-1])
        self._forward = tf.function(
            lambda inputs: network(inputs, training=False), input_signature=[input_signature(network)]
        )

    def logits(self, texts: Examples) -> np.ndarray:
        """`(texts, outputs)`, float32, in the order of `texts`; of several windows the pooled answer."""
        windows = texts.windows()
        return pooled(self.of_windows(windows.examples), windows.owners, texts.pooling)

    def of_windows(self, windows: Examples) -> np.ndarray:
        """`(windows, outputs)`, float32, of each by itself."""
        answers = np.zeros((len(windows), self.outputs), np.float32)
        for rows in batches_that_fit(windows.lengths, self.footprint):
            answers[rows] = self._forward(windows.batch(rows)[0]).numpy()
        return answers


def batches_that_fit(lengths: np.ndarray, footprint: Footprint) -> Iterator[np.ndarray]:
    """Rows in batches of similar length, shortest first, every row once.

    Of long examples fewer stand in a batch, so that none takes much more memory than the rest.

    Args:
        lengths: Steps of each example.
        footprint: Of the model that reads them.
    """
    for rows in bucketed_batches(lengths, TEXTS_AT_ONCE, None):
        at_once = footprint.scored_at_once(int(lengths[rows].max()))
        yield from np.array_split(rows, math.ceil(len(rows) / at_once))


def to_probabilities(logits: np.ndarray) -> np.ndarray:
    """Probability of every class, `(texts, classes)`, float64, from `(texts, outputs)` logits."""
    probabilities = np.empty((len(logits), max(2, logits.shape[1])), np.float64)
    for part in _parts(logits):
        probabilities[part] = softmax(_of_every_class(logits[part]), axis=1)
    return probabilities


def mean_loss_and_accuracy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Mean cross-entropy in nats and share of right answers."""
    losses, right = np.empty(len(labels)), np.empty(len(labels), np.bool_)
    for part in _parts(logits):
        known, of_every_class = labels[part], _of_every_class(logits[part])
        losses[part] = -log_softmax(of_every_class, axis=1)[np.arange(len(known)), known]
        right[part] = of_every_class.argmax(axis=1) == known
    return float(losses.mean()), float(right.mean())


def _parts(rows: np.ndarray) -> Iterator[slice]:
    return (slice(first, first + _AT_A_TIME) for first in range(0, len(rows), _AT_A_TIME))


def _of_every_class(logits: np.ndarray) -> np.ndarray:
    """Float64 logits `(texts, classes)`; a single output is the second of two classes, against 0 of the first."""
    logits = logits.astype(np.float64)
    return logits if logits.shape[1] > 1 else np.hstack([np.zeros_like(logits), logits])


def evaluate_model(
    scorer: Scorer, prepared: PreparedData, timings: Mapping[str, float]
) -> tuple[Evaluation, Answered, Answered]:
    """Everything the pages show of a run's answers.

    Args:
        scorer: Of the trained model.
        prepared: The data that it was trained on.
        timings: Seconds of the stages so far.

    Returns:
        The evaluation, and what the model answered to the validation split and to the test split.
    """
    validation = Answered(prepared.validation.labels, to_probabilities(scorer.logits(prepared.validation)))
    start = time.perf_counter()
    probabilities = to_probabilities(scorer.logits(prepared.test))
    ms_per_text = 1000 * (time.perf_counter() - start) / len(prepared.test)
    test = Answered(prepared.test.labels, probabilities, ms_per_text)
    evaluation = assess(
        prepared.data.classes,
        training=prepared.train.labels,
        validation=validation,
        test=test,
        sizes=prepared.sizes.stored(),
        timings=timings,
    )
    return evaluation, validation, test
