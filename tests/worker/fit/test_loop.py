"""What the loop tells its observers, and how they end it."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.spec import TrainingOptions
from seqcore.store import RunState
from seqcore.store.artifacts import CHECKPOINT
from seqcore.worker import train
from seqcore.worker.fit.best_epoch import BestEpoch
from seqcore.worker.fit.observer import Batch, Epoch, Observer, Observers
from seqcore.worker.train import train_run

STEPS = 8  # an epoch: 58 training texts in batches of 8
SMALL = {"epochs": 3, "batch_size": 8}


class Diary(Observer):
    """Writes down all that it is told."""

    def __init__(self) -> None:
        self.pages: list[object] = []

    def training_begins(self) -> None:
        self.pages.append("begins")

    def batch_begins(self) -> None:
        self.pages.append("batch")

    def batch_ends(self, batch: Batch) -> None:
        self.pages.append(batch)

    def epoch_ends(self, epoch: Epoch) -> None:
        self.pages.append(epoch)

    def training_ends(self) -> None:
        self.pages.append("ends")


@pytest.fixture
def diary(monkeypatch):
    """An observer more, which is another class and a line in the list."""
    diary, observers = Diary(), train._StagesOfRun._observers
    monkeypatch.setattr(train._StagesOfRun, "_observers", lambda *given: Observers(*observers(*given).all, diary))
    return diary


def test_the_loop_tells_of_every_batch_and_epoch(diary, carry_out, store):
    run = carry_out("rnn", training=SMALL)
    pages = diary.pages
    assert pages[0] == "begins" and pages[-1] == "ends"
    epoch = ["batch", Batch] * STEPS + [Epoch]
    assert [page if page == "batch" else type(page) for page in pages[1:-1]] == epoch * 3
    batches = [page for page in pages if isinstance(page, Batch)]
    assert [batch.position for batch in batches] == [step / STEPS for step in range(1, 3 * STEPS + 1)]
    assert sum(batch.texts for batch in batches[:STEPS]) == 58
    watched = [row for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
    assert [(page.number, page.loss, page.accuracy) for page in pages if isinstance(page, Epoch)] == [
        (row.epoch, row.loss, row.accuracy) for row in watched
    ]


def test_what_is_fitted_at_once_is_told_as_one_batch_and_one_epoch(diary, carry_out):
    carry_out("bag_of_words")
    assert [page if isinstance(page, str) else type(page) for page in diary.pages] == ["begins", Batch, Epoch, "ends"]


@pytest.mark.parametrize("steps", [0, 3, STEPS, STEPS + 5])
def test_a_run_that_is_asked_to_stop_takes_no_further_step(steps, diary, queue, store):
    run_id = queue("rnn", training=SMALL)
    train_run(run_id, store, "here", lambda: sum(isinstance(page, Batch) for page in diary.pages) >= steps)
    run = store.runs.find(run_id)
    assert sum(isinstance(page, Batch) for page in diary.pages) == steps
    assert (run.state, run.results["epochs"]) == (RunState.CANCELLED, steps // STEPS)
    assert run.message == f"Stopped after {steps // STEPS} of 3 epochs."
    assert diary.pages[-1] == "ends"
    assert store.artifacts.has(run_id, "model.keras") and not store.artifacts.has(run_id, CHECKPOINT)


def test_no_checkpoint_is_written_of_a_run_that_is_no_longer_ours(diary, carry_out, store, monkeypatch):
    written, write = [], store.artifacts.write
    monkeypatch.setattr(store.artifacts, "write", lambda *file: written.append(file[1]) or write(*file))
    monkeypatch.setattr(store.progress, "record", lambda *_row, **at: at["epoch"] >= 1)
    carry_out("rnn", training=SMALL)
    assert CHECKPOINT not in written


class Numbers:
    """Stands in for a model: its weights are one number."""

    def __init__(self) -> None:
        self.now = [np.zeros(1)]

    def get_weights(self) -> list[np.ndarray]:
        return [value.copy() for value in self.now]

    def set_weights(self, weights: list[np.ndarray]) -> None:
        self.now = weights


@pytest.mark.parametrize(
    ("keep", "patience", "kept", "finished"),
    [
        ("best", 0, 3, False),
        ("best", 2, 3, True),
        ("lowest_loss", 0, 2, False),
        ("lowest_loss", 2, 2, True),
        ("lowest_loss", 4, 2, False),
        ("last", 0, 5, False),
        ("last", 2, 5, True),
    ],
)
def test_the_weights_of_the_best_epoch_come_back_however_training_ends(keep, patience, kept, finished):
    model = Numbers()
    stopping = BestEpoch(model, TrainingOptions(keep=keep, early_stopping=patience))
    for number, (loss, accuracy) in enumerate([(3.0, 0.5), (1.0, 0.7), (2.0, 0.8), (2.5, 0.8)], start=1):
        model.now = [np.array([float(number)])]
        stopping.epoch_ends(Epoch(number, loss, accuracy))
    model.now = [np.array([5.0])]  # the epoch in which somebody pressed Stop
    stopping.training_ends()
    assert (model.now[0].item(), stopping.finished) == (kept, finished)
