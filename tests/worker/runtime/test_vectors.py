"""The vectors that training starts from are those that a finished run is told to have begun with."""

from __future__ import annotations

import random

import numpy as np
import pytest

from seqcore.inspections.neighbours import NeighboursRequest
from seqcore.worker import train
from seqcore.worker.fit.observer import Observer, Observers
from seqcore.worker.runtime.answering import answer
from seqcore.worker.runtime.finished_model import load_finished


class Beginning(Observer):
    """Keeps the vectors of words as they are when training begins."""

    def __init__(self, model, seen):
        self.model, self.seen = model, seen

    def training_begins(self):
        self.seen.append(self.model.get_layer("embedding").get_weights()[0].copy())


@pytest.mark.parametrize(("name", "seed"), [("rnn", 0), ("lstm", 7), ("transformer", 3), ("cnn", 1)])
def test_epoch_0_is_what_training_started_from(name, seed, store, queue, monkeypatch):
    seen, usual = [], train._StagesOfRun._observers

    def watched(stages, model, *others):
        found = usual(stages, model, *others)
        return Observers(*found.all, Beginning(model, seen))

    monkeypatch.setattr(train._StagesOfRun, "_observers", watched)
    run_id = queue(name, seed=seed)
    train.train_run(run_id, store, "here")
    model = load_finished(store, run_id)
    random.seed(99)  # whatever others draw meanwhile
    np.testing.assert_array_equal(model.vectors.first_of_words, seen[0])
    assert not np.array_equal(model.vectors.of_words(), seen[0])
    found = answer("neighbours", run_id, NeighboursRequest(text="film"), store)
    assert len(found.now) == len(found.first) == 10
    assert not found.notes
