"""Over training: what models said after each epoch, as lines, table and map; and those that still train."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Run, RunState, Store
from seqcore.store.moments import Moments, write_moments
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.training import epochs_asked as over_training
from tests.pages.conftest import words
from tests.pages.finished import AnsweringEngine, finish, finished_experiment, labelled
from tests.pages.test_attention_page import opened
from tests.pages.test_epoch_choice import with_moments

MODELS = [("lstm", 0), ("rnn", 0), ("bag_of_words", 0)]
TAB = "Over training"


@pytest.fixture
def growing(store: Store) -> Run:
    """A run that trains and has kept two moments, of an experiment without a finished one."""
    finished = finished_experiment(store, MODELS[:1])
    spec = store.runs.of("personal", finished.id)[0].spec
    experiment = store.experiments.add("personal", finished.dataset_id, [spec])
    (run,) = store.runs.of("personal", experiment.id)
    store.progress.begin(run.id, "engine")
    store.progress.set_state(run.id, RunState.TRAINING)
    done = store.runs.of("personal", finished.id)[0]
    store.artifacts.write(run.id, "evaluation.json", store.artifacts.read(done.id, "evaluation.json"))
    write_moments(store.artifacts, run.id, Moments(epochs=(0, 1)))
    return store.runs.find(run.id)


def test_every_model_is_asked_after_each_of_its_epochs(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, with_moments(store, (0, 1, 2), (0, 2), models=MODELS), TAB)
    asked = {
        (store.runs.find(run_id).architecture, epoch)
        for (name, run_id, _), epoch in zip(engine.asked, engine.epochs, strict=True)
        if name == "predict"
    }
    assert asked == {("lstm", 0), ("lstm", 1), ("lstm", 2), ("rnn", 0), ("rnn", 2)}
    table = page.dataframe[0].value
    assert list(table["Epoch"]) == ["0", "1", "2", "0", "2"]
    assert list(table.columns) == ["Model", "Epoch", "ham", "spam"]
    assert "Probability of ham over training" in words(page)
    assert "Bag of words is fitted at once and has no epochs" in words(page)


def test_the_map_is_asked_of_one_model_after_each_epoch_for_the_chosen_class(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, with_moments(store, (0, 1), (0, 1), models=MODELS), TAB)
    page.segmented_control(key="over-model").set_value(1).run()
    engine.asked.clear(), engine.epochs.clear()
    page.pills(key="look-class-shown").set_value("spam").run()
    maps = [(run_id, request.label) for name, run_id, request in engine.asked if name == "occlusion"]
    assert {store.runs.find(run_id).architecture for run_id, _ in maps} == {"rnn"}
    assert [label for _, label in maps] == ["spam", "spam"]
    assert sorted(epoch for epoch in engine.epochs if epoch is not None) == [0, 1]


def test_without_moments_it_says_why_and_shows_nothing(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    assert "kept no weights while training" in words(page)
    assert not page.dataframe and not engine.asked


def test_a_model_that_cannot_be_read_hides_no_other(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = with_moments(store, (0, 1), (0, 1), models=MODELS)
    engine.broken.add(store.runs.of("personal", experiment)[0].id)
    page = opened(lab, experiment, TAB)
    assert len(page.error) == 1
    assert set(page.dataframe[0].value["Model"]) == {"RNN"}


def test_the_first_models_of_an_experiment_are_watched_while_they_train(
    lab: AppTest, store: Store, engine: AnsweringEngine, growing: Run
) -> None:
    page = opened(lab, growing.experiment_id)
    assert "Watching what still trains: LSTM in epoch 1 of" in words(page)
    assert list(page.dataframe[0].value["Epoch"]) == ["0", "1"]
    page.text_area(key="look-text").set_value("").run()
    assert "Type a text" in words(page)


def test_before_the_first_epoch_is_over_it_says_what_it_waits_for(
    lab: AppTest, store: Store, engine: AnsweringEngine, growing: Run
) -> None:
    write_moments(store.artifacts, growing.id, Moments())
    assert "the first comes with the end of the first epoch" in words(opened(lab, growing.experiment_id))


def test_the_files_hold_every_number(store: Store, engine: AnsweringEngine) -> None:
    (run,) = store.runs.of("personal", with_moments(store, (0, 2), models=MODELS[:1]))
    room = Room(store.experiments.find(run.experiment_id), [run], [run], [run], {run.id: "LSTM"}, "not bad, =1", None)
    course = over_training.course_of(room, run)
    rows = list(csv.DictReader(io.StringIO(over_training.courses_csv([course]).decode("utf-8-sig"))))
    assert [(row["epoch"], row["class"]) for row in rows] == [("0", "ham"), ("0", "spam"), ("2", "ham"), ("2", "spam")]
    maps = over_training.maps_over(room, "occlusion", run, "spam")
    rows = list(csv.DictReader(io.StringIO(over_training.maps_csv("LSTM", "occlusion", maps).decode("utf-8-sig"))))
    assert {row["epoch"] for row in rows} == {"0", "2"}
    found, weights = over_training.weights_of(maps)
    assert len(rows) == 2 * len(found) == weights.size


def test_from_the_train_page_one_press_leads_to_a_text_that_is_watched(
    lab: AppTest, store: Store, engine: AnsweringEngine, growing: Run
) -> None:
    lab.run()
    lab.query_params["experiment"] = growing.experiment_id
    page = lab.switch_page("lab/train.py").run()
    page.button(key="to-watch").click().run()
    assert not page.exception
    assert "Watching what still trains" in words(page)


def test_beside_finished_models_those_that_train_are_drawn_too(
    lab: AppTest, store: Store, engine: AnsweringEngine, growing: Run
) -> None:
    data = labelled()
    spec = growing.spec.model_copy(update={"architecture": "rnn", "model": {}})
    experiment = store.experiments.add(
        "personal", store.experiments.find(growing.experiment_id).dataset_id, [spec, growing.spec]
    )
    done, going = store.runs.of("personal", experiment.id)
    finish(store, done, data, skill=2.0)
    store.progress.begin(going.id, "engine")
    store.progress.set_state(going.id, RunState.TRAINING)
    store.artifacts.write(going.id, "evaluation.json", store.artifacts.read(growing.id, "evaluation.json"))
    for run in (done, going):
        write_moments(store.artifacts, run.id, Moments(epochs=(0, 1)))
    page = opened(lab, experiment.id, TAB)
    assert set(page.dataframe[0].value["Model"]) == {"RNN", "LSTM"}
    assert "Watching what still trains: LSTM" in words(page)
    finish(store, going, data, skill=2.0)
    page.session_state["look-models-also"] = (going.id,)  # as the watching fragment says when it sees the end
    page.run()
    assert set(page.pills(key=f"look-models-{experiment.id}").value) == {done.id, going.id}
