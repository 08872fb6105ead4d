from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.architectures import SEED_ARCHITECTURES, architectures
from seqcore.errors import EngineError
from seqcore.settings import get_settings
from seqcore.store import Limits, MetricRow, RunState, Store
from seqcore.ui.session import shared, time_notes
from tests.pages.conftest import NotingRoom
from tests.pages.finished import labelled

EVERY = [which.name for which in architectures("tokens")]
WORKSPACE = "personal"


@pytest.fixture
def train(lab: AppTest) -> AppTest:
    return lab.run().switch_page("lab/train.py").run()


def start(train: AppTest, *names: str) -> str:
    for name in EVERY:
        if not train.checkbox(key=f"use-{name}").disabled:  # one that needs a file first
            train.checkbox(key=f"use-{name}").set_value(name in (names or SEED_ARCHITECTURES))
    train.run().button(key="train").click().run()
    assert not train.exception
    return str(train.query_params["experiment"])


def texts(train: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*train.markdown, *train.caption, *train.header])


def test_the_four_seed_models_are_chosen_and_train_is_one_press_away(train: AppTest) -> None:
    assert not train.exception
    assert {name for name in EVERY if train.checkbox(key=f"use-{name}").value} == set(SEED_ARCHITECTURES)
    assert train.button(key="train").label == "Train 4 models"
    assert not train.button(key="train").disabled


@pytest.mark.parametrize("name", EVERY)
def test_every_model_has_its_idea_and_its_number_of_parameters(train: AppTest, name: str) -> None:
    (architecture,) = [which for which in architectures() if which.name == name]
    assert architecture.idea in texts(train)
    assert texts(train).count("** parameters") == len(EVERY) - 1  # the pretrained one needs an encoder first


def test_pressing_train_stores_the_runs_hands_them_over_and_puts_the_id_into_the_url(
    train: AppTest, store: Store, room: NotingRoom
) -> None:
    experiment_id = start(train)
    runs = store.runs.of(WORKSPACE, experiment_id)
    assert [run.architecture for run in runs] == list(SEED_ARCHITECTURES)
    assert room.submitted == [run.id for run in runs]


def test_repeats_make_a_run_for_every_seed(train: AppTest, store: Store) -> None:
    train.number_input(key="set-repeats").set_value(3)
    runs = store.runs.of(WORKSPACE, start(train, "rnn"))
    assert [run.seed for run in runs] == [0, 1, 2]


def test_without_a_model_there_is_nothing_to_press(train: AppTest) -> None:
    for name in SEED_ARCHITECTURES:
        train.checkbox(key=f"use-{name}").uncheck()
    train.run()
    assert train.button(key="train").disabled


def test_the_notebook_preset_fills_the_forms_and_defaults_bring_them_back(train: AppTest, store: Store) -> None:
    train.button(key="preset-notebook").click().run()
    assert train.number_input(key="train-input-vocabulary_size").value == 1000
    assert train.number_input(key="train-shared-embedding_size").value == 16
    (run,) = store.runs.of(WORKSPACE, start(train, "lstm"))
    assert (run.spec.input.tokenizer, run.spec.model["units"], run.spec.training.epochs) == ("keras", 32, 10)
    assert run.spec.input.max_length == 0


def test_defaults_undo_a_preset(train: AppTest) -> None:
    train.button(key="preset-notebook").click().run()
    train.button(key="preset-defaults").click().run()
    assert train.number_input(key="train-input-vocabulary_size").value == 10_000


def test_a_setting_of_one_model_reaches_only_that_model(train: AppTest, store: Store) -> None:
    train.get_by_key("own-which").set_value("lstm").run()
    train.toggle(key="own-lstm-differs").set_value(True).run()
    train.number_input(key="own-shared-lstm-units").set_value(64).run()
    runs = store.runs.of(WORKSPACE, start(train, "rnn", "lstm"))
    assert {run.architecture: run.spec.model["units"] for run in runs} == {"rnn": 32, "lstm": 64}


