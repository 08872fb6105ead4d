"""Whether a ranking of steps says what an answer rests on: what happens to the answer when steps go, or stay alone.

DeYoung et al. 2020 (ERASER, arXiv:1911.03429): comprehensiveness is what the probability of a class loses without the
first steps of a ranking, sufficiency what it loses with nothing but those; both as the mean over several numbers of
steps (AOPC). Here they are measured beside random draws, for a number alone says little: every text loses something.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Array = NDArray[np.float64]
Kept = NDArray[np.bool_]
LogOdds = Callable[[Kept], Array]  # of a class, (rows,), for each row of steps that are kept, (rows, steps)

SHARES = (0.05, 0.1, 0.2, 0.5)  # of the steps that go
DRAWS = 50  # random rankings
_TOP, _BOTTOM, _BEST, _RANDOM = 0, 1, 2, 3  # rows of rankings; random ones from the last on
_NOTHING = 1e-6  # log-odds: less than this is arithmetic


@dataclass(frozen=True)
class Deletions:
    """What rankings of the same steps do to an answer, in probabilities of its class.

    Attributes:
        counts: (counts,) steps that go, or stay alone.
        whole: Probability with all steps.
        without_top: (counts,) probability without the first steps of the ranking ...
        without_bottom: ... without its last ones ...
        without_random: ... and the mean without as many drawn at random.
        comprehensiveness: `whole` less the mean of `without_top`.
        sufficiency: `whole` less the mean probability with nothing but the first steps.
        bottom_comprehensiveness: As `comprehensiveness`, of the last steps.
        random_comprehensiveness: ... of random steps, mean of all draws.
        random_sufficiency: As `sufficiency`, of random steps.
        beaten: Share of the random draws that move the answer less than the first steps do.
        draws: Random rankings.
        gain: From 0, the ranking does no better than chance, to 1, it does as well as the best that was tried; the mean
            of both measures, taken in log-odds, where a sure answer does not hide what is lost.
        greatest: Log-odds that go with the best steps that were tried, mean over `counts`; below 0 where all that goes
            makes the class likelier.
    """

    counts: tuple[int, ...]
    whole: float
    without_top: tuple[float, ...]
    without_bottom: tuple[float, ...]
    without_random: tuple[float, ...]
    comprehensiveness: float
    sufficiency: float
    bottom_comprehensiveness: float
    random_comprehensiveness: float
    random_sufficiency: float
    beaten: float
    draws: int
    gain: float
    greatest: float


def counts_of(steps: int) -> tuple[int, ...]:
    """How many steps go of a text of so many: 5, 10, 20 and 50 %, at least one, each number once."""
    return tuple(sorted({math.ceil(share * steps) for share in SHARES}))


def passes_of(steps: int, draws: int) -> int:
    """Answers that `deletions` asks for."""
    return 1 + 2 * len(counts_of(steps)) * (_RANDOM + draws)


def deletions(log_odds: LogOdds, scores: Array, best: Array, draws: int = DRAWS, seed: int = 0) -> Deletions:
    """Take steps away by a ranking, and by others for comparison.

    Args:
        log_odds: Of the class, for each row of steps that are kept.
        scores: (steps,) the ranking, the highest first; at least one step.
        best: (steps,) scores of a ranking that is known to move the answer.
        draws: Random rankings.
        seed: Draws them.
    """
    steps, counts, rng = len(scores), counts_of(len(scores)), np.random.default_rng(seed)
    order = np.argsort(-scores, kind="stable")
    orders = [order, order[::-1], np.argsort(-best, kind="stable"), *(rng.permutation(steps) for _ in range(draws))]
    ranks = np.argsort(orders, axis=1)  # (rankings, steps), the place of each step
    first = ranks[:, None, :] < np.array(counts)[:, None]  # (rankings, counts, steps)
    asked = np.concatenate([np.ones((1, steps), bool), (~first).reshape(-1, steps), first.reshape(-1, steps)])
    whole, *others = log_odds(asked)
    without, only = np.reshape(others, (2, len(orders), len(counts)))
    kept = float(expit(whole))
    lost, lacking = (kept - expit(each).mean(axis=1) for each in (without, only))  # (rankings,) each
    gone, missing = (whole - each.mean(axis=1) for each in (without, only))  # the same in log-odds
    gains = (_gain(gone), _gain(-missing))
    return Deletions(
        counts=counts,
        whole=kept,
        without_top=_tuple(expit(without[_TOP])),
        without_bottom=_tuple(expit(without[_BOTTOM])),
        without_random=_tuple(expit(without[_RANDOM:]).mean(axis=0)),
        comprehensiveness=float(lost[_TOP]),
        sufficiency=float(lacking[_TOP]),
        bottom_comprehensiveness=float(lost[_BOTTOM]),
        random_comprehensiveness=float(lost[_RANDOM:].mean()),
        random_sufficiency=float(lacking[_RANDOM:].mean()),
        beaten=float((gone[_RANDOM:] < gone[_TOP] - _NOTHING).mean()),
        draws=draws,
        gain=float(np.mean(gains)),
        greatest=float(gone.max()),
    )


def _gain(done: Array) -> float:
    """How far the ranking comes from what chance does towards the best that was done; 0 where there is no way to go."""
    chance = done[_RANDOM:].mean()
    way = done.max() - chance
    return float(np.clip((done[_TOP] - chance) / way, 0.0, 1.0)) if way > _NOTHING else 0.0


def _tuple(values: Array) -> tuple[float, ...]:
    return tuple(values.tolist())
