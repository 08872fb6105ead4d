"""About how long a sweep takes, by what trainings took that are there."""

from __future__ import annotations

import math
from statistics import fmean
from typing import TYPE_CHECKING

from seqcore.architectures import seeds_matter
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.so_far import SoFar
from seqcore.lab.sweep.trials import TrialState
from seqcore.store import RunState

if TYPE_CHECKING:
    from seqcore.store import Run, Store

ENOUGH = 3  # trainings to go by
_STAGES = ("preparing", "training", "evaluating")
_LOOKED_AT = 20  # experiments at most, the newest first


def seconds_of_trainings(store: Store, workspace: str, content: str, architecture: str) -> list[float]:
    """Seconds that some earlier trainings of an architecture on the same data took, the newest first.

    Args:
        store: Where they are.
        workspace: Whose.
        content: Content hash of the data.
        architecture: Its name.
    """
    same = {each.id for each in store.datasets.all(workspace) if each.content_hash == content}
    experiments = [each for each in store.experiments.all(workspace) if each.dataset_id in same]
    found: list[float] = []
    for experiment in experiments[:_LOOKED_AT]:
        found += [
            _seconds(run)
            for run in store.runs.of(workspace, experiment.id)
            if run.architecture == architecture and run.state == RunState.FINISHED
        ]
        if len(found) >= ENOUGH:
            break
    return found


def seconds_of_sweep(sweep: Sweep, seeds: int, each: float, places: int) -> float:
    """Of all trials and of what judges them; less where trials are ended early.

    Args:
        sweep: Which.
        seeds: That judge.
        each: Seconds of one training.
        places: Trainings side by side.
    """
    judging = 2 * (seeds if seeds_matter(sweep.architecture, sweep.base.split) else 1)
    return each * (math.ceil(sweep.trials / places) + math.ceil(judging / places))


def seconds_left(store: Store, workspace: str, found: SoFar, places: int) -> float | None:
    """Until the last trial of a sweep ends, by those that have ended; None while none has."""
    if not found.experiment_id or not found.ended:
        return None
    ended = {trial.run_id for trial in found.trials if trial.state != TrialState.GOING}
    runs = [run for run in store.runs.of(workspace, found.experiment_id) if run.id in ended]
    took = [_seconds(run) for run in runs if run.seconds.get("training")]
    if not took:
        return None
    return fmean(took) * (found.sweep.trials - found.ended) / places


def _seconds(run: Run) -> float:
    return sum(run.seconds.get(stage, 0.0) for stage in _STAGES)
