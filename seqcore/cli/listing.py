"""`runs`, `architectures`, `export`: what there is, and taking it home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seqcore import architectures as registry
from seqcore.cli.output import print_json, print_table, write_file
from seqcore.cli.training import describe, open_store
from seqcore.export.bundle import bundle
from seqcore.settings import get_settings
from seqcore.spec import declared
from seqcore.store import Run


def list_runs(*, as_json: bool) -> None:
    """All runs of the workspace, the newest experiment first; trials of a sweep without their test scores."""
    settings = get_settings()
    store = open_store(settings)
    names = {dataset.id: dataset.name for dataset in store.datasets.all(settings.workspace)}
    datasets = {each.id: each.dataset_id for each in store.experiments.all(settings.workspace)}

    def data_of(run: Run) -> str:
        return names.get(datasets.get(run.experiment_id, ""), "")

    runs, of_trials = store.runs.all(settings.workspace), store.sweeps.experiments_of_trials(settings.workspace)
    if as_json:
        found = []
        for run in runs:
            shown = describe(run, store) | {"dataset": data_of(run), "created": run.created.isoformat()}
            found.append(shown | {"test": None} if run.experiment_id in of_trials else shown)
        print_json({"runs": found})
        return
    rows: list[tuple[Any, ...]] = []
    for run in runs:
        accuracy = f"{run.scores.accuracy:.4f}" if run.scores and run.experiment_id not in of_trials else ""
        state = "cannot be read" if run.problem else run.state.value
        rows.append(
            (run.id, f"{run.created:%Y-%m-%d %H:%M}", data_of(run), run.architecture, run.seed, state, accuracy)
        )
    print_table(("run", "created", "data", "architecture", "seed", "state", "accuracy"), rows)


def list_architectures(*, as_json: bool) -> None:
    """Every architecture with its options."""
    if as_json:
        print_json({"architectures": [_describe(architecture) for architecture in registry.architectures()]})
        return
    print_table(("name", "", "idea"), [(each.name, each.label, each.idea) for each in registry.architectures()])


def export(run_id: str, file: Path) -> None:
    """Write a run's bundle.

    Raises:
        SeqlabError: the file cannot be written.
        NotFoundError: no such run, or it has no model.
    """
    settings = get_settings()
    store = open_store(settings)
    write_file(file, bundle(store, store.runs.get(settings.workspace, run_id)))


def _describe(architecture: registry.Architecture) -> dict[str, Any]:
    options = {}
    for name, field in declared(architecture.options).items():
        options[name] = {"default": field.default, "title": field.title, "help": field.description}
    return {
        "name": architecture.name,
        "label": architecture.label,
        "idea": architecture.idea,
        "attention": architecture.attention,
        "options": options,
    }
