"""Runs: find, rename, delete, open, download."""

import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import NotFoundError
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store
from seqcore.ui.pages.runs import run_line
from tests.pages.conftest import NotingRoom
from tests.pages.finished import HOSTILE, WORKSPACE, finished_experiment, labelled


@pytest.fixture
def runs(lab: AppTest) -> AppTest:
    return lab.run()


def opened(lab: AppTest) -> AppTest:
    page = lab.switch_page("lab/runs.py").run()
    assert not page.exception
    assert not page.error
    return page


def words(page: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*page.markdown, *page.caption])


def keys(page: AppTest, start: str) -> list[str]:
    return [str(button.key) for button in page.button if str(button.key).startswith(start)]


def test_with_nothing_trained_there_is_a_button_to_train(runs: AppTest) -> None:
    assert opened(runs).button(key="empty-train-button").label == "Train"


def test_experiments_are_listed_the_newest_open(runs: AppTest, store: Store) -> None:
    finished_experiment(store, [("rnn", 0)], data=labelled(name="first"))
    newest = finished_experiment(store, [("lstm", 0), ("gru", 0)], data=labelled(name="second"))
    page = opened(runs)
    assert keys(page, "open-")[0] == f"open-{newest.id}"
    assert "**LSTM**" in words(page)
    assert "**RNN**" not in words(page)


@pytest.mark.parametrize(
    ("search", "found"), [("first", 1), ("SECOND gru", 1), ("first gru", 0), ("mails", 0), ("", 2)]
)
def test_words_find_names_data_sets_and_models(runs: AppTest, store: Store, search: str, found: int) -> None:
    finished_experiment(store, [("rnn", 0)], data=labelled(name="first"))
    finished_experiment(store, [("gru", 0)], data=labelled(name="second"))
    page = opened(runs)
    page.text_input(key="runs-find").set_value(search).run()
    assert len(keys(page, "open-")) == found


def test_an_experiment_is_opened_on_the_compare_page(runs: AppTest, store: Store) -> None:
    older = finished_experiment(store, [("rnn", 0)])
    finished_experiment(store, [("gru", 0)])
    page = opened(runs)
    page.button(key=f"open-{older.id}").click().run()
    assert not page.exception
    assert page.title[0].value == "Compare"
    assert page.query_params["experiment"] in (older.id, [older.id])


def test_experiments_and_runs_are_renamed(runs: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    page = opened(runs)
    for key, name in ((f"experiment-{experiment.id}", HOSTILE), (f"run-{run.id}", "My model")):
        page.text_input(key=f"name-{key}").set_value(name)
        next(button for button in page.button if button.form_id == f"form-{key}").click()
        page.run()
        assert not page.exception
        assert not page.error
    assert store.runs.get(WORKSPACE, run.id).name == "My model"
    assert "<img" not in words(page).replace("\\<img", "")


def test_a_run_is_deleted_when_confirmed(runs: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("gru", 0)])
    (run, kept) = store.runs.of(WORKSPACE, experiment.id)
    page = opened(runs)
    page.button(key=f"confirm-run-{run.id}").click().run()
    assert not page.exception
    assert [each.id for each in store.runs.of(WORKSPACE, experiment.id)] == [kept.id]


