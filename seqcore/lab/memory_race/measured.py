"""What the finished trainings of a memory race scored, at each distance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqcore.analysis.memory_race import AtDistance
from seqcore.analysis.scored_runs import ScoredRun, standings_of
from seqcore.analysis.standings import Baseline
from seqcore.errors import SeqlabError
from seqcore.lab.memory_race.trainings import Leg
from seqcore.store import Run


def measured(legs: Sequence[Leg], scored: Callable[[Run], ScoredRun]) -> list[AtDistance]:
    """The models at each distance at which one of them has a score.

    Args:
        legs: What there is.
        scored: A run with its answers; what it cannot read is passed over.
    """
    found = []
    for leg in legs:
        runs = [each for run in leg.finished if (each := _read(run, scored)) is not None]
        if runs:
            found.append(AtDistance(leg.distance, tuple(standings_of(runs)), _baseline(runs[0])))
    return found


def _baseline(scored: ScoredRun) -> Baseline | None:
    """What one answer to all gets, where the evaluation says it: those of the first version do not."""
    known, answers = scored.evaluation.baseline, scored.answers
    return None if known is None else Baseline(known.label, answers.labels == known.code, answers.rows)


def _read(run: Run, scored: Callable[[Run], ScoredRun]) -> ScoredRun | None:
    try:
        return scored(run)
    except SeqlabError:
        return None
