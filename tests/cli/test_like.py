"""`train --like`: what was trained before, found again with its data, its settings and its seeds."""

import pytest
from typer.testing import CliRunner

from seqcore.cli import like, training
from seqcore.cli.app import app
from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import NotFoundError, OptionError
from seqcore.lab.plan import Choices
from seqcore.settings import get_settings
from seqcore.spec import RunSpec
from seqcore.store import Experiment, Store

DATA = LabelledText("reviews.csv", ("good one", "bad one", "fine", "poor"), ("1", "0", "1", "0"), None, ())
CHOSEN = Choices(architectures=("rnn", "lstm")).with_values({"epochs": 3, "units": 8, "lstm.units": 16})


@pytest.fixture
def experiment(store: Store) -> Experiment:
    dataset = store.datasets.add(get_settings().workspace, DATA)
    specs = CHOSEN.with_seeds([4, 9]).specs(DATA.content_hash, max_epochs=500)
    return store.experiments.add(get_settings().workspace, dataset.id, specs)


def test_an_experiment_is_found_again_with_its_models_seeds_and_data(experiment: Experiment) -> None:
    before = like.trained_before(experiment.id)
    plan = training.plan(None, {}, preset=None, before=before)
    assert plan.specs(DATA.content_hash, max_epochs=500) == [run.spec for run in before.runs]
    assert plan.every_seed == (4, 9)
    assert before.data().content_hash == DATA.content_hash


def test_a_run_is_found_again_and_what_is_said_beside_it_is_changed(experiment: Experiment) -> None:
    before = like.trained_before(experiment.run_ids[-1])
    (spec,) = training.plan("gru", {"batch_size": 8}, preset=None, before=before).specs("hash", max_epochs=500)
    assert (spec.architecture, spec.seed, spec.model["units"], spec.training.epochs) == ("gru", 9, 16, 3)
    assert spec.training.batch_size == 8


def test_a_setting_for_all_models_holds_for_one_that_had_its_own_too(experiment: Experiment) -> None:
    before = like.trained_before(experiment.id)
    specs = training.plan(None, {"units": 4}, preset=None, before=before).specs("hash", max_epochs=500)
    assert {spec.model["units"] for spec in specs} == {4}


def test_what_is_not_there_or_cannot_be_read_is_one_sentence(store: Store, experiment: Experiment) -> None:
    with pytest.raises(NotFoundError, match="No run with this id"):
        like.trained_before("nosuchrun")
    with pytest.raises(OptionError, match="Choose one of them"):
        training.plan(None, {}, preset="notebook", before=like.trained_before(experiment.id))
    gone = RunSpec(dataset=DATA.content_hash, architecture="perceptron")
    other = store.experiments.add(experiment.workspace, experiment.dataset_id, [gone])
    with pytest.raises(OptionError, match="does not have the architecture"):
        like.trained_before(other.id)


def test_without_a_file_and_without_a_run_there_is_nothing_to_train_on() -> None:
    done = CliRunner().invoke(app, ["train"])
    assert done.exit_code == 2
    assert "--like" in done.output
