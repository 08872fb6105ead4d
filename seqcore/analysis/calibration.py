"""Whether probabilities mean what they say: of the texts that a model is 80 % sure of, 80 % should be right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.intervals import Interval, wilson_interval

BINS = 10
_DRAWN = 5_000_000  # Bernoulli numbers for what chance alone gives ...
_MOST_DRAWS, _FEWEST_DRAWS = 2_000, 200  # ... in so many imagined tests
_LEAST = float(np.finfo(np.float64).eps)  # what scikit-learn's log_loss takes a probability of 0 for

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Bin:
    """The texts whose answers had about the same probability.

    Attributes:
        low: Least probability, not among them but for the first bin.
        high: Greatest.
        texts: How many.
        confidence: Mean probability of their answers.
        accuracy: Share of them that is right.
        interval: 95 % interval of that share (Wilson).
    """

    low: float
    high: float
    texts: int
    confidence: float
    accuracy: float
    interval: Interval


@dataclass(frozen=True)
class CalibrationError:
    """The expected calibration error (ECE), and how much of it so few texts give anyway.

    Attributes:
        value: Mean over the texts of |share right - mean probability| of their bin.
        chance: What a perfectly calibrated model of the same probabilities gets on average: the error's bias.
        p_value: How often such a model gets as much or more.
    """

    value: float
    chance: float
    p_value: float

    @property
    def excess(self) -> float:
        """The error beyond chance, at least 0."""
        return max(0.0, self.value - self.chance)


@dataclass(frozen=True)
class CalibrationScores:
    """How good probabilities are on one split.

    Attributes:
        texts: How many were answered.
        accuracy: Share of right answers.
        confidence: Mean probability of the answers.
        error: Expected calibration error.
        brier: Mean squared error of the probabilities, see `brier_score`.
        log_loss: Mean cross-entropy in nats.
        bins: Those that hold texts, by rising probability.
    """

    texts: int
    accuracy: float
    confidence: float
    error: CalibrationError
    brier: float
    log_loss: float
    bins: tuple[Bin, ...]

    @property
    def lean(self) -> int:
        """1 where the model is surer than it is right, -1 where less, 0 where the test cannot tell (95 %)."""
        gap = self.confidence - self.accuracy
        spread = math.sqrt(sum(each.texts * each.confidence * (1 - each.confidence) for each in self.bins)) / self.texts
        return 0 if abs(gap) <= 1.96 * spread else 1 if gap > 0 else -1


def calibration_scores(shares: Shares, labels: NDArray[Any], *, seed: int = 0) -> CalibrationScores:
    """How good probabilities are.

    Args:
        shares: (texts, classes) probabilities, at least one text.
        labels: (texts,) codes of the true classes.
        seed: Draws what chance alone gives; the same seed gives the same numbers.
    """
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    return CalibrationScores(
        texts=len(labels),
        accuracy=float(right.mean()),
        confidence=float(confidence.mean()),
        error=calibration_error(confidence, right, seed=seed),
        brier=brier_score(shares, labels),
        log_loss=log_loss(shares, labels),
        bins=reliability(confidence, right),
    )


def reliability(confidence: Shares, right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Ten bins of equal width, those without texts left out; scikit-learn's `calibration_curve`.

    Args:
        confidence: (texts,) probabilities of the answers.
        right: (texts,) whether each answer is right.
    """
    places, found = _bins_of(confidence), []
    for place in np.unique(places):
        inside = places == place
        hits, texts = int(right[inside].sum()), int(inside.sum())
        found.append(
            Bin(
                place / BINS, (place + 1) / BINS, texts,
                float(confidence[inside].mean()), hits / texts, wilson_interval(hits, texts),
            )
        )  # fmt: skip
    return tuple(found)


def calibration_error(confidence: Shares, right: NDArray[np.bool_], *, seed: int = 0) -> CalibrationError:
    """Expected calibration error over ten bins of equal width, beside what chance alone gives.

    The error is never negative, so that a perfectly calibrated model gets more than 0 too. How much is found by
    letting chance decide which answers are right, each with its own probability (consistency resampling). Sources:
    Naeini et al., AAAI 2015; Bröcker and Smith, Weather and Forecasting 22 (2007).

    Args:
        confidence: (texts,) probabilities of the answers.
        right: (texts,) whether each answer is right.
        seed: Draws the imagined tests.
    """
    order = np.argsort(confidence, kind="stable")
    sure, places = confidence[order], _bins_of(confidence[order])
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    expected = np.add.reduceat(sure, starts)

    def errors(hits: NDArray[np.bool_]) -> Shares:
        """(tests,) of (tests, texts) right answers."""
        gaps: Shares = np.abs(np.add.reduceat(hits.astype(np.float64), starts, axis=1) - expected)
        return np.asarray(gaps.sum(axis=1) / sure.size, np.float64)

    value = float(errors(right[order][None, :])[0])
    rng, draws = np.random.default_rng(seed), int(np.clip(_DRAWN // sure.size, _FEWEST_DRAWS, _MOST_DRAWS))
    by_chance = np.array([float(errors((rng.random(sure.size) < sure)[None, :])[0]) for _ in range(draws)])
    as_far = int((by_chance >= value - 1e-12).sum())
    return CalibrationError(value, float(by_chance.mean()), (as_far + 1) / (draws + 1))


def brier_score(shares: Shares, labels: NDArray[Any]) -> float:
    """Mean squared error of the probabilities: with two classes that of one of them, with more summed over all.

    As scikit-learn's `brier_score_loss`; from 0 to 1 with two classes, to 2 with more. Source: Brier, Monthly Weather
    Review 78 (1950).
    """
    truth = np.zeros_like(shares)
    truth[np.arange(len(labels)), labels] = 1
    total = float(((shares - truth) ** 2).sum(axis=1).mean())
    return total / 2 if shares.shape[1] == 2 else total


def log_loss(shares: Shares, labels: NDArray[Any]) -> float:
    """Mean cross-entropy in nats, as scikit-learn's `log_loss`."""
    told = shares / shares.sum(axis=1, keepdims=True)
    return float(-np.log(np.clip(told[np.arange(len(labels)), labels], _LEAST, 1 - _LEAST)).mean())


def _bins_of(confidence: Shares) -> NDArray[np.int64]:
    """Which bin each belongs to; what stands on an edge belongs to the lower one."""
    edges = np.linspace(0, 1, BINS + 1)[1:-1]
    return np.searchsorted(edges, confidence).astype(np.int64)
