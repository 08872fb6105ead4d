"""A model asked after an epoch answers as one that is freshly given the weights of that epoch."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from seqcore.architectures import architectures, get_architecture
from seqcore.errors import InspectionError, NotFoundError
from seqcore.inspections import get_inspection, inspections
from seqcore.inspections.ground_truth import GROUND_TRUTH
from seqcore.inspections.prediction import PREDICT
from seqcore.kinds import get_kind
from seqcore.lab.ask import about_texts
from seqcore.store.moments import moment_file, read_moments
from seqcore.worker.fit import checkpoint
from seqcore.worker.fit.moments import packed, unpacked
from seqcore.worker.fit.observer import Epoch, Observer, Observers
from seqcore.worker.runtime.answering import answer
from seqcore.worker.runtime.finished_model import FinishedModel, build_again, read_encoder
from seqcore.worker.runtime.moment import load_moment
from seqcore.worker.train import _StagesOfRun, train_run
from tests.worker.conftest import labelled
from tests.worker.interruption import death_at_step

TEXT = "a warm and lovely dinner, 🎬"
TRAINED = [architecture.name for architecture in architectures() if architecture.fit == "gradient"]


class Album(Observer):
    """Weights at the end of every epoch, taken by somebody else."""

    def __init__(self, model: Any) -> None:
        self.model, self.weights = model, dict[int, list[np.ndarray]]()

    def training_begins(self) -> None:
        self.weights[0] = self.model.get_weights()

    def epoch_ends(self, epoch: Epoch) -> None:
        self.weights[epoch.number] = self.model.get_weights()


@pytest.fixture
def photographed(store, queue, monkeypatch):
    """Trains a run; gives it and its weights by epoch."""

    def train(name: str) -> tuple[str, dict[int, list[np.ndarray]]]:
        albums = []
        original = _StagesOfRun._observers

        def observers(self: _StagesOfRun, model: Any, *rest: Any) -> Observers:
            albums.append(Album(model))
            return Observers(*original(self, model, *rest).all, albums[0])

        monkeypatch.setattr(_StagesOfRun, "_observers", observers)
        run_id = queue(name, data=labelled(("1", "2", "10")), training={"learning_rate": 0.05})
        train_run(run_id, store, "here")
        return run_id, albums[0].weights

    return train


def freshly_loaded(store, run_id: str, weights: list[np.ndarray]) -> FinishedModel:
    """A model that has never had other weights than these."""
    run, about = store.runs.find(run_id), read_moments(store.artifacts, run_id)
    kind = get_kind("text")
    encoder = read_encoder(kind, store.artifacts.read(run_id, kind.encoder_file), run)
    model = build_again(store, run, encoder, about.classes, about.sizes)
    model.model.set_weights(weights)
    return model


@pytest.mark.parametrize("name", TRAINED)
def test_each_frame_of_every_inspection_equals_a_fresh_load_of_that_state(name, store, photographed):
    run_id, weights = photographed(name)
    asked = []
    for inspection in inspections():
        if inspection.name == GROUND_TRUTH:
            continue  # these texts do not say which words matter
        if inspection.applies_to(get_architecture(name), "text") is None:
            about_one = inspection.request.model_fields.keys() & {"text", "texts"}
            values = about_texts(inspection, [TEXT] if about_one else [])
            asked.append((inspection, inspection.validated(values)))
    later = [answer(each.name, run_id, request, store, 2) for each, request in asked]
    found = [answer(each.name, run_id, request, store, 1) for each, request in asked]
    fresh = freshly_loaded(store, run_id, weights[1])
    for (inspection, request), after, one in zip(asked, later, found, strict=True):
        wanted = inspection.compute(fresh, request)
        assert one.model_dump(mode="json") == wanted.model_dump(mode="json"), inspection.name
        if inspection.name == PREDICT:
            assert after.probabilities.tolist() != one.probabilities.tolist()


def test_a_run_that_is_not_done_answers_with_the_moments_there_are(store, queue, monkeypatch):
    monkeypatch.setattr(checkpoint, "PAUSE", 0)
    run_id = queue("rnn", training={"batch_size": 8})
    with death_at_step(9):
        train_run(run_id, store, "here")
    found = answer(PREDICT, run_id, get_inspection(PREDICT).validated({"texts": [TEXT]}), store, 1)
    assert found.probabilities.sum() == pytest.approx(1)


def test_an_epoch_that_was_not_kept_is_refused_with_those_that_were(store, trained):
    run = trained("rnn")
    with pytest.raises(InspectionError, match=r"Got 7\. Those after 0, 1, 2 were"):
        answer(PREDICT, run.id, get_inspection(PREDICT).validated({"texts": [TEXT]}), store, 7)


def test_a_model_without_epochs_says_so(store, trained):
    run = trained("bag_of_words")
    with pytest.raises(InspectionError, match="Bag of words is fitted at once and has no epochs"):
        answer(PREDICT, run.id, get_inspection(PREDICT).validated({"texts": [TEXT]}), store, 0)


def test_a_run_that_is_gone_is_missed(store):
    with pytest.raises(NotFoundError):
        answer(PREDICT, "gone", get_inspection(PREDICT).validated({"texts": [TEXT]}), store, 0)


@pytest.mark.parametrize("damage", ["half", "other shapes", "too large", "pickled"])
def test_a_damaged_file_is_one_sentence_and_the_next_epoch_answers(damage, store, carry_out):
    run = carry_out("rnn")
    whole = store.artifacts.read(run.id, moment_file(1))
    weights = unpacked(whole)
    damaged = {
        "half": whole[: len(whole) // 2],
        "other shapes": packed([weight.T[..., None] for weight in weights]),
        "too large": packed([*weights[:-1], np.zeros(2**19)]),
        "pickled": packed_with_pickle(weights),
    }[damage]
    store.artifacts.write(run.id, moment_file(1), damaged)
    request = get_inspection(PREDICT).validated({"texts": [TEXT]})
    with pytest.raises(InspectionError, match="moment of this run cannot be read"):
        answer(PREDICT, run.id, request, store, 1)
    assert answer(PREDICT, run.id, request, store, 2).probabilities.shape == (1, 2)


def packed_with_pickle(weights: list[np.ndarray]) -> bytes:
    """A file that would run code when it is read, were that allowed."""
    file = io.BytesIO()
    np.savez(file, **{f"weight_{place}": np.array([weight], dtype=object) for place, weight in enumerate(weights)})
    return file.getvalue()


def test_a_moment_thinned_out_since_it_was_listed_is_refused_with_those_that_are_left(store, carry_out):
    run = carry_out("rnn")
    store.artifacts.remove(run.id, moment_file(1))
    with pytest.raises(InspectionError, match="not kept"):
        answer(PREDICT, run.id, get_inspection(PREDICT).validated({"texts": [TEXT]}), store, 1)


def test_models_are_kept_by_run_and_not_by_epoch(store, trained):
    run = trained("rnn")
    assert load_moment(store, run.id, 0) is load_moment(store, run.id, 2)
