"""`experiment.json`: what was trained on what, for programs; the notebook and the script read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from seqcore.analysis.settings_told import beginnings_by_name
from seqcore.architectures import get_architecture
from seqcore.architectures.memory import MOST_PAIR_WEIGHTS, MOST_PAIRS
from seqcore.export.report.gathered import Gathered
from seqcore.spec import SplitOptions
from seqcore.store import Run

VERSION = 1  # of its layout


def folders_of(runs: Sequence[Run]) -> dict[str, str]:
    """The folder of each run in the zip, by its id; named after models and seeds, never after what people wrote."""
    names = [f"runs/{run.architecture}-seed-{run.seed}" for run in runs]
    seen: Counter[str] = Counter()
    found = {}
    for run, name in zip(runs, names, strict=True):
        seen[name] += 1
        found[run.id] = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return found


def part_columns(splits: Mapping[SplitOptions, Any]) -> dict[SplitOptions, str]:
    """The column of `data.csv` that says which part a row is in, for each way to split."""
    several = len(splits) > 1
    return {options: f"part_{number}" if several else "part" for number, options in enumerate(splits, start=1)}


def experiment_json(gathered: Gathered, *, environment: Mapping[str, str], data_file: str, data_hash: str) -> bytes:
    """The content of the file.

    Args:
        gathered: The experiment.
        environment: Packages and their versions.
        data_file: The file of the zip that holds the data.
        data_hash: SHA-256 of that file.
    """
    data, folders, columns = gathered.data, folders_of(gathered.runs), part_columns(gathered.splits)
    labels = {each.run_id: standing.label for standing in gathered.ranked for each in standing.results}
    about = {
        "version": VERSION,
        "experiment": {"id": gathered.experiment.id, "name": gathered.experiment.name,
                       "created": gathered.experiment.created.isoformat()},
        "data": {"name": data.name, "kind": data.kind, "rows": len(data), "content_hash": data.content_hash,
                 "file": data_file, "sha256": data_hash},
        "classes": list(data.classes),
        "environment": dict(environment),
        "runs": [
            {"folder": folders[run.id], "label": labels[run.id]}
            | _run(run, columns[run.spec.drawn_split], len(data.classes))
            | {"begins_with": beginnings_by_name(run.spec, gathered.names_given)}
            for run in gathered.runs
        ],
    }  # fmt: skip
    return json.dumps(about, indent=1, ensure_ascii=False).encode()


def _run(run: Run, column: str, classes: int) -> dict[str, Any]:
    architecture = get_architecture(run.architecture)
    options = architecture.validate_options(run.spec.model)
    reading = architecture.reading(run.spec.input, options)
    outputs = 1 if classes == 2 else classes
    return {
        "run": run.id,
        "architecture": run.architecture,
        "seed": run.seed,
        "fit": architecture.fit,
        "part": column,
        "reading": reading.model_dump(mode="json"),
        "model": options.model_dump(mode="json"),
        "training": run.spec.training.model_dump(mode="json"),
        "most_pairs": min(MOST_PAIRS, MOST_PAIR_WEIGHTS // outputs),
        "results": run.results,
        "seconds": run.seconds,
        "parameters": run.parameters,
        "spec": run.spec.model_dump(mode="json"),
        "identity": run.identity,
    }
