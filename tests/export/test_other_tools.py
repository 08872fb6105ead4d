"""An experiment in TensorBoard's files and in MLflow: every number, once, and a sentence where a package is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

import pytest
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import PyRecordReader_New

from seqcore.errors import SeqlabError
from seqcore.export.mlflow_runs import log_to_mlflow
from seqcore.export.tensorboard_logs import write_tensorboard
from seqcore.store import Experiment, Store
from tests.pages.finished import finished_experiment


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("home")
    return Store(f"sqlite:///{folder / 'lab.db'}", str(folder / "artifacts"))


@pytest.fixture(scope="module")
def experiment(store: Store) -> Experiment:
    return finished_experiment(store, [("lstm", 0), ("lstm", 1)])


def events(file: Path) -> list[Event]:
    """Read with TensorBoard's own reader, which checks every record's sum."""
    reader, found = PyRecordReader_New(str(file)), []
    while True:
        try:
            reader.GetNext()
        except Exception:  # the end, as this reader says it
            return found
        found.append(Event.FromString(reader.record()))


def test_curves_and_scores_are_written_for_tensorboard(store: Store, experiment: Experiment, tmp_path: Path) -> None:
    for _ in range(2):  # again: nothing is doubled
        assert write_tensorboard(store, experiment, tmp_path) == 2
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert [file.rpartition("/")[0] for file in files] == [
        f"lstm-seed-{seed}/{part}" for seed in (0, 1) for part in ("test", "train", "validation")
    ]
    first, *rest = events(tmp_path / "lstm-seed-0/validation/events.out.tfevents.0.sequence-lab")
    assert first.file_version == "brain.Event:2"
    found = [(each.step, value.tag, round(value.simple_value, 3)) for each in rest for value in each.summary.value]
    assert found == [(3, "loss", 1.0), (3, "accuracy", 0.6), (6, "loss", 0.5), (6, "accuracy", 0.8)]
    assert rest[0].wall_time < rest[-1].wall_time


def test_without_tensorboard_a_sentence_says_what_to_install(
    store: Store, experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboard.compat.proto.event_pb2", None)
    with pytest.raises(SeqlabError, match="pip install tensorboard"):
        write_tensorboard(store, experiment, tmp_path)


class Metric(NamedTuple):
    """As MLflow has it."""

    key: str
    value: float
    timestamp: int
    step: int


class Server:
    """Stands for MLflow's client and keeps what it is told."""

    def __init__(self) -> None:
        self.runs: dict[str, dict[str, Any]] = {}
        self.experiments: list[str] = []

    def get_experiment_by_name(self, name: str) -> SimpleNamespace | None:
        return SimpleNamespace(experiment_id="7") if name in self.experiments else None

    def create_experiment(self, name: str) -> str:
        self.experiments.append(name)
        return "7"

    def search_runs(self, places: list[str], wanted: str) -> list[str]:
        return [run_id for run_id, run in self.runs.items() if f"'{run['tags']['sequence_lab.run']}'" in wanted]

    def create_run(self, place: str, **about: Any) -> SimpleNamespace:
        run_id = str(len(self.runs))
        self.runs[run_id] = about | {"place": place, "metrics": [], "params": {}, "files": []}
        return SimpleNamespace(info=SimpleNamespace(run_id=run_id))

    def log_batch(self, run_id: str, metrics: Any = (), params: Any = (), tags: Any = ()) -> None:
        self.runs[run_id]["metrics"] += list(metrics)
        self.runs[run_id]["params"] |= dict(params)
        self.runs[run_id]["tags"] |= dict(tags)

    def log_artifact(self, run_id: str, path: str, folder: str) -> None:
        self.runs[run_id]["files"].append((folder, Path(path).name, Path(path).read_bytes()))

    def set_terminated(self, run_id: str, **about: Any) -> None:
        self.runs[run_id] |= about


class MlflowException(Exception):
    """As MLflow has it."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    mlflow, exceptions, entities = (ModuleType(name) for name in ("mlflow", "mlflow.exceptions", "mlflow.entities"))
    mlflow.MlflowClient = lambda tracking_uri: server  # type: ignore[attr-defined]
    exceptions.MlflowException = MlflowException  # type: ignore[attr-defined]
    entities.Metric, entities.Param, entities.RunTag = Metric, lambda *pair: pair, lambda *pair: pair  # type: ignore[attr-defined]
    for module in (mlflow, exceptions, entities):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return server


def test_every_run_is_logged_to_mlflow_once(store: Store, experiment: Experiment, server: Server) -> None:
    assert log_to_mlflow(store, experiment, "http://somewhere") == 2
    assert log_to_mlflow(store, experiment, "http://somewhere") == 0
    assert server.experiments == [experiment.name]
    first = server.runs["0"]
    assert first["status"] == "FINISHED" and first["place"] == "7"
    assert first["params"]["units"] == "32" and first["params"]["seed"] == "0"
    assert [(each.step, each.value) for each in first["metrics"] if each.key == "validation_loss"] == [
        (3, 1.0),
        (6, 0.5),
    ]
    assert {each.key for each in first["metrics"]} >= {"train_accuracy", "test_accuracy", "test_macro_f1", "test_loss"}
    assert {name for _, name, _ in first["files"]} == {"model.keras", "run.json", "evaluation.json", "tokenizer.json"}


def test_what_mlflow_refuses_is_said_in_a_sentence(
    store: Store, experiment: Experiment, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise MlflowException("no such host")

    monkeypatch.setattr(server, "get_experiment_by_name", refuse)
    with pytest.raises(SeqlabError, match=r"did not take the experiment. Got no such host"):
        log_to_mlflow(store, experiment, "http://nowhere")


def test_without_mlflow_a_sentence_says_what_to_install(
    store: Store, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mlflow", None)
    with pytest.raises(SeqlabError, match="pip install mlflow-skinny"):
        log_to_mlflow(store, experiment, "http://somewhere")
