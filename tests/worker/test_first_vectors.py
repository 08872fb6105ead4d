"""Models that begin with pretrained vectors: in the embedding or before it, tuned or frozen, to the bundle and back."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pytest

from seqcore.architectures import Sizes, architectures, get_architecture, has_vectors
from seqcore.errors import DataError, OptionError
from seqcore.export.bundle import bundle
from seqcore.kinds.sizes import TokenSizes, read_sizes, stored_sizes
from seqcore.kinds.text import TextEncoder, TextOptions
from seqcore.kinds.text.vectors import WordVectors, words_of
from seqcore.lab.plan import Choices
from seqcore.lab.start import start_experiment
from seqcore.spec import TrainingOptions
from seqcore.store import RunState
from seqcore.worker.first_vectors import FIRST_VECTORS, first_vectors, from_bytes
from seqcore.worker.fit import checkpoint
from seqcore.worker.models.build import build_model, trainable_parameters
from seqcore.worker.models.word_table import begin_with, table_of_words
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.train import train_run
from tests.worker.conftest import labelled
from tests.worker.interruption import assert_ended_alike, death_at_step, interrupted_and_resumed

ABLE = [each.name for each in architectures() if has_vectors(each.name)]


def vectors(size: int = 4) -> WordVectors:
    words = sorted(words_of(labelled().texts))[::2]
    values = np.random.default_rng(5).normal(0, 0.4, (len(words), size)).astype(np.float32)
    return WordVectors("tiny.txt", tuple(words), values, in_file=1000)


@pytest.mark.parametrize(("name", "size", "frozen"), [*product(ABLE, (8, 6), (False, True))])
def test_parameters_are_counted_and_the_vectors_are_what_the_model_reads(name: str, size: int, frozen: bool) -> None:
    architecture, sizes = get_architecture(name), Sizes(TokenSizes(20, 12, vector_size=size, frozen=frozen), 3)
    small = {"embedding_size": 8, "units": 4}
    options = architecture.validate_options({k: v for k, v in small.items() if k in architecture.options.model_fields})
    model = build_model(architecture, sizes, options)
    assert sum(architecture.parameters(sizes, options).values()) == trainable_parameters(model)
    given = np.random.default_rng(0).normal(size=(20, size)).astype(np.float32)
    begin_with(model, given)
    table = table_of_words(model)
    assert table.shape == (20, 8)
    if size == 8:
        np.testing.assert_array_equal(table, given)


def test_sizes_come_back_from_files() -> None:
    for sizes in (TokenSizes(9, 5), TokenSizes(9, 5, 2, 50), TokenSizes(9, 5, 0, 50, True)):
        assert read_sizes(json.loads(json.dumps(stored_sizes(sizes)))) == sizes


def test_missing_words_get_random_vectors_of_the_same_spread_and_padding_zeros() -> None:
    texts = [" ".join(f"w{number}" for number in range(2000))]
    encoder = TextEncoder.fit(texts, TextOptions(max_length=0))
    known = np.random.default_rng(1).normal(0, 0.5, (1000, 6)).astype(np.float32)
    given = WordVectors("v", tuple(f"w{number}" for number in range(1000)), known, 1000)
    table = first_vectors(given, encoder, seed=3)
    np.testing.assert_array_equal(table[encoder.vocabulary["w7"]], known[7])
    missing = np.stack([table[encoder.vocabulary[f"w{number}"]] for number in range(1000, 2000)])
    assert abs(missing.std() / known.std() - 1) < 0.05 and not table[0].any()
    np.testing.assert_array_equal(table, first_vectors(given, encoder, seed=3))
    assert not np.array_equal(table, first_vectors(given, encoder, seed=4))


@pytest.fixture(scope="module")
def experiment(store):
    """Architectures from frozen and tuned vectors, beside random ones; trained."""
    training = TrainingOptions(epochs=2, learning_rate=0.01)
    chosen = Choices(architectures=("lstm", "transformer", "bag_of_words"), training=training, beside_random=True)
    chosen = chosen.with_values({"units": 4}).with_vectors(vectors(6))
    frozen = chosen.with_values({"vectors_training": "frozen"})
    specs = [
        *chosen.specs(labelled().content_hash, max_epochs=99),
        *frozen.specs(labelled().content_hash, max_epochs=99),
    ]
    started = start_experiment(store, "personal", labelled(), specs, submit=lambda _: None, vectors=vectors(6))
    for run_id in started.run_ids:
        train_run(run_id, store, "here")
    return started


def test_each_model_is_trained_beside_itself_with_random_vectors(store, experiment) -> None:
    runs = store.runs.of("personal", experiment.id)
    assert {run.state for run in runs} == {RunState.FINISHED}
    pairs = [(run.architecture, run.spec.input.word_vectors) for run in runs[:5]]
    assert pairs == [("lstm", "random"), ("lstm", "file"), ("transformer", "random"), ("transformer", "file"),
                     ("bag_of_words", "random")]  # fmt: skip
    sizes = {run.spec.model["embedding_size"] for run in runs if run.architecture == "lstm"}
    assert sizes == {6}, "the same model, whatever its vectors begin with"


def test_frozen_vectors_are_after_training_what_they_were_and_tuned_ones_are_not(store, experiment) -> None:
    for run in store.runs.of("personal", experiment.id):
        if run.architecture != "lstm" or run.spec.input.word_vectors == "random":
            continue
        first = from_bytes(store.artifacts.read(run.id, FIRST_VECTORS))
        model = load_finished(store, run.id)
        now = model.vectors.of_words()
        np.testing.assert_array_equal(model.vectors.first_of_words, first)
        frozen = run.spec.input.vectors_training == "frozen"
        assert np.array_equal(now, first) == frozen
        known = [word for word in model.encoder.vocabulary if word in vectors(6).rows]
        row = model.encoder.vocabulary[known[0]]
        np.testing.assert_array_equal(first[row], vectors(6).values[vectors(6).rows[known[0]]])


def test_a_model_of_another_width_reads_the_vectors_through_a_matrix(store, experiment) -> None:
    run = next(r for r in store.runs.of("personal", experiment.id)
               if r.architecture == "transformer" and r.spec.input.word_vectors == "file")  # fmt: skip
    model = load_finished(store, run.id)
    assert model.vectors.of_words().shape[1] == 32 == run.spec.model["embedding_size"]
    assert model.gradients.vectors(np.array([2, 3])).shape == (2, 32)


def test_the_bundle_predicts_with_them_on_its_own(store, experiment, tmp_path) -> None:
    run = next(r for r in store.runs.of("personal", experiment.id) if r.spec.input.vectors_training == "frozen"
               and r.spec.input.word_vectors == "file")  # fmt: skip
    zipfile.ZipFile(io.BytesIO(bundle(store, run))).extractall(tmp_path)
    text = labelled().texts[0]
    answered = subprocess.run(
        [sys.executable, "predict.py", text], cwd=tmp_path, capture_output=True, text=True, check=True,
        env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"},
    )  # fmt: skip
    probabilities = load_finished(store, run.id).probabilities([text])[0]
    for name, share in zip(load_finished(store, run.id).classes, probabilities, strict=True):
        assert f"{name} {share:.4f}" in answered.stdout


def test_an_interrupted_run_goes_on_as_if_nothing_had_been(store, experiment, monkeypatch) -> None:
    monkeypatch.setattr(checkpoint, "PAUSE", 0)
    before = next(run for run in store.runs.of("personal", experiment.id) if run.spec.input.vectors)
    (again,) = store.experiments.add("personal", experiment.dataset_id, [before.spec]).run_ids
    resumed, taken = interrupted_and_resumed(store, again, partial(death_at_step, 3))
    assert taken[-1] > 3
    assert_ended_alike(store, before, resumed)


def test_another_workspace_with_the_same_data_gets_them_from_where_they_are(store, experiment) -> None:
    specs = [run.spec for run in store.runs.of("personal", experiment.id)]
    started = start_experiment(store, "another", labelled(), specs, submit=lambda _: None)
    assert store.datasets.has_vectors(started.dataset_id, vectors(6).content_hash)
    assert store.datasets.find(started.dataset_id).bytes > len(vectors(6).to_bytes())


def test_vectors_that_are_nowhere_are_refused(store) -> None:
    unknown = replace(Choices(), architectures=("lstm",)).with_vectors(vectors(3))
    specs = unknown.specs(labelled().content_hash, max_epochs=99)
    with pytest.raises(DataError, match="Give their file again"):
        start_experiment(store, "personal", labelled(), specs, submit=lambda _: None)


def test_models_cannot_begin_with_vectors_that_nobody_gave() -> None:
    with pytest.raises(OptionError, match="there are none"):
        Choices().with_values({"word_vectors": "file"}).specs("x", max_epochs=99)
