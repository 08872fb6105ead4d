"""Fitting MiniRocket: channels and thresholds are drawn, a ridge regression is solved, all is put into the model."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from seqcore.architectures.mini_rocket import FEATURES, HIGH, LENGTH, WEIGHTS, Bank, MiniRocketOptions, banks_of
from seqcore.spec import TrainingOptions
from seqcore.worker.evaluate import Scorer, batches_that_fit
from seqcore.worker.fit.ridge import Ridge, fit_ridge
from seqcore.worker.fit.scale import best_scale
from seqcore.worker.models.build import input_signature
from seqcore.worker.prepare import Examples, PreparedData

_NEVER = -1e4  # logit of a class that no training example has
_FLAT = 1e-8  # spread of a feature that is the same for every example


def solve_mini_rocket(
    model: keras.Model,
    scorer: Scorer,
    prepared: PreparedData,
    options: MiniRocketOptions,
    training: TrainingOptions,
    seed: int,
) -> dict[str, Any]:
    """Fit in place.

    The regression is of classes as −1 and 1 and says how far an example is on a side, not how probable it is; the
    factor that makes logits of that is chosen on the validation examples, and changes no answer.

    Returns:
        The strength of the regularisation ("alpha") and the factor ("scale").
    """
    draw_kernels(model, banks_of(prepared.sizes, options), prepared.train, np.random.default_rng(seed))
    features = _features(model, scorer, prepared.train)
    spread = features.std(axis=0)
    spread[spread < _FLAT] = np.inf
    features /= spread
    labels, classes = prepared.train.labels, prepared.sizes.classes
    with threadpool_limits(1):
        found = fit_ridge(features, _targets(labels, classes), _row_weights(labels, balanced=training.class_weights))
    _store(model, found, spread, labels, classes)
    scale = best_scale(scorer.logits(prepared.validation), prepared.validation.labels)
    layer = model.get_layer(WEIGHTS)
    layer.set_weights([weight * np.float32(scale) for weight in layer.get_weights()])
    return {"alpha": found.strength, "scale": scale}


def draw_kernels(model: keras.Model, banks: list[Bank], train: Examples, rng: np.random.Generator) -> None:
    """Which channels each kernel sums, and thresholds that split what it says of one training example each."""
    flat, starts = train.flat_with_starts()
    channels = flat.shape[1]
    for bank in banks:
        kernels, thresholds = [], []
        for number, kernel in zip(bank.kernels, (weights_of(kernel) for kernel in bank.kernels), strict=True):
            summed = _some_channels(channels, rng)
            row = int(rng.integers(len(train)))
            example = flat[starts[row] : starts[row] + train.lengths[row]][:, summed].sum(axis=1)
            said = convolved(example, kernel, bank.dilation)
            first = bank.first + number * bank.thresholds
            thresholds.append(np.quantile(said, levels(first, bank.thresholds)))
            kernels.append(np.isin(np.arange(channels), summed) * kernel[:, None])  # (LENGTH, channels)
        model.get_layer(f"kernels_{bank.name}").set_weights([np.stack(kernels, axis=-1)])
        model.get_layer(f"thresholds_{bank.name}").set_weights([np.concatenate(thresholds)[None]])


def weights_of(kernel: int) -> NDArray[np.float32]:
    """(LENGTH,) of a kernel: 2 at three places, −1 at the others, 0 in all."""
    return np.where(np.isin(np.arange(LENGTH), HIGH[kernel]), 2.0, -1.0).astype(np.float32)


def levels(first: int, count: int) -> NDArray[np.float64]:
    """Quantiles that thresholds stand at: fractions of multiples of the golden ratio, spread evenly however many.

    Args:
        first: Number of the first one, from 0.
        count: How many.
    """
    golden: NDArray[np.float64] = np.arange(first + 1, first + count + 1) * ((np.sqrt(5) + 1) / 2) % 1
    return golden


def convolved(values: NDArray[np.float32], kernel: NDArray[np.float32], dilation: int) -> NDArray[np.float32]:
    """(steps,) what a kernel says at each step, with zeros around the example."""
    margin, steps = LENGTH // 2 * dilation, len(values)
    padded = np.pad(values, margin)
    found: NDArray[np.float32] = np.stack(
        [weight * padded[place * dilation : place * dilation + steps] for place, weight in enumerate(kernel)]
    ).sum(axis=0)
    return found


def _some_channels(channels: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """One of a single channel; of several, few more often than many, nine at most."""
    power = rng.uniform(0, np.log2(min(channels, LENGTH) + 1))
    return np.sort(rng.choice(channels, int(2**power), replace=False))


def _features(model: keras.Model, scorer: Scorer, train: Examples) -> NDArray[np.float32]:
    """(examples, features)."""
    look = keras.Model(model.input, model.get_layer(FEATURES).output)
    forward = tf.function(lambda inputs: look(inputs, training=False), input_signature=[input_signature(look)])
    found = np.zeros((len(train), look.output_shape[-1]), np.float32)
    for rows in batches_that_fit(train.lengths, scorer.footprint):
        found[rows] = forward(train.batch(rows)[0]).numpy()
    return found


def _targets(labels: NDArray[np.int32], classes: int) -> NDArray[np.float64]:
    """(examples, outputs), 1 for an example's class and −1 for the others; of two classes the second alone."""
    if classes == 2:
        return np.where(labels == 1, 1.0, -1.0)[:, None]
    return np.where(labels[:, None] == np.arange(classes), 1.0, -1.0)


def _row_weights(labels: NDArray[np.int32], *, balanced: bool) -> NDArray[np.float64] | None:
    if not balanced:
        return None
    counts = np.bincount(labels)
    weights: NDArray[np.float64] = len(labels) / (np.count_nonzero(counts) * counts[labels])
    return weights


def _store(
    model: keras.Model, found: Ridge, spread: NDArray[np.float32], labels: NDArray[np.int32], classes: int
) -> None:
    """Put the regression into the model, for features as they are; a class without examples is never answered."""
    weights, bias = found.weights / spread[:, None], found.bias.copy()
    if classes > 2:
        bias[~np.isin(np.arange(classes), labels)] = _NEVER
    model.get_layer(WEIGHTS).set_weights([weights.astype(np.float32), bias.astype(np.float32)])
