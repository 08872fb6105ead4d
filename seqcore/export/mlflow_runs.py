"""An experiment in MLflow: a run each with settings, curves, scores, and the files of its model."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seqcore.analysis.settings_told import beginnings_by_name, settings_by_name
from seqcore.errors import SeqlabError
from seqcore.kinds import get_kind
from seqcore.store import Experiment, Run, Store

_AT_ONCE = 1000  # numbers of one request: MLflow's own limit
_MOST_LETTERS = 500  # of a parameter
_TAG = "sequence_lab.run"
_FILES = ("model.keras", "run.json", "evaluation.json")


def log_to_mlflow(store: Store, experiment: Experiment, uri: str) -> int:
    """Log every run that was scored; one that is there already, by its id, is left as it is.

    Args:
        store: Where the experiment is.
        experiment: Which; in MLflow its experiment has the same name.
        uri: Of the tracking server, as MLflow takes it.

    Returns:
        Runs that are new there.

    Raises:
        SeqlabError: the package `mlflow-skinny` is not installed, or MLflow did not take a run.
    """
    try:
        import mlflow
        from mlflow.exceptions import MlflowException
    except ImportError:
        raise SeqlabError("MLflow is not installed", remedy="Install it: pip install mlflow-skinny") from None
    runs = [run for run in store.runs.of(experiment.workspace, experiment.id) if run.scores and not run.problem]
    try:
        client = mlflow.MlflowClient(tracking_uri=uri)
        there = client.get_experiment_by_name(experiment.name)
        place = there.experiment_id if there else client.create_experiment(experiment.name)
        new = [run for run in runs if not client.search_runs([place], f"tags.`{_TAG}` = '{run.id}'")]
        for run in new:
            _log_run(client, place, store, run)
        return len(new)
    except (MlflowException, OSError, ValueError) as error:
        raise SeqlabError(
            "MLflow did not take the experiment",
            received=str(error)[:300],
            remedy="Give the address of a tracking server, or of a database such as sqlite:///mlflow.db",
        ) from error


def _log_run(client: Any, place: str, store: Store, run: Run) -> None:
    from mlflow.entities import Param, RunTag

    began = round(1000 * (run.started or run.created).timestamp())
    tags = {
        _TAG: run.id,
        "architecture": run.architecture,
        "seed": str(run.seed),
        "dataset": run.spec.dataset,
        "spec": run.identity,
    }
    made = client.create_run(place, start_time=began, run_name=run.name, tags=tags).info.run_id
    given = beginnings_by_name(run.spec, store.datasets.names_given(store.datasets.of_run(run.id)))
    settings = settings_by_name(run.spec) | given | {"seed": run.seed, "parameters": run.parameters}
    client.log_batch(made, params=[Param(name, str(value)[:_MOST_LETTERS]) for name, value in settings.items()])
    for some in _batches(list(_metrics(store, run, began))):
        client.log_batch(made, metrics=some)
    curves = run.results.get("curves")
    if isinstance(curves, dict):
        client.log_batch(made, tags=[RunTag("course", str(curves.get("sentence", ""))[:_MOST_LETTERS])])
    _log_files(client, made, store, run)
    ended = round(1000 * run.finished.timestamp()) if run.finished else None
    client.set_terminated(made, status="FINISHED", end_time=ended)


def _metrics(store: Store, run: Run, began: int) -> Iterator[Any]:
    """Loss and accuracy over the steps, then the scores of the test."""
    from mlflow.entities import Metric

    for _, _, row in store.measurements.rows([run.id]):
        moment = began + round(1000 * row.seconds)
        for name, value in (("loss", row.loss), ("accuracy", row.accuracy)):
            if math.isfinite(value):
                yield Metric(f"{row.split}_{name}", value, moment, row.step)
    if run.scores is not None:
        moment = round(1000 * run.finished.timestamp()) if run.finished else began
        for name in ("accuracy", "macro_f1", "loss", "ms_per_text"):
            value = getattr(run.scores, name)
            if math.isfinite(value):
                yield Metric(f"test_{name}", value, moment, run.step)


def _batches(metrics: list[Any]) -> Iterator[list[Any]]:
    yield from (metrics[start : start + _AT_ONCE] for start in range(0, len(metrics), _AT_ONCE))


def _log_files(client: Any, made: str, store: Store, run: Run) -> None:
    encoder = get_kind(run.spec.input.kind).encoder_file
    with tempfile.TemporaryDirectory() as folder:
        for name in (*_FILES, encoder):
            if store.artifacts.has(run.id, name):
                path = Path(folder) / name
                path.write_bytes(store.artifacts.read(run.id, name))
                client.log_artifact(made, str(path), "model")
                path.unlink()