def test_a_deleted_experiment_is_no_longer_the_current_one(runs: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    runs.query_params["experiment"] = experiment.id
    page = opened(runs)
    page.button(key=f"confirm-experiment-{experiment.id}").click().run()
    assert not page.exception
    assert not page.error
    with pytest.raises(NotFoundError):
        store.experiments.get(WORKSPACE, experiment.id)
    assert "Nothing has been trained yet" in words(page)


def test_a_bundle_is_a_zip_with_the_model(runs: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    opened(runs)
    data = run_line._bundle(store.runs.of(WORKSPACE, experiment.id)[0])
    assert {"model.keras", "tokenizer.json", "run.json", "predict.py"} <= set(
        zipfile.ZipFile(io.BytesIO(data)).namelist()
    )


def test_many_experiments_come_in_pages(runs: AppTest, store: Store) -> None:
    data = labelled()
    for _ in range(12):
        finished_experiment(store, [("rnn", 0)], data=data)
    page = opened(runs)
    assert len(keys(page, "open-")) == 10


def test_a_run_in_progress_is_not_deleted_and_the_page_says_why(runs: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    spec = store.runs.of(WORKSPACE, experiment.id)[0].spec
    going = store.runs.of(WORKSPACE, store.experiments.add(WORKSPACE, experiment.dataset_id, [spec]).id)[0]
    store.progress.begin(going.id, "engine")
    page = opened(runs)
    page.button(key=f"confirm-run-{going.id}").click().run()
    assert not page.exception
    assert len(page.error) == 1
    assert store.runs.get(WORKSPACE, going.id)


def test_a_data_set_that_nothing_uses_can_be_deleted_and_one_in_use_cannot(runs: AppTest, store: Store) -> None:
    finished_experiment(store, [("rnn", 0)], data=labelled(name="used"))
    unused = store.datasets.add(WORKSPACE, labelled(name="<b>unused"))
    page = opened(runs)
    page.session_state["storage"] = True
    page.run()
    assert "<b>" not in words(page)
    assert keys(page, "confirm-dataset-") == [f"confirm-dataset-{unused.id}"]
    page.button(key=f"confirm-dataset-{unused.id}").click().run()
    assert [each.name for each in store.datasets.all(WORKSPACE)] == ["used"]


def test_what_runs_is_stopped_by_a_button_that_names_it(runs: AppTest, store: Store, room: NotingRoom) -> None:
    done = finished_experiment(store, [("rnn", 0)])
    spec = store.runs.of(WORKSPACE, done.id)[0].spec
    experiment = store.experiments.add(WORKSPACE, done.dataset_id, [spec, spec.model_copy(update={"seed": 1})])
    first, second = experiment.run_ids
    store.progress.begin(first, "engine")
    page = opened(runs)
    assert [page.button(key=key).label for key in keys(page, "stop-")] == ["Stop RNN · seed 0", "Stop RNN · seed 1"]
    page.button(key=f"stop-{first}").click().run()
    assert not page.exception
    assert room.cancelled == [first]
    assert page.button(key=f"stop-{second}").disabled is False


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.FAILED])
def test_what_was_stopped_is_started_again_from_here(
    runs: AppTest, store: Store, room: NotingRoom, state: RunState
) -> None:
    done = finished_experiment(store, [("rnn", 0)])
    spec = store.runs.of(WORKSPACE, done.id)[0].spec
    (run_id,) = store.experiments.add(WORKSPACE, done.dataset_id, [spec]).run_ids
    store.progress.finish(run_id, state=state)
    page = opened(runs)
    assert page.button(key=f"restart-{run_id}").label == "Start RNN again"
    page.button(key=f"restart-{run_id}").click().run()
    assert not page.exception
    (again,) = room.submitted
    assert store.runs.find(again).spec == spec
    assert page.button(key=f"stop-{again}")
    assert page.query_params["experiment"] in (
        store.runs.find(again).experiment_id,
        [store.runs.find(again).experiment_id],
    )


def test_a_finished_run_is_neither_stopped_nor_started_again(runs: AppTest, store: Store) -> None:
    finished_experiment(store, [("rnn", 0)])
    page = opened(runs)
    assert keys(page, "stop-") + keys(page, "restart-") + keys(page, "resume-") == []


def test_an_interrupted_run_is_resumed_from_here_too(runs: AppTest, store: Store, room: NotingRoom) -> None:
    dataset = store.datasets.add(WORKSPACE, labelled())
    spec = RunSpec(dataset=dataset.content_hash, architecture="rnn")
    (run,) = store.runs.of(WORKSPACE, store.experiments.add(WORKSPACE, dataset.id, [spec]).id)
    store.progress.finish(run.id, state=RunState.INTERRUPTED, message="The app was closed.")
    page = opened(runs)
    page.button(key=f"resume-{run.id}").click().run()
    assert room.submitted == [run.id]
    assert keys(page, "resume-") == []
