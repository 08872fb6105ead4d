"""Finding experiments by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqcore.analysis.run_names import run_label
from seqcore.ui.session import shared, state

if TYPE_CHECKING:
    from seqcore.store import Experiment


def experiments_with(experiments: Sequence[Experiment], words: str) -> list[Experiment]:
    """Experiments whose name, data set or models contain every word."""
    wanted = words.casefold().split()
    if not wanted:
        return list(experiments)
    store, workspace = shared.get_store(), state.workspace()
    said = {each.id: [each.name] for each in experiments}
    names = {dataset.id: dataset.name for dataset in store.datasets.all(workspace)}
    for each in experiments:
        said[each.id].append(names.get(each.dataset_id, ""))
    for run in store.runs.all(workspace):
        if run.experiment_id in said:
            said[run.experiment_id] += [run_label(run), run.architecture, run.state]
    return [each for each in experiments if all(word in " ".join(said[each.id]).casefold() for word in wanted)]
