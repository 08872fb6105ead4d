"""One number that makes a model's probabilities more or less sure, and changes none of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

from seqcore.analysis.intervals import Interval

LEAST, MOST = 0.05, 20.0
_STEPS = 50  # halvings of the range in which it is sought
_SMALLEST = 1e-300  # in place of a probability of 0, whose logarithm is none

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Temperature:
    """What a model's logits are divided by: above 1 it was too sure, below 1 not sure enough.

    Attributes:
        value: Between 0.05 and 20.
        interval: 95 % interval, from the number of texts that it was fitted on.
    """

    value: float
    interval: Interval

    @property
    def at_bound(self) -> bool:
        """Whether it would lie beyond what is sought in, as when every answer is right."""
        return not LEAST * 1.001 < self.value < MOST / 1.001

    @property
    def is_needed(self) -> bool:
        """Whether 1, which changes nothing, lies outside of the interval."""
        return not self.interval.low <= 1 <= self.interval.high


def fit_temperature(shares: Shares, labels: NDArray[Any]) -> Temperature:
    """The temperature with the lowest cross-entropy on these texts, which the model did not learn from.

    Source: Guo et al., On calibration of modern neural networks, ICML 2017. The cross-entropy is convex in 1/T, so
    that its slope has one root; the interval is the usual one of an M-estimator (sandwich), on the scale of log T.

    Args:
        shares: (texts, classes) probabilities.
        labels: (texts,) codes of the true classes.
    """
    logits = _logits(shares)
    said = logits[np.arange(len(labels)), labels]

    def slopes(sharpness: float) -> tuple[Shares, Shares]:
        """(texts,) slope of each text's cross-entropy by 1/T, and its curvature."""
        weights = softmax(sharpness * logits, axis=1)
        means = (weights * logits).sum(axis=1)
        return means - said, np.asarray((weights * logits**2).sum(axis=1) - means**2)

    low, high = np.log(1 / MOST), np.log(1 / LEAST)
    if not np.ptp(logits, axis=1).any():
        return Temperature(1.0, Interval(LEAST, MOST))  # every class alike: there is nothing to make surer
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if slopes(float(np.exp(middle)))[0].mean() < 0 else (low, middle)
    sharpness = float(np.exp((low + high) / 2))
    slope, curvature = slopes(sharpness)
    error = float(np.sqrt((slope**2).mean() / len(labels)) / max(float(curvature.mean()) * sharpness, 1e-12))
    spread = float(np.exp(min(1.959964 * error, np.log(MOST / LEAST))))
    value = 1 / sharpness
    return Temperature(value, Interval(max(LEAST, value / spread), min(MOST, value * spread)))


def at_temperature(shares: Shares, temperature: float) -> Shares:
    """The probabilities as they are at that temperature, (texts, classes); the likeliest class stays the likeliest."""
    told: Shares = softmax(_logits(shares) / temperature, axis=1)
    return told


def _logits(shares: Shares) -> Shares:
    found: Shares = log_softmax(np.log(np.maximum(shares, _SMALLEST)), axis=1)
    return found
