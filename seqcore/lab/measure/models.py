"""The models of an experiment measured alone, and what was measured kept with their runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from seqcore.analysis.alone import FILE, Alone, read_alone
from seqcore.analysis.run_names import run_label
from seqcore.errors import SeqlabError
from seqcore.lab.measure.measurer import Measurer
from seqcore.store import Run, Store

SECONDS_OF_A_MODEL = 5.0  # about, to be said before


def models_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs that can be read, those together that differ in their seed only."""
    models: dict[str, list[Run]] = {}
    for run in runs:
        if not run.problem:
            models.setdefault(run.spec.model_identity(), []).append(run)
    return list(models.values())


def measure_models(store: Store, runs: Sequence[Run], measurer: Measurer) -> bool:
    """Measure each model and keep what was found with all of its runs; False when it was stopped before its end.

    Raises:
        EngineError: something trained all the time, or the engine ended.
        SeqlabError: a model cannot be measured.
    """
    for model in models_of(runs):
        found = measurer.measure(model[0].spec, store.datasets.of_run(model[0].id).id, run_label(model[0]))
        if found is None:
            return False
        for run in model:
            store.artifacts.write(run.id, FILE, found.to_bytes())
    return True


def kept_measurements(store: Store, run_ids: Iterable[str]) -> Mapping[str, Alone]:
    """What was measured of runs, by their ids; those that were not, or whose file is damaged, are left out."""
    found = {}
    for run_id in run_ids:
        try:
            found[run_id] = read_alone(store.artifacts.read(run_id, FILE))
        except SeqlabError:
            continue
    return found
