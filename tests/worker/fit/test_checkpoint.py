"""What a checkpoint holds, when it is written, and which files are no checkpoint."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, replace

import keras
import numpy as np
import pytest

from seqcore.spec import TrainingOptions
from seqcore.store.artifacts import CHECKPOINT
from seqcore.worker.fit.best_epoch import BestEpoch
from seqcore.worker.fit.checkpoint import LONGEST_PAUSE, PAUSE, Checkpoints, Training
from seqcore.worker.fit.loop import make_optimizer
from seqcore.worker.fit.observer import Epoch, Observers
from seqcore.worker.fit.report import Reporter
from seqcore.worker.fit.steps import Step
from tests.worker.interruption import altered


class NoStep(Step):
    """Of a training that only stands still."""

    def __call__(self, inputs, labels):
        raise NotImplementedError


def training(store, run_id: str, seed: int, units: int = 3) -> Training:
    """A model, optimizer and counters whose every number depends on the seed."""
    rng = np.random.default_rng(seed)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units), keras.layers.Dropout(0.5)])
    optimizer = make_optimizer(TrainingOptions(optimizer="sgd"))
    optimizer.build(model.trainable_variables)
    for variable in [*model.variables, *optimizer.variables]:
        variable.assign(rng.integers(1, 99, variable.shape).astype(variable.dtype))
    stopping = BestEpoch(model, TrainingOptions(early_stopping=3, keep="lowest_loss"))
    stopping.epoch_ends(Epoch(1, float(rng.random()), 0.5))
    stopping.epoch_ends(Epoch(2, 9.0, 0.5))
    reporter = Reporter(store, store.runs.find(run_id), clock=lambda: 5.0)
    reporter.tally.add(float(rng.random()), 3.0, 4)
    return Training(model, optimizer, rng, Observers(reporter, stopping), NoStep())


def everything(found: Training) -> list[object]:
    values = [np.asarray(variable).tolist() for variable in found.variables()]
    reporter, stopping = observers_of(found)
    best = [value.tolist() for value in stopping.weights]
    patience = (stopping.best, stopping.since, stopping.finished, stopping.merit)
    return [values, best, patience, found.batches.bit_generator.state, vars(reporter.tally)]


def observers_of(found: Training) -> tuple[Reporter, BestEpoch]:
    reporter, stopping = found.observers.all
    assert isinstance(reporter, Reporter) and isinstance(stopping, BestEpoch)
    return reporter, stopping


@pytest.fixture
def run(store, queue):
    return store.runs.find(queue("rnn"))


@pytest.fixture
def kept(store, run):
    """The training of seed 1, kept after its second epoch; gives it and the file."""
    one = training(store, run.id, seed=1)
    Checkpoints(store, run).keep(one, 2)
    return one, store.artifacts.read(run.id, CHECKPOINT)


def test_all_that_decides_what_follows_comes_back(store, run, kept):
    other = training(store, run.id, seed=2)
    assert everything(other) != everything(kept[0])
    assert Checkpoints(store, run).go_on(other).epochs == 2
    assert everything(other) == everything(kept[0])
    assert other.batches.random() == kept[0].batches.random()


def test_seconds_go_on_from_those_of_the_earlier_attempt(store, run):
    times = iter([0.0, 7.0, 100.0, 103.0])

    def timed(seed: int) -> tuple[Training, Reporter]:
        reporter, one = Reporter(store, run, lambda: next(times)), training(store, run.id, seed)
        return replace(one, observers=Observers(reporter, observers_of(one)[1])), reporter

    Checkpoints(store, run).keep(timed(seed=1)[0], 1)
    again, second = timed(seed=2)
    assert Checkpoints(store, run).go_on(again).epochs == 1
    assert (second.earlier_seconds, second.seconds()) == (7.0, 10.0)


def test_a_file_of_the_first_version_is_still_understood(store, run):
    """Its layout, array by array, written out here: it must never be read as anything else."""
    one, other = training(store, run.id, seed=1), training(store, run.id, seed=2)
    reporter, stopping = observers_of(one)
    numbers = {
        "identity": f"1-{run.identity}",
        "epochs": 2,
        "best": stopping.best,
        "since": 1,
        "stopped": False,
        "batches": one.batches.bit_generator.state,
        "tally": asdict(reporter.tally),
        "seconds": 7.5,
    }
    arrays = {"numbers": np.array(json.dumps(numbers))}
    arrays |= {f"variable_{place}": np.asarray(variable) for place, variable in enumerate(one.variables())}
    arrays |= {f"best_{place}": value for place, value in enumerate(stopping.weights)}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    store.artifacts.write(run.id, CHECKPOINT, file.getvalue())
    assert Checkpoints(store, run).go_on(other).epochs == 2
    assert everything(other) == everything(one)
    assert observers_of(other)[0].earlier_seconds == 7.5


def test_the_layout_of_the_file_is_that_of_the_first_version_and_the_merit_of_the_best_epoch(kept):
    with np.load(io.BytesIO(kept[1]), allow_pickle=False) as file:
        names, numbers = set(file.files), json.loads(str(file["numbers"]))
    one, best = kept[0], observers_of(kept[0])[1].weights
    expected = {"numbers"} | {f"variable_{place}" for place in range(len(one.variables()))}
    assert names == expected | {f"best_{place}" for place in range(len(best))}
    assert set(numbers) == {"identity", "epochs", "best", "since", "stopped", "merit", "batches", "tally", "seconds"}


def test_without_patience_there_are_no_best_weights_to_keep(store, run):
    one, other = training(store, run.id, seed=1), training(store, run.id, seed=2)
    observers_of(one)[1].weights = []
    Checkpoints(store, run).keep(one, 1)
    assert Checkpoints(store, run).go_on(other).epochs == 1
    assert everything(other) == everything(one)


def damaged(data: bytes, way: str) -> bytes:
    buffer = io.BytesIO()
    match way:
        case "empty":
            return b""
        case "noise":
            return bytes(range(256)) * 20
        case "cut":
            return data[: len(data) // 2]
        case "one byte":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                place = archive.getinfo("variable_0.npy").header_offset + 30 + len("variable_0.npy") + 150
            return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        case "an array missing":
            return altered(data, variable_1=None)
        case "another shape":
            return altered(data, variable_0=np.zeros((5, 5), np.float32))
        case "another type":
            return altered(data, variable_1=np.zeros(3, np.float64))
        case "a best weight missing":
            return altered(data, best_0=None)
        case "best weights of another shape":
            return altered(data, best_1=np.zeros(9, np.float32))
        case "no patience" | "no tally":
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                numbers = json.loads(str(file["numbers"]))
            del numbers[{"no patience": "since", "no tally": "tally"}[way]]
            return altered(data, numbers=np.array(json.dumps(numbers)))
        case "no numbers":
            return altered(data, numbers=None)
        case "an older format":
            return altered(data, numbers=np.array(json.dumps({"identity": "0-0123456789abcdef", "epochs": 2})))
        case _:
            np.savez(buffer, numbers=np.array([{"identity": 1}], dtype=object))  # needs pickle to be read
            return buffer.getvalue()


WAYS = (
    "empty", "noise", "cut", "one byte", "an array missing", "another shape", "another type", "no numbers",
    "a best weight missing", "best weights of another shape", "no patience", "no tally", "an older format", "pickle",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_does_not_fit_changes_nothing(way, store, run, kept, caplog):
    store.artifacts.write(run.id, CHECKPOINT, damaged(kept[1], way))
    other = training(store, run.id, seed=2)
    before = everything(other)
    assert Checkpoints(store, run).go_on(other).epochs == 0
    assert everything(other) == before
    assert "checkpoint cannot be used" in caplog.text


def test_a_checkpoint_of_another_spec_is_not_used(store, queue, run, kept):
    other = store.runs.find(queue("rnn", seed=1))
    store.artifacts.write(other.id, CHECKPOINT, kept[1])
    assert Checkpoints(store, other).go_on(training(store, other.id, seed=2)).epochs == 0


def test_nothing_in_the_file_is_pickled(kept):
    with np.load(io.BytesIO(kept[1]), allow_pickle=False) as file:
        assert {file[name].dtype.kind for name in file.files} <= set("fiuU")


@pytest.mark.parametrize(("took", "pause"), [(0.1, 0.1 * PAUSE), (2.0, LONGEST_PAUSE)])
def test_writing_takes_a_fiftieth_of_the_time_and_no_more_than_ten_seconds_of_work_are_at_risk(
    store, run, monkeypatch, took, pause
):
    now, written = [0.0], []

    def write(*_file):
        written.append(now[0])
        now[0] += took

    monkeypatch.setattr(store.artifacts, "write", write)
    checkpoints, one = Checkpoints(store, run, clock=lambda: now[0]), training(store, run.id, seed=1)
    again = 10.0 + took + pause
    for moment in (10.0, again - 1, again + 0.01, again + 0.02 + took):
        now[0] = moment
        checkpoints.keep(one, 1)
    assert written == [10.0, again + 0.01]


def test_a_store_that_fails_is_not_asked_again_at_once(store, run, monkeypatch, caplog):
    now, asked = [0.0], []

    def write(*_file):
        asked.append(now[0])
        now[0] += 1.0
        raise RuntimeError("the bucket does not answer")

    monkeypatch.setattr(store.artifacts, "write", write)
    checkpoints, one = Checkpoints(store, run, clock=lambda: now[0]), training(store, run.id, seed=1)
    for _ in range(3):
        checkpoints.keep(one, 1)
    assert asked == [0.0]
    assert "the bucket does not answer" in caplog.text


def test_without_a_file_training_starts_at_the_beginning(store, run, caplog):
    assert Checkpoints(store, run).go_on(training(store, run.id, seed=2)).epochs == 0
    assert not caplog.records


def test_a_file_that_cannot_be_removed_is_left(store, run, monkeypatch, caplog):
    def refuse(*_file):
        raise PermissionError("read-only")

    monkeypatch.setattr(store.artifacts, "remove", refuse)
    Checkpoints(store, run).remove()
    assert "could not be removed" in caplog.text