def test_choices_survive_a_visit_to_another_page(train: AppTest) -> None:
    train.checkbox(key="use-cnn").check().run()
    train.number_input(key="train-training-epochs").set_value(3).run()
    train.switch_page("lab/data.py").run().switch_page("lab/train.py").run()
    assert train.checkbox(key="use-cnn").value
    assert train.number_input(key="train-training-epochs").value == 3


def test_the_running_experiment_is_found_again_from_its_link(train: AppTest, lab: AppTest) -> None:
    experiment_id = start(train, "rnn")
    elsewhere = AppTest.from_file(lab._script_path, default_timeout=30)
    elsewhere.query_params["experiment"] = experiment_id
    elsewhere.run().switch_page("lab/train.py").run()
    assert not elsewhere.exception
    assert elsewhere.button(key="stop-all")
    assert "RNN" in texts(elsewhere)


def test_while_the_engine_starts_the_page_says_so_calmly(train: AppTest, room: NotingRoom) -> None:
    room.is_ready = False
    start(train, "rnn")
    assert "Starting the training engine" in texts(train)


def test_an_engine_that_did_not_start_says_why(train: AppTest, room: NotingRoom) -> None:
    room.failure = EngineError("The training engine did not start", remedy="Restart the app")
    start(train, "rnn")
    assert "Restart the app" in train.error[0].value


def test_a_run_in_training_shows_where_it_is_how_fast_and_for_how_long(train: AppTest, store: Store) -> None:
    (run,) = store.runs.of(WORKSPACE, start(train, "lstm"))
    store.progress.begin(run.id, "engine")
    store.progress.set_state(run.id, RunState.TRAINING)
    rows = [MetricRow("train", n / 4, n, n / 2, 0.6, 0.7) for n in range(1, 10)]
    store.progress.record(run.id, rows, epoch=2.25, texts_per_second=1234.0)
    train.run()
    assert "epoch 3 of at most 30" in train.progress[0].text
    assert "1,234 texts/s" in train.progress[0].text
    assert "at most 56 s of training left" in train.progress[0].text


def test_stopping_one_run_asks_the_engine_for_that_run_only(train: AppTest, store: Store, room: NotingRoom) -> None:
    first, _ = store.runs.of(WORKSPACE, start(train, "rnn", "lstm"))
    store.engines.beat("engine", "elsewhere", 1)
    store.progress.begin(first.id, "engine")
    train.run().button(key=f"stop-{first.id}").click().run()
    assert room.cancelled == [first.id]
    assert train.button(key=f"stop-{first.id}").disabled


def test_stop_all_asks_for_every_run(train: AppTest, store: Store, room: NotingRoom) -> None:
    runs = store.runs.of(WORKSPACE, start(train, "rnn", "lstm"))
    train.button(key="stop-all").click().run()
    assert room.cancelled == [run.id for run in runs]


def test_stopping_before_the_engine_is_there_is_remembered_in_the_store(
    train: AppTest, store: Store, room: NotingRoom
) -> None:
    room.is_ready = False
    (run,) = store.runs.of(WORKSPACE, start(train, "rnn"))
    train.button(key="stop-all").click().run()
    assert (
        store.runs.get(WORKSPACE, run.id).cancel_requested
        or store.runs.get(WORKSPACE, run.id).state == RunState.CANCELLED
    )


@pytest.mark.parametrize("is_ready", [True, False])
def test_stopping_a_run_whose_engine_is_gone_ends_it_at_once(
    train: AppTest, store: Store, room: NotingRoom, is_ready: bool
) -> None:
    room.is_ready = is_ready
    (run,) = store.runs.of(WORKSPACE, start(train, "rnn"))
    store.progress.begin(run.id, "an engine of yesterday")
    train.run().button(key=f"stop-{run.id}").click().run()
    assert store.runs.get(WORKSPACE, run.id).state == RunState.CANCELLED
    assert "No model was finished" in texts(train)


