"""Everything that a kind of data is asked for, by one that is not text: `tests/kinds/waves`."""

from __future__ import annotations

import io
import json
import zipfile

import keras
import numpy as np
import pytest

from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import TEST_FILE, read_predictions
from seqcore.architectures import architectures
from seqcore.datasets import split_rows
from seqcore.errors import DataError, OptionError
from seqcore.export.bundle import bundle
from seqcore.kinds import get_kind, kinds, register
from seqcore.lab.plan import Choices
from seqcore.spec import RunSpec, SplitOptions
from seqcore.spec.upgrade import read_spec
from seqcore.store import RunState, Store
from seqcore.worker.prepare import prepare
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.train import train_run
from tests.kinds.waves import WaveOptions, Waves, labelled_waves

ARCHITECTURES = [each.name for each in architectures() if "frames" in each.reads]


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    home = tmp_path_factory.mktemp("waves")
    return Store(f"sqlite:///{home / 'lab.db'}", str(home / "artifacts"))


@pytest.fixture(scope="module")
def runs(store):
    """Two models that learn step by step, and two that are solved at once."""
    data = labelled_waves()
    chosen = Choices(architectures=("rnn", "lstm_attention", "mini_rocket", "nearest_neighbour")).for_kind("waves")
    chosen = chosen.with_values(
        {
            "epochs": 12,
            "units": 8,
            "embedding_size": 8,
            "most_moments": 15,
            "learning_rate": 0.01,
            "mini_rocket.features": 252,
        }
    )
    dataset = store.datasets.add("me", data)
    experiment = store.experiments.add("me", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    for run in store.runs.of("me", experiment.id):
        train_run(run.id, store, "here")
    return store.runs.of("me", experiment.id)


def test_it_is_registered_once_beside_text() -> None:
    assert {"text", "waves"} <= {kind.name for kind in kinds()}
    with pytest.raises(ValueError, match="twice"):
        register(Waves)
    with pytest.raises(DataError, match=r"'smells'.*text.*waves"):
        get_kind("smells")


def test_a_kind_says_which_files_it_is_read_from() -> None:
    assert {"CSV", "JSON Lines", "Parquet"} <= set(get_kind("text").reads())
    assert get_kind("waves").reads() == ["Parquet"]


def test_its_options_are_a_member_of_the_union_that_a_spec_reads() -> None:
    spec = RunSpec(dataset="d", architecture="rnn", input=WaveOptions(most_moments=7))
    again = read_spec(json.loads(json.dumps(spec.model_dump(mode="json"))))
    assert again == spec
    assert again.input.most_moments == 7


def test_a_bare_option_name_is_found_in_the_kind_in_use_only() -> None:
    waves = Choices().for_kind("waves")
    assert waves.with_values({"most_moments": 9}).input == WaveOptions(most_moments=9)
    with pytest.raises(OptionError, match=r"'tokenizer'.*most_moments"):
        waves.with_values({"tokenizer": "word"})
    with pytest.raises(OptionError, match=r"'most_moments'.*tokenizer"):
        Choices().with_values({"most_moments": 9})


def test_a_preset_of_another_kind_is_refused_by_the_name_that_does_not_fit() -> None:
    with pytest.raises(OptionError, match="vocabulary_size"):
        Choices().for_kind("waves").with_preset({"vocabulary_size": 1000})


def test_an_architecture_that_counts_tokens_says_that_it_reads_no_waves() -> None:
    with pytest.raises(OptionError, match=r"Bag of words cannot read waves.*Choose from: rnn, lstm"):
        Choices(architectures=("bag_of_words",)).for_kind("waves").specs("d", max_epochs=500)


def test_the_store_knows_its_kind_and_gives_back_what_it_got(store) -> None:
    data = labelled_waves()
    dataset = store.datasets.add("me", data)
    assert dataset.kind == "waves"
    again = store.datasets.load(dataset)
    assert again.content_hash == data.content_hash
    assert all(np.array_equal(one, other) for one, other in zip(again.waves, data.waves, strict=True))


def test_batches_are_padded_with_what_is_no_number_and_nothing_else_is() -> None:
    prepared = prepare(labelled_waves(), WaveOptions(most_moments=10), SplitOptions())
    inputs, _ = prepared.train.batch(np.arange(6))
    lengths = prepared.train.lengths[:6]
    assert inputs.dtype == np.float32
    assert inputs.shape == (6, lengths.max(), 2)
    np.testing.assert_array_equal(np.isnan(inputs).all(axis=2), np.arange(lengths.max()) >= lengths[:, None])


def test_it_trains_to_far_better_than_chance_and_is_evaluated(runs) -> None:
    for run in runs:
        assert (run.state, run.message) == (RunState.FINISHED, "")
        assert run.results["test"]["accuracy"] > 0.8


def test_its_answers_are_kept_and_can_be_compared(store, runs) -> None:
    from seqcore.analysis.scored_runs import ScoredRun, standings_of

    split = split_rows(labelled_waves(), SplitOptions())
    scored = []
    for run in runs:
        evaluation = read_evaluation(store.artifacts.read(run.id, "evaluation.json"))
        found = read_predictions(store.artifacts.read(run.id, TEST_FILE), ["falls", "rises"])
        np.testing.assert_array_equal(found.rows, split.test)
        scored.append(ScoredRun(run, evaluation, found))
    models = standings_of(scored)
    assert len(models) == 4
    assert all(model.interval().low <= model.score() <= model.interval().high for model in models)


@pytest.mark.parametrize("place", [0, 2, 3])
def test_its_bundle_answers_with_keras_alone_as_the_model_did(store, runs, tmp_path, place: int) -> None:
    run = runs[place]
    archive = zipfile.ZipFile(io.BytesIO(bundle(store, run)))
    assert {"model.keras", "waves.json", "run.json", "predict.py", "requirements.txt"} == set(archive.namelist())
    archive.extract("model.keras", tmp_path)
    model = keras.saving.load_model(tmp_path / "model.keras", compile=False, safe_mode=True)
    prepared = prepare(labelled_waves(), run.spec.input, run.spec.split)
    inputs, labels = prepared.test.batch(np.arange(len(prepared.test)))
    answers = np.asarray(model(inputs))[:, 0] > 0.5
    assert float((answers == labels).mean()) == run.results["test"]["accuracy"]


def test_a_finished_model_is_read_with_its_own_encoder(store, runs) -> None:
    for run in runs:
        model = load_finished(store, run.id)
        probabilities = model.probabilities(list(labelled_waves().waves[:4]))
        assert probabilities.shape == (4, 2)
        np.testing.assert_allclose(probabilities.sum(axis=1), 1)
