"""Several people on one server: whose things are shown, and what a link lets one do."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import NotFoundError
from seqcore.settings import get_settings
from seqcore.store import Experiment, RunState, Store
from seqcore.ui.pages.runs import experiment_card, run_line
from seqcore.ui.pages.train import live
from seqcore.ui.people import visitor
from seqcore.ui.people.workspaces import COOKIE, Visit, browser_workspace
from seqcore.ui.session import state
from tests.pages.conftest import NotingRoom, opened, words
from tests.pages.finished import WORKSPACE, AnsweringEngine, finished_experiment, labelled

PAGES = ["lab/train.py", "lab/compare.py", "lab/attention.py", "lab/predict.py"]
MINE = browser_workspace("m" * 43)


@pytest.fixture
def visit(room: NotingRoom, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the sessions that follow come from a browser on the network."""
    monkeypatch.setenv("SEQLAB_AUTH", "browser")
    get_settings.cache_clear()

    def come(key: str | None = "m" * 43, **headers: str) -> None:
        cookies = {} if key is None else {COOKIE: key}
        seen = Visit({"host": "lab.example.org"} | headers, cookies, "10.0.0.9", "0.0.0.0")
        monkeypatch.setattr(visitor, "current_visit", lambda: seen)

    come()
    return come


@pytest.fixture
def shared(room: NotingRoom, store: Store, visit: Callable[..., None]) -> Experiment:
    """A finished experiment of somebody else."""
    return finished_experiment(store, [("rnn", 0), ("lstm_attention", 0)], data=labelled(name="theirs"))


def keys(page: AppTest) -> set[str]:
    return {str(button.key).split("-")[0] for button in page.button} | {str(button.key) for button in page.button}


