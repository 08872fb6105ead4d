"""Start: labelled data and settings become an experiment whose runs wait for a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from seqcore.datasets.split import refuse_to_redraw_a_given_test

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.spec import RunSpec
    from seqcore.store import Experiment, Store

Submit = Callable[[Sequence[str]], None]  # hands queued runs to an engine, now or as soon as there is one


def start_experiment(
    store: Store, workspace: str, data: LabelledData, specs: Sequence[RunSpec], *, submit: Submit
) -> Experiment:
    """Keep the data in a workspace, queue one run for each spec, in order, and hand them to an engine.

    Returns:
        The experiment; it names its data set, and its runs in order.

    Raises:
        DataError: each seed is to draw its own test part, and the data came with one.
        LimitError: too many runs would be in flight, or the storage is full.
        EngineError: the engine stopped.
    """
    for split in {spec.split for spec in specs}:
        refuse_to_redraw_a_given_test(data, split)
    dataset = store.datasets.add(workspace, data)  # what is there already is kept once
    experiment = store.experiments.add(workspace, dataset.id, specs)
    submit(experiment.run_ids)
    return experiment
