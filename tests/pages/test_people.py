"""Several people on one server: whose things are shown, and what a link lets one do."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import NotFoundError
from seqcore.lab.workspace_names import browser_workspace
from seqcore.settings import get_settings
from seqcore.store import Experiment, RunState, Store, schema
from seqcore.ui.pages.runs import experiment_card, run_line
from seqcore.ui.pages.train import live
from seqcore.ui.people import visitor
from seqcore.ui.people.workspaces import COOKIE, Visit
from seqcore.ui.session import state
from tests.pages.conftest import SHELL, NotingRoom, opened, words
from tests.pages.finished import (
    WORKSPACE,
    AnsweringEngine,
    finished_experiment,
    labelled,
    link_to,
    link_to_dataset,
)

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
    found = opened(lab, page, experiment=link_to(store, shared))
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
    found = opened(lab, "lab/train.py", experiment=link_to(store, going))
    assert "preparing" in " ".join(bar.text for bar in found.progress).lower()
    assert not keys(found) & {"stop", "stop-all", "train-else", "rename", "confirm", "resume"}


def test_the_runs_page_lists_ones_own_only(lab: AppTest, store: Store, shared: Experiment) -> None:
    found = opened(lab, "lab/runs.py", experiment=link_to(store, shared))
    assert "Nothing has been trained yet" in words(found)
    assert f"open-{shared.id}" not in keys(found)


def test_without_the_link_there_is_nothing_to_see(lab: AppTest, shared: Experiment) -> None:
    found = opened(lab, "lab/compare.py")
    assert "Nothing has been trained yet" in words(found)


def test_train_your_own_leads_to_the_models_and_the_runs_become_mine(
    lab: AppTest, store: Store, shared: Experiment, room: NotingRoom
) -> None:
    found = opened(lab, "lab/compare.py", experiment=link_to(store, shared))
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
        found = opened(lab, "lab/data.py", dataset=link_to_dataset(store, shared))
        found.button(key="train-now").click().run()
        assert not found.exception
    assert len(store.datasets.all(MINE)) == 1
    assert len(store.experiments.all(MINE)) == 2


def test_a_shared_data_set_stays_the_one_in_use_beside_ones_own(lab: AppTest, store: Store, shared: Experiment) -> None:
    store.datasets.add(MINE, labelled(name="mine"))
    token = link_to_dataset(store, shared)
    found = opened(lab, "lab/data.py", dataset=token)
    assert "Shared with you" in words(found)
    assert found.selectbox(key="data-stored").value == shared.dataset_id
    assert found.query_params["dataset"] in (token, [token])


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
    assert "Whoever has the link sees this experiment" in words(found)
    assert found.selectbox(key=f"share-days-{mine.id}").value == 30
    assert found.button(key="stop-all")
    assert store.links.all(MINE) == []  # nothing is open before somebody presses


def test_alone_at_this_machine_there_is_nobody_to_share_with(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    found = opened(lab, "lab/compare.py", experiment=experiment.id)
    assert "Whoever has the link" not in words(found)
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


def give(lab: AppTest, monkeypatch: pytest.MonkeyPatch, store: Store, page: str, **ids: str) -> dict[str, str]:
    """What the link says that a press on a page copies, given away."""
    drawn: list[tuple[dict[str, str], Callable[[], None]]] = []

    def draw(_label: str, _about: str, parameters: dict[str, str], *, key: str, on_copied: Callable[[], None]) -> None:
        drawn.append((dict(parameters), on_copied))
        if lab.session_state["pressed"]:
            lab.session_state["pressed"] = False
            on_copied()

    with monkeypatch.context() as patch:
        for module in ("giving", "plan_link"):
            patch.setattr(f"seqcore.ui.session.{module}.draw_copy_link", draw)
        lab.session_state["pressed"] = True
        opened(lab, page, **ids)
    return drawn[-1][0]


def mine_of(store: Store) -> Experiment:
    """A finished experiment of my own."""
    experiment = finished_experiment(store, [("rnn", 0)], data=labelled(name="mine"))
    with store.database.writing() as connection:
        for table in (schema.datasets, schema.experiments, schema.runs):
            connection.execute(table.update().where(table.c.workspace == WORKSPACE).values(workspace=MINE))
    return store.experiments.get(MINE, experiment.id)


@pytest.mark.parametrize("page", PAGES)
def test_the_address_of_anothers_page_opens_nothing_and_says_how_to_ask_for_a_link(
    lab: AppTest, shared: Experiment, page: str
) -> None:
    found = lab.run().switch_page(page)
    found.query_params.update(experiment=shared.id, dataset=shared.dataset_id)
    found.run()
    assert not found.exception
    assert "Ask whoever sent it for a link" in words(found)
    assert "Shared with you" not in words(found)
    assert "mails" not in words(found) and "theirs" not in words(found)


def test_one_press_makes_a_link_that_ends_in_30_days(
    lab: AppTest, store: Store, visit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = mine_of(store)
    said = give(lab, monkeypatch, store, "lab/compare.py", experiment=mine.id)
    (link,) = store.links.all(MINE)
    assert link.expires is not None
    assert (link.expires - link.created).days == 30
    visit("y" * 43)
    you = opened(AppTest.from_file(str(SHELL), default_timeout=120), "lab/compare.py", **said)
    assert "Shared with you" in words(you)
    assert mine.id not in str(you.query_params)


def test_a_link_to_the_form_shows_the_data_to_whoever_has_it(
    lab: AppTest, store: Store, visit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = mine_of(store)
    said = give(lab, monkeypatch, store, "lab/train.py", dataset=mine.dataset_id)
    assert {"plan", "dataset"} == said.keys()
    visit("y" * 43)
    you = opened(AppTest.from_file(str(SHELL), default_timeout=120), "lab/train.py", **said)
    you.button(key="train").click().run()
    (theirs,) = store.experiments.all(browser_workspace("y" * 43))
    assert store.datasets.get(theirs.workspace, theirs.dataset_id).name == "mine"


def test_what_is_taken_back_ends_at_the_next_action_of_whoever_has_it_open(
    lab: AppTest, store: Store, shared: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(lab, "lab/compare.py", experiment=link_to(store, shared))
    assert "Shared with you" in words(found)
    (link,) = store.links.all(WORKSPACE)
    store.links.take_back(WORKSPACE, link.id)
    found.run()
    assert "Ask whoever sent it for a link" in words(found)
    found.switch_page("lab/attention.py").run()
    assert "Shared with you" not in words(found)
    assert not found.exception


def test_a_link_to_data_does_not_open_the_experiments_that_learned_from_them(
    lab: AppTest, store: Store, shared: Experiment
) -> None:
    token = link_to_dataset(store, shared)
    found = lab.run().switch_page("lab/compare.py")
    found.query_params.update(experiment=token, dataset=token)
    found.run()
    assert "No experiment with this id opens here" in words(found)


def test_a_comparison_with_another_training_is_shared_with_it(lab: AppTest, store: Store, shared: Experiment) -> None:
    other = store.experiments.add(
        WORKSPACE, shared.dataset_id, [store.runs.of(WORKSPACE, shared.id)[0].spec], "the other"
    )
    tokens = link_to(store, shared), link_to(store, other)
    found = opened(lab, "lab/compare.py", experiment=tokens[0], **{"with": tokens[1]})
    (choice,) = found.multiselect
    assert choice.value == [other.id]
    assert found.query_params["with"] in (tokens[1], [tokens[1]])