@pytest.mark.parametrize("page", PAGES)
def test_a_link_shows_what_another_trained_and_offers_to_train_ones_own(
    lab: AppTest, store: Store, shared: Experiment, room: NotingRoom, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(room, "ask", AnsweringEngine(store).ask, raising=False)
    found = opened(lab, page, experiment=shared.id)
    assert "Shared with you" in words(found)
    assert found.button(key="train-own")
    assert not found.error


def test_nothing_of_a_shared_experiment_can_be_changed_from_the_page(
    lab: AppTest, store: Store, shared: Experiment
) -> None:
    spec = store.runs.of(WORKSPACE, shared.id)[0].spec
    going = store.experiments.add(WORKSPACE, shared.dataset_id, [spec])
    (run,) = store.runs.of(WORKSPACE, going.id)
    store.progress.begin(run.id, "engine")
    found = opened(lab, "lab/train.py", experiment=going.id)
    assert "preparing" in " ".join(bar.text for bar in found.progress).lower()
    assert not keys(found) & {"stop", "stop-all", "train-else", "rename", "confirm", "resume"}


def test_the_runs_page_lists_ones_own_only(lab: AppTest, store: Store, shared: Experiment) -> None:
    found = opened(lab, "lab/runs.py", experiment=shared.id)
    assert "Nothing has been trained yet" in words(found)
    assert f"open-{shared.id}" not in keys(found)


def test_without_the_link_there_is_nothing_to_see(lab: AppTest, shared: Experiment) -> None:
    found = opened(lab, "lab/compare.py")
    assert "Nothing has been trained yet" in words(found)


def test_train_your_own_leads_to_the_models_and_the_runs_become_mine(
    lab: AppTest, store: Store, shared: Experiment, room: NotingRoom
) -> None:
    found = opened(lab, "lab/compare.py", experiment=shared.id, dataset=shared.dataset_id)
    found.button(key="train-own").click().run()
    assert found.title[0].value == "Train"
    found.switch_page("lab/train.py").run().button(key="train").click().run()
    assert not found.exception
    (mine,) = store.experiments.all(MINE)
    assert store.datasets.get(MINE, mine.dataset_id).content_hash == store.datasets.find(shared.dataset_id).content_hash
    assert mine.dataset_id != shared.dataset_id
    assert room.submitted == [run.id for run in store.runs.of(MINE, mine.id)]
    assert "Shared with you" not in words(found)


def test_training_on_a_shared_data_set_twice_keeps_one_copy(lab: AppTest, store: Store, shared: Experiment) -> None:
    for _ in range(2):
        found = opened(lab, "lab/data.py", dataset=shared.dataset_id)
        found.button(key="train-now").click().run()
        assert not found.exception
    assert len(store.datasets.all(MINE)) == 1
    assert len(store.experiments.all(MINE)) == 2


def test_a_shared_data_set_stays_the_one_in_use_beside_ones_own(lab: AppTest, store: Store, shared: Experiment) -> None:
    store.datasets.add(MINE, labelled(name="mine"))
    found = opened(lab, "lab/data.py", dataset=shared.dataset_id)
    assert "Shared with you" in words(found)
    assert found.selectbox(key="data-stored").value == shared.dataset_id
    assert found.query_params["dataset"] in (shared.dataset_id, [shared.dataset_id])


def test_the_stored_data_sets_are_ones_own_only(lab: AppTest, store: Store, shared: Experiment) -> None:
    store.datasets.add(MINE, labelled(name="mine"))
    found = opened(lab, "lab/data.py")
    found.segmented_control(key="data-source").set_value("stored").run()
    (option,) = found.selectbox(key="data-stored").options
    assert option.startswith("mine")


def as_me(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "workspace", lambda: MINE)


def test_a_forged_stop_reaches_nobody_elses_run(
    store: Store, shared: Experiment, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_me(monkeypatch)
    spec = store.runs.of(WORKSPACE, shared.id)[0].spec
    going = store.experiments.add(WORKSPACE, shared.dataset_id, [spec])
    (run,) = store.runs.of(WORKSPACE, going.id)
    for ready in (True, False):
        room.is_ready = ready
        live._stop([run.id])
    assert room.cancelled == []
    assert store.runs.get(WORKSPACE, run.id).state is RunState.QUEUED


def test_whoever_forges_a_rename_or_a_deletion_is_refused(
    store: Store, shared: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_me(monkeypatch)
    run = store.runs.of(WORKSPACE, shared.id)[0]
    for change in (
        lambda: experiment_card._rename_experiment(shared, "gone"),
        lambda: run_line._rename_run(run, "gone"),
        lambda: experiment_card._delete_experiment(shared),
        lambda: run_line._delete_run(run),
    ):
        with pytest.raises(NotFoundError):
            change()
    assert store.experiments.get(WORKSPACE, shared.id) == shared
    assert len(store.runs.of(WORKSPACE, shared.id)) == 2


def test_ones_own_experiment_has_a_link_to_give_away(lab: AppTest, store: Store, visit: Callable[..., None]) -> None:
    data = labelled()
    dataset = store.datasets.add(MINE, data)
    theirs = finished_experiment(store, [("rnn", 0)], data=data)
    mine = store.experiments.add(MINE, dataset.id, [store.runs.of(WORKSPACE, theirs.id)[0].spec])
    found = opened(lab, "lab/train.py", experiment=mine.id)
    assert found.code[0].value.endswith(f"?experiment={mine.id}")
    assert found.button(key="stop-all")


def test_alone_at_this_machine_there_is_nobody_to_share_with(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    found = opened(lab, "lab/compare.py", experiment=experiment.id)
    assert not found.code
    assert "Shared with you" not in words(found)


def test_a_browser_without_cookies_works_and_says_that_nothing_lasts(lab: AppTest, visit: Callable[..., None]) -> None:
    visit(None)
    found = opened(lab, "lab/data.py")
    assert "keeps no cookie" in words(found)
    assert found.button(key="train-now")


def test_a_browser_with_its_cookie_is_told_nothing(lab: AppTest, visit: Callable[..., None]) -> None:
    assert "cookie" not in words(opened(lab, "lab/data.py"))


def test_a_connection_that_breaks_does_not_move_the_session_to_another_workspace(
    lab: AppTest, store: Store, visit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(lab, "lab/data.py")
    monkeypatch.setattr(visitor, "current_visit", lambda: Visit({}, {}, "", "0.0.0.0"))
    found.button(key="train-now").click().run()
    assert len(store.experiments.all(MINE)) == 1


def test_a_session_that_began_without_a_connection_finds_its_workspace_when_it_is_back(
    lab: AppTest, store: Store, visit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor, "current_visit", lambda: Visit({}, {}, "", "127.0.0.1"))
    lab.run()
    visit()
    found = opened(lab, "lab/data.py")
    found.button(key="train-now").click().run()
    assert len(store.experiments.all(MINE)) == 1