def test_stopping_after_a_failed_start_of_the_engine_stops_what_waits_and_what_trains(
    train: AppTest, store: Store, room: NotingRoom
) -> None:
    room.failure = EngineError("The training engine did not start", remedy="Restart the app")
    waiting, going = store.runs.of(WORKSPACE, start(train, "rnn", "lstm"))
    store.progress.begin(going.id, "an engine of yesterday")
    train.run().button(key="stop-all").click().run()
    assert not train.exception
    assert {store.runs.get(WORKSPACE, run.id).state for run in (waiting, going)} == {RunState.CANCELLED}


def finish(store: Store, run_id: str, state: RunState, message: str = "") -> None:
    store.progress.begin(run_id, "engine")
    store.progress.set_state(run_id, RunState.TRAINING)
    scores = {"accuracy": 0.9, "macro_f1": 0.88, "loss": 0.3, "ms_per_text": 0.1}
    results = {"test": scores, "validation": scores} if state == RunState.FINISHED else {}
    if state == RunState.FINISHED:
        store.progress.set_state(run_id, RunState.EVALUATING)
    store.progress.finish(
        run_id, state=state, results=results, seconds={"training": 5.0}, parameters=1234, message=message
    )


def test_finished_and_failed_runs_say_how_they_ended_and_compare_is_offered(train: AppTest, store: Store) -> None:
    good, bad = store.runs.of(WORKSPACE, start(train, "rnn", "lstm"))
    finish(store, good.id, RunState.FINISHED)
    finish(store, bad.id, RunState.FAILED, "The loss is <b>not</b> a number. Choose a smaller learning rate.")
    train.run()
    assert "1 of 2 models is ready" in texts(train)
    assert "**90.0 %**" in texts(train)
    assert "smaller learning rate" in texts(train)
    assert "<b>" not in texts(train).replace("\\<b", "")
    assert train.button(key="to-compare")


def test_a_waiting_run_says_its_place_in_the_queue(train: AppTest, store: Store) -> None:
    start(train, "rnn", "lstm")
    train.run()
    shown = [bar.text for bar in train.progress]
    assert ["next in the queue" in shown[0], "number 2 in the queue" in shown[1]] == [True, True]


def test_an_interrupted_run_is_resumed_with_one_press(train: AppTest, store: Store, room: NotingRoom) -> None:
    good, bad = store.runs.of(WORKSPACE, start(train, "rnn", "lstm"))
    finish(store, good.id, RunState.FINISHED)
    finish(store, bad.id, RunState.INTERRUPTED, "The app was closed while this run was going.")
    room.submitted.clear()
    train.run()
    assert "The app was closed" in texts(train)
    train.button(key=f"resume-{bad.id}").click().run()
    assert room.submitted == [bad.id]
    assert store.runs.get(WORKSPACE, bad.id).state == RunState.QUEUED
    assert train.button(key="stop-all")


def test_all_interrupted_runs_are_resumed_together(train: AppTest, store: Store, room: NotingRoom) -> None:
    runs = store.runs.of(WORKSPACE, start(train, "rnn", "lstm", "gru"))
    finish(store, runs[0].id, RunState.FAILED)
    for run in runs[1:]:
        finish(store, run.id, RunState.INTERRUPTED)
    room.submitted.clear()
    train.run().button(key="resume-all").click().run()
    assert room.submitted == [run.id for run in runs[1:]]


def test_more_runs_than_a_workspace_may_have_are_refused_in_a_sentence(
    train: AppTest, store: Store, room: NotingRoom
) -> None:
    store.allowance.limits = Limits(1, 10**9)
    for name in EVERY:
        if not train.checkbox(key=f"use-{name}").disabled:
            train.checkbox(key=f"use-{name}").set_value(name in ("rnn", "lstm"))
    train.run().button(key="train").click().run()
    assert not train.exception
    assert "too many models are waiting or training" in train.error[0].value
    assert room.submitted == []


