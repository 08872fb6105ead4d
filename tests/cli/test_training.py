"""Ctrl-C while models are trained."""

import pytest

from seqcore.cli import training
from seqcore.datasets.labelled_text import LabelledText
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store


class StoppingEngine:
    """An engine that is asked to stop, and does what it can."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.stopped: list[str] = []

    def stop(self, run_ids: list[str]) -> None:
        self.stopped.extend(run_ids)
        self._store.progress.request_cancel(run_ids)


def test_ctrl_c_stops_every_run_and_then_tells_how_they_ended(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    dataset = store.datasets.add("me", LabelledText("a.csv", ("good", "bad"), ("1", "0"), None, ()))
    specs = [RunSpec(dataset="0", architecture=name) for name in ("rnn", "lstm")]
    run_ids = list(store.experiments.add("me", dataset.id, specs).run_ids)
    engine, look, pressed = StoppingEngine(store), training._runs_now, []

    def interrupted_once(*arguments):
        if not pressed:
            pressed.append(True)
            raise KeyboardInterrupt
        return look(*arguments)

    monkeypatch.setattr(training, "_runs_now", interrupted_once)
    runs = training.watch(store, engine, "me", run_ids)
    assert engine.stopped == run_ids
    assert [run.state for run in runs] == [RunState.CANCELLED] * 2
