"""Runs that begin with a pretrained encoder, from the store to their bundle."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from seqcore.architectures.pretrained import of_encoder
from seqcore.export.bundle import bundle
from seqcore.kinds.text.pretrained import read_folder
from seqcore.kinds.text.pretrained.piece_encoder import PieceEncoder
from seqcore.store import RunState
from seqcore.worker.fit import loop
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.set_up import set_up
from tests.pretrained_files import MOST, put_folder
from tests.worker.conftest import labelled

QUICK = {"epochs": 2, "learning_rate": 0.05, "early_stopping": 0}


@pytest.fixture(scope="module")
def encoder(store, tmp_path_factory):
    found = read_folder(put_folder(tmp_path_factory.mktemp("encoder") / "tiny"), "tiny", MOST)
    store.datasets.keep_pretrained(store.datasets.add("personal", labelled()), found)
    return found


@pytest.fixture(scope="module")
def runs(carry_out, encoder):
    given = of_encoder(encoder.content_hash, encoder.config)
    return {train: carry_out("pretrained", model=given | {"train": train}, training=QUICK) for train in ("head", "all")}


def weights_of(store, run):
    model = load_finished(store, run.id).model
    return {name: model.get_layer(name).get_weights()[0] for name in ("embedding", "feed_forward_1", "logits")}


def test_a_run_ends_finished_with_the_parameters_that_training_changes(runs, encoder):
    assert [runs[train].state for train in ("head", "all")] == [RunState.FINISHED] * 2
    assert runs["head"].parameters == 8 + 1
    assert runs["all"].parameters == encoder.parameters + 8 + 1


def test_training_leaves_a_frozen_encoder_as_it_was_and_changes_a_tuned_one_a_little(store, runs, encoder):
    before = encoder.weights["encoder.layer.1.output.dense.weight"].T
    head, everything = (weights_of(store, runs[train]) for train in ("head", "all"))
    np.testing.assert_array_equal(head["feed_forward_1"], before)
    moved = np.abs(everything["feed_forward_1"] - before).max()
    assert 0 < moved < 0.05  # of steps of 0.05 · 0.03, where the head takes 0.05


def test_its_texts_are_read_by_the_tokenizer_of_the_encoder(store, runs):
    model = load_finished(store, runs["head"].id)
    assert isinstance(model.encoder, PieceEncoder)
    assert [step.name for step in model.encoder.steps("lovely!")] == ["[CLS]", "lovely", "!", "[SEP]"]


def test_what_stands_below_a_frozen_encoders_head_is_computed_once_and_changes_no_number(
    carry_out, encoder, monkeypatch, store, runs
):
    monkeypatch.setattr(loop, "has_frozen_body", lambda *_: False)
    given = of_encoder(encoder.content_hash, encoder.config)
    slow = carry_out("pretrained", model=given | {"train": "head"}, training=QUICK)
    quick, slow = (weights_of(store, run)["logits"] for run in (runs["head"], slow))
    np.testing.assert_allclose(quick, slow, atol=1e-4)


def test_a_bundle_predicts_without_sequence_lab(store, runs, tmp_path):
    with zipfile.ZipFile(io.BytesIO(bundle(store, runs["head"]))) as archive:
        archive.extractall(tmp_path)
    texts = ["a warm and lovely film", "", "film!"]
    said = subprocess.run(
        [sys.executable, "predict.py", *texts], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    model = load_finished(store, runs["head"].id)
    for line, text, row in zip(said, texts, model.probabilities(texts), strict=True):
        if text:
            assert all(f"{name} {share:.4f}" in line for name, share in zip(model.classes, row, strict=True))


def test_an_encoder_that_is_not_kept_fails_the_run_with_a_sentence(carry_out, encoder):
    given = of_encoder("f" * 32, encoder.config)
    run = carry_out("pretrained", model=given, training=QUICK)
    assert run.state == RunState.FAILED
    assert "foresee" not in run.message


def test_the_model_is_set_up_with_the_sizes_of_the_encoder(store, runs, encoder):
    dataset = store.datasets.of_run(runs["head"].id)
    ready = set_up(store, dataset.id, runs["head"].spec, None)
    assert ready.prepared.sizes.input.vocabulary == encoder.config.vocabulary
    assert ready.prepared.sizes.input.longest == encoder.config.positions
