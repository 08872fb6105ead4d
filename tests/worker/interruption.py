"""Runs that are interrupted as a process's death would do it, and what must be the same in the end."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from seqcore.store import Run, RunState, Store
from seqcore.worker import train
from seqcore.worker.fit.report import Reporter


class Death(BaseException):
    """Stands in for the end of the process: nothing catches it, nothing is written any more."""


@contextmanager
def death_at_step(number: int) -> Iterator[None]:
    """The worker dies when it has reported so many steps of a run, its resumed ones included."""
    original = Reporter.batch_ends

    def batch_ends(self: Reporter, *arguments: Any) -> None:
        original(self, *arguments)
        if self.tally.steps == number:
            raise Death

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Death):
        patch.setattr(Reporter, "batch_ends", batch_ends)
        yield


@contextmanager
def death_while_evaluating() -> Iterator[None]:
    """The worker dies when training is over and nothing of the result is stored."""

    def evaluate_model(*_arguments: Any) -> None:
        raise Death

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Death):
        patch.setattr(train, "evaluate_model", evaluate_model)
        yield


@contextmanager
def steps_taken() -> Iterator[list[int]]:
    """The numbers of the steps that are taken meanwhile."""
    original, taken = Reporter.batch_ends, []

    def batch_ends(self: Reporter, *arguments: Any) -> None:
        original(self, *arguments)
        taken.append(self.tally.steps)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reporter, "batch_ends", batch_ends)
        yield taken


def queue_again(store: Store, run_id: str) -> None:
    """What the engine does with a run whose worker died."""
    assert store.queue.retry(run_id, most_attempts=3)


def interrupted_and_resumed(store: Store, run_id: str, *deaths: Callable[[], Any]) -> tuple[Run, list[int]]:
    """A run that dies of each of these, then is left alone; and the numbers of the steps of its last attempt."""
    for death in deaths:
        with death():
            train.train_run(run_id, store, "here")
        assert store.runs.find(run_id).state in (RunState.TRAINING, RunState.EVALUATING)
        queue_again(store, run_id)
    with steps_taken() as taken:
        train.train_run(run_id, store, "here")
    return store.runs.find(run_id), taken


def assert_ended_alike(store: Store, undisturbed: Run, resumed: Run) -> None:
    """Test metrics to the last digit, predictions, weights and validation curve; and no point of a curve twice."""
    for run in (undisturbed, resumed):
        assert (run.state, run.message) == (RunState.FINISHED, "")
    assert _scores(undisturbed) == _scores(resumed), (_scores(undisturbed), _scores(resumed))
    for artifact in ("predictions.parquet", "tokenizer.json"):
        assert store.artifacts.read(undisturbed.id, artifact) == store.artifacts.read(resumed.id, artifact)
    assert _evaluation(store, undisturbed) == _evaluation(store, resumed)
    for one, other in zip(_weights(store, undisturbed), _weights(store, resumed), strict=True):
        np.testing.assert_array_equal(one, other)
    assert _validation(store, undisturbed) == _validation(store, resumed)
    _assert_curves_grow(store, resumed)


def _assert_curves_grow(store: Store, run: Run) -> None:
    rows = [row for _, _, row in store.measurements.rows([run.id])]
    for split in ("train", "validation"):
        positions = [row.epoch for row in rows if row.split == split]
        assert positions == sorted(set(positions)), split
        for number in ("step", "seconds"):
            reported = [getattr(row, number) for row in rows if row.split == split]
            assert reported == sorted(reported), (split, number)
    assert run.seconds["training"] >= max(row.seconds for row in rows)


def _scores(run: Run) -> dict[str, Any]:
    test = {name: score for name, score in run.results["test"].items() if name != "ms_per_text"}
    return run.results | {"test": test}


def _evaluation(store: Store, run: Run) -> dict[str, Any]:
    evaluation: dict[str, Any] = json.loads(store.artifacts.read(run.id, "evaluation.json"))
    del evaluation["test"]["ms_per_text"], evaluation["timings"]
    return evaluation


def _weights(store: Store, run: Run) -> list[np.ndarray]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(store.artifacts.read(run.id, "model.keras"))
        return list(keras.saving.load_model(path, compile=False, safe_mode=True).get_weights())


def _validation(store: Store, run: Run) -> list[tuple[float, int, float, float]]:
    rows = [row for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
    return [(row.epoch, row.step, row.loss, row.accuracy) for row in rows]


def altered(data: bytes, **changes: Any) -> bytes:
    """A checkpoint with other arrays; None leaves one out."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files} | changes
    buffer = io.BytesIO()
    np.savez(buffer, **{name: value for name, value in arrays.items() if value is not None})
    return buffer.getvalue()
