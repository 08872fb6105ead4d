"""Whether a ranking of steps says what an answer rests on: what happens to the answer when steps go, or stay alone.

DeYoung et al. 2020 (ERASER, arXiv:1911.03429): comprehensiveness is what the probability of a class loses without the
first steps of a ranking, sufficiency what it loses with nothing but those; both as the mean over several numbers of
steps (AOPC). Here they are measured beside random draws, for a number alone says little: every text loses something.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Array = NDArray[np.float64]
Kept = NDArray[np.bool_]
LogOdds = Callable[[Kept], Array]  # of a class, (rows,), for each row of steps that are kept, (rows, steps)

SHARES = (0.05, 0.1, 0.2, 0.5)  # of the steps that go
DRAWS = 50  # random rankings at most ...
AT_ONCE = 10  # ... so many of them before it is looked whether more are needed ...
PRECISE = 0.02  # ... for standard errors as small as this
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
        draws: Random rankings that were asked about.
        error: What drawing no more than those leaves open: the largest of the standard errors of `gain` and of both
            random measures.
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
    error: float
    gain: float
    greatest: float


def counts_of(steps: int) -> tuple[int, ...]:
    """How many steps go of a text of so many: 5, 10, 20 and 50 %, at least one, each number once."""
    return tuple(sorted({math.ceil(share * steps) for share in SHARES}))


def passes_of(steps: int, draws: int) -> int:
    """Answers that `deletions` asks for when it needs so many draws."""
    return max(1, math.ceil(draws / AT_ONCE)) + 2 * len(counts_of(steps)) * (_RANDOM + draws)


def deletions(log_odds: LogOdds, scores: Array, best: Array, draws: int = DRAWS, seed: int = 0) -> Deletions:
    """Take steps away by a ranking, and by others for comparison.

    Random rankings are drawn ten at a time until they tell well enough what chance does: most answers need no more.

    Args:
        log_odds: Of the class, for each row of steps that are kept.
        scores: (steps,) the ranking, the highest first; at least one step.
        best: (steps,) scores of a ranking that is known to move the answer.
        draws: Random rankings at most.
        seed: Draws them.
    """
    steps, counts, rng = len(scores), counts_of(len(scores)), np.random.default_rng(seed)
    order = np.argsort(-scores, kind="stable")
    first = [order, order[::-1], np.argsort(-best, kind="stable")]
    whole, without, only = _asked(log_odds, [*first, *_drawn(rng, steps, min(draws, AT_ONCE))], counts)
    while (drawn := len(without) - _RANDOM) < draws and _error(whole, without, only) > PRECISE:
        _, *further = _asked(log_odds, _drawn(rng, steps, min(draws - drawn, AT_ONCE)), counts)
        without, only = (np.concatenate(each) for each in zip((without, only), further, strict=True))
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
        draws=len(without) - _RANDOM,
        error=_error(whole, without, only),
        gain=float(np.mean(gains)),
        greatest=float(gone.max()),
    )


def _drawn(rng: np.random.Generator, steps: int, draws: int) -> list[NDArray[np.int64]]:
    return [rng.permutation(steps) for _ in range(draws)]


def _asked(
    log_odds: LogOdds, orders: Sequence[NDArray[np.int64]], counts: tuple[int, ...]
) -> tuple[float, Array, Array]:
    """Log-odds with all steps, and `(rankings, counts)` without the first of each ranking, and with only those."""
    ranks = np.argsort(orders, axis=1)  # (rankings, steps), the place of each step
    first = ranks[:, None, :] < np.array(counts)[:, None]  # (rankings, counts, steps)
    steps = ranks.shape[1]
    whole, *others = log_odds(
        np.concatenate([np.ones((1, steps), bool), (~first).reshape(-1, steps), first.reshape(-1, steps)])
    )
    without, only = np.reshape(others, (2, len(orders), len(counts)))
    return float(whole), without, only


def _error(whole: float, without: Array, only: Array) -> float:
    """The largest standard error; that of the gain as if both its parts erred the same way."""
    measured = (whole - without.mean(axis=1), only.mean(axis=1) - whole)
    random = [_standard_error(expit(each[_RANDOM:]).mean(axis=1)) for each in (without, only)]
    return max(float(np.mean([_error_of_gain(done) for done in measured])), *random)


def _error_of_gain(done: Array) -> float:
    """What the gain moves when what chance does is told one standard error too high or too low."""
    error = _standard_error(done[_RANDOM:])
    gains = np.array([_gain(done, moved) for moved in (0.0, error, -error)])
    return float(np.abs(gains - gains[0]).max())


def _standard_error(values: Array) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _gain(done: Array, moved: float = 0.0) -> float:
    """How far the ranking comes from what chance does towards the best that was done; 0 where there is no way to go.

    With `moved` as it would be if chance did so much more.
    """
    chance = done[_RANDOM:].mean() + moved
    way = done.max() - chance
    return float(np.clip((done[_TOP] - chance) / way, 0.0, 1.0)) if way > _NOTHING else 0.0


def _tuple(values: Array) -> tuple[float, ...]:
    return tuple(values.tolist())
