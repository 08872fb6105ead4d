"""Which trainings are likely to take longer than a server lets one, by what earlier ones on the same data took."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from seqcore.architectures import get_architecture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seqcore.store import Run, Store

_LOOKED_AT = 5  # experiments on the data at most, the newest first
_TRAINING = "training"


@dataclass(frozen=True)
class TooLong:
    """A training that is likely to be ended before its last epoch.

    Attributes:
        architecture: Its name.
        each: Seconds of an epoch.
        epochs: That fit into the limit; 0 where one takes longer.
    """

    architecture: str
    each: float
    epochs: int


def seconds_of_epochs(store: Store, workspace: str, content: str) -> dict[str, float]:
    """Seconds of an epoch of each architecture that was trained on data lately, the median of its runs.

    Args:
        store: Where the runs are.
        workspace: Whose.
        content: Content hash of the data.
    """
    same = {each.id for each in store.datasets.all(workspace) if each.content_hash == content}
    experiments = [each for each in store.experiments.all(workspace) if each.dataset_id in same]
    took: dict[str, list[float]] = {}
    for experiment in experiments[:_LOOKED_AT]:
        for run in store.runs.of(workspace, experiment.id):
            took.setdefault(run.architecture, []).extend(_seconds_of_epoch(run))
    return {name: median(seconds) for name, seconds in took.items() if seconds}


def too_long(architectures: Sequence[str], epochs: int, limit: float, known: dict[str, float]) -> list[TooLong]:
    """Those of the architectures that would pass the limit; of those that are not known nothing is said.

    Args:
        architectures: Names of what is about to be trained.
        epochs: Of each.
        limit: Most seconds of a training; 0: any number.
        known: Seconds of an epoch.
    """
    if not limit:
        return []
    return [
        TooLong(name, known[name], int(limit / known[name]))
        for name in architectures
        if get_architecture(name).fit == "gradient" and known.get(name, 0.0) * epochs > limit
    ]


def _seconds_of_epoch(run: Run) -> list[float]:
    seconds = run.seconds.get(_TRAINING, 0.0)
    return [seconds / run.epoch] if seconds > 0 and run.epoch > 0 else []