def test_the_way_through_says_what_is_done_and_what_comes_next(train: AppTest, store: Store) -> None:
    assert "Next: press Train" in texts(train)
    (run,) = store.runs.of(WORKSPACE, start(train, "rnn"))
    assert "Training is running" in texts(train)
    finish(store, run.id, RunState.FINISHED)
    assert "Next: compare the models" in texts(train.run())
    train.switch_page("lab/compare.py").run()
    assert "Next: look inside a model" in texts(train)


def test_after_a_training_another_can_be_set_up_and_the_last_one_found_again(train: AppTest, store: Store) -> None:
    (run,) = store.runs.of(WORKSPACE, start(train, "rnn"))
    finish(store, run.id, RunState.FINISHED)
    train.run().button(key="train-else").click().run()
    assert train.button(key="train")
    train.button(key="back-to-live").click().run()
    assert train.button(key="to-compare")


def test_training_on_the_same_data_twice_stores_them_once(train: AppTest, store: Store) -> None:
    (run,) = store.runs.of(WORKSPACE, start(train, "rnn"))
    finish(store, run.id, RunState.FINISHED)
    train.run().button(key="train-else").click().run()
    start(train, "rnn")
    assert len(store.datasets.all(WORKSPACE)) == 1


def test_the_store_of_the_pages_is_the_store_of_the_test(store: Store) -> None:
    assert shared.get_store() is store


def test_where_training_is_quick_each_model_gets_three_seeds_until_somebody_says_otherwise(
    train: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQLAB_DEFAULT_SEEDS", "3")
    get_settings.cache_clear()
    train.run()
    assert train.button(key="train").label == "Train 4 models, 3 seeds each"
    train.number_input(key="set-repeats").set_value(2).run()
    assert train.button(key="train").label == "Train 4 models, 2 seeds each"
    train.run()
    train.button(key="train").click().run()
    (experiment,) = store.experiments.all(WORKSPACE)
    runs = store.runs.of(WORKSPACE, experiment.id)
    assert [run.seed for run in runs] == [0] * 4 + [1] * 4  # a picture of all models soon


def test_a_new_split_for_each_seed_is_one_switch_and_reaches_the_runs(train: AppTest, store: Store) -> None:
    train.toggle(key="train-split-split_each_seed").set_value(True).run()
    assert "Each seed draws its own split" in texts(train)
    runs = store.runs.of(WORKSPACE, start(train, "rnn"))
    assert {run.spec.split.split_each_seed for run in runs} == {True}
    assert len({run.spec.drawn_split for run in runs}) == len(runs)


def test_a_new_split_for_each_seed_is_refused_where_the_test_came_with_the_data(lab: AppTest, store: Store) -> None:
    parts = tuple(("train", "train", "test")[n % 3] for n in range(120))
    dataset = store.datasets.add(WORKSPACE, replace(labelled(), given_split=parts))
    train = lab.run()
    train.query_params["dataset"] = dataset.id
    train = train.switch_page("lab/train.py").run()
    train.toggle(key="train-split-split_each_seed").set_value(True).run()
    assert "no seed can draw a test part of its own" in train.warning[0].value
    train.button(key="train").click().run()
    assert "no seed can draw a test part of its own" in train.error[0].value
    assert store.runs.all(WORKSPACE) == []


def test_a_training_that_would_take_longer_than_it_may_is_told_before_it_starts(
    train: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run,) = store.runs.of(WORKSPACE, start(train, "lstm"))
    store.progress.begin(run.id, "engine")
    store.progress.set_state(run.id, RunState.TRAINING, epoch=2.0)
    store.progress.finish(run.id, state=RunState.CANCELLED, seconds={"training": 20.0}, message="Stopped.")
    train.run().button(key="train-else").click().run()
    assert not [each for each in train.warning if "ends a training after" in each.value]
    monkeypatch.setenv("SEQLAB_MAX_TRAINING_MINUTES", "1")
    get_settings.cache_clear()
    time_notes.known_seconds.clear()  # half a minute later
    train.run()
    (said,) = [each.value for each in train.warning if "ends a training after" in each.value]
    assert said.startswith("LSTM took 10 s an epoch on these data. This server ends a training after 1 min")
    assert "about 6 epochs fit" in said
