"""What was measured of a model is kept with the runs of all its seeds."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from seqcore.analysis.alone import FILE
from seqcore.lab.measure.measurer import Measurer
from seqcore.lab.measure.models import kept_measurements, measure_models, models_of
from seqcore.store import Run, Store
from tests.lab.measure.engines import FakeEngine, Given, alone
from tests.pages.finished import WORKSPACE, finished_experiment


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))


@pytest.fixture
def runs(store: Store) -> list[Run]:
    return store.runs.of(WORKSPACE, finished_experiment(store, [("rnn", 0), ("rnn", 1), ("lstm", 0)]).id)


def measurer(engine: FakeEngine, over: threading.Event | None = None) -> Measurer:
    return Measurer(engine, lambda _stage: None, over or threading.Event(), poll=0.0)


def test_each_model_is_measured_once_for_all_of_its_seeds(store: Store, runs: list[Run]) -> None:
    engine = FakeEngine([alone(epoch_seconds=1.0), alone(epoch_seconds=2.0)])
    assert measure_models(store, runs, measurer(engine))
    assert [spec.architecture for spec, _ in engine.measured] == ["rnn", "lstm"]
    assert {dataset_id for _, dataset_id in engine.measured} == {store.datasets.of_run(runs[0].id).id}
    kept = kept_measurements(store, [run.id for run in runs])
    assert [kept[run.id].epoch_seconds for run in runs] == [1.0, 1.0, 2.0]


def test_what_was_measured_before_it_was_stopped_is_kept(store: Store, runs: list[Run]) -> None:
    over = threading.Event()
    engine = FakeEngine([alone(), Given(is_done=False)])
    begin = engine.measure
    engine.measure = lambda *asked: (engine.measured and over.set(), begin(*asked))[1]  # type: ignore[method-assign]
    assert not measure_models(store, runs, measurer(engine, over))
    assert set(kept_measurements(store, [run.id for run in runs])) == {run.id for run in runs[:2]}


def test_a_damaged_measurement_is_as_good_as_none(store: Store, runs: list[Run]) -> None:
    store.artifacts.write(runs[0].id, FILE, b"{")
    assert kept_measurements(store, [runs[0].id, "gone"]) == {}


def test_runs_that_differ_in_their_seed_are_one_model(runs: list[Run]) -> None:
    assert [[run.seed for run in model] for model in models_of(runs)] == [[0, 1], [0]]
