"""One run that cannot be read among three good ones: every page shows it as such and goes on with the others."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from seqcore.errors import SeqlabError
from seqcore.export.bundle import bundle
from seqcore.spec import RunSpec
from seqcore.store import Experiment, Run, RunState, Store, schema
from seqcore.ui.pages.compare.score_table import score_table
from seqcore.ui.session import results
from seqcore.ui.session.kept import shelf
from tests.broken_runs import ALL, IN_SQLITE, Break
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import WORKSPACE, AnsweringEngine, finished_experiment, labelled, link_to

MODELS = [("lstm_attention", 0), ("bilstm_attention", 0), ("transformer", 0), ("lstm_attention", 1)]
BREAKS = [pytest.param(each, id=name) for name, each in ALL.items()]
SOME = [
    "spec of a newer version", "architecture that is gone", "state that is unknown", "results of another shape",
    "evaluation cut off", "evaluation of a newer version",
]  # fmt: skip
SOME_BREAKS = [pytest.param(ALL[name], id=name) for name in SOME]


@pytest.fixture
def four(store: Store) -> Experiment:
    """Four finished models; the second is going to be broken."""
    return finished_experiment(store, MODELS)


@pytest.fixture
def waiting(store: Store) -> list[Run]:
    """Four runs that wait for an engine."""
    data = labelled()
    dataset = store.datasets.add(WORKSPACE, data)
    specs = [RunSpec(dataset=data.content_hash, architecture=name, seed=seed) for name, seed in MODELS]
    return store.runs.of(WORKSPACE, store.experiments.add(WORKSPACE, dataset.id, specs).id)


def broken_among(store: Store, experiment: Experiment, broken: Break) -> tuple[Run, list[Run]]:
    first, second, *rest = store.runs.of(WORKSPACE, experiment.id)
    broken.apply(store, second)
    return second, [first, *rest]


def opened(lab: AppTest, page: str, experiment_id: str) -> AppTest:
    lab.run()
    lab.query_params["experiment"] = experiment_id
    found = lab.switch_page(f"lab/{page}.py").run()
    assert not found.exception
    assert not any("our mistake" in error.value for error in found.error)
    return found


def keys(page: AppTest, start: str) -> set[str]:
    return {str(button.key) for button in page.button if str(button.key).startswith(start)}


def plain(page: AppTest) -> str:
    return words(page).replace("\\", "")


@pytest.mark.parametrize("broken", BREAKS)
def test_the_runs_page_lists_all_four_and_deletes_the_broken_one(
    lab: AppTest, store: Store, four: Experiment, broken: Break
) -> None:
    run, others = broken_among(store, four, broken)
    page = opened(lab, "runs", four.id)
    assert not page.error
    assert plain(page).count("Cannot be read") == 1
    assert broken.says in plain(page)
    assert plain(page).count(":material/check_circle:") >= len(others)
    page.button(key=f"confirm-run-{run.id}").click().run()
    assert not page.exception and not page.error
    assert "Cannot be read" not in plain(page)
    assert {each.id for each in store.runs.of(WORKSPACE, four.id)} == {each.id for each in others}


@pytest.mark.parametrize("broken", BREAKS)
def test_compare_ranks_the_good_ones_and_names_the_broken_one(
    lab: AppTest, store: Store, four: Experiment, broken: Break
) -> None:
    broken_among(store, four, broken)
    page = opened(lab, "compare", four.id)
    (error,) = page.error
    assert broken.says in error.value.replace("\\", "")
    (table, *_) = page.dataframe
    assert table.value["Seeds"].tolist().count("1") == 1  # two models: a transformer, and one with two seeds
    sound, _ = results.sound_runs(results.scored_runs(four))
    exported = results.predictions_csv(four, sound).decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(exported)))
    assert len([name for name in header if name.endswith("confidence")]) == 3
    assert len(score_table(results.standings(sound))) == 2


@pytest.mark.parametrize("broken", BREAKS)
def test_the_train_page_shows_all_four_and_deletes_the_broken_one(
    lab: AppTest, store: Store, four: Experiment, broken: Break
) -> None:
    run, others = broken_among(store, four, broken)
    page = opened(lab, "train", four.id)
    assert not page.error
    assert plain(page).count("Cannot be read") == 1
    assert broken.says in plain(page)
    assert "3 of 4 models are ready" in plain(page)
    assert keys(page, "confirm-run-") == {f"confirm-run-{run.id}"}
    page.button(key=f"confirm-run-{run.id}").click().run()
    assert not page.exception and not page.error
    assert "All 3 models are ready" in plain(page)
    assert {each.id for each in store.runs.of(WORKSPACE, four.id)} == {each.id for each in others}


@pytest.mark.parametrize("page_name", ["attention", "predict"])
@pytest.mark.parametrize("broken", SOME_BREAKS)
def test_the_good_ones_are_asked_and_the_broken_one_is_named(
    lab: AppTest, store: Store, engine: AnsweringEngine, four: Experiment, broken: Break, page_name: str
) -> None:
    _, others = broken_among(store, four, broken)
    page = opened(lab, page_name, four.id)
    if page_name == "predict":
        page.text_area(key="predict-text").set_value("hello there").run()
    assert not page.exception and not page.error
    assert "cannot be read" in plain(page)
    assert broken.says in plain(page)
    asked = {run_id for _, run_id, _ in engine.asked}
    assert asked and asked <= {each.id for each in others}
    if page_name == "predict":  # the other page begins with one model of each architecture
        assert len(asked) == 3


@pytest.mark.parametrize("broken", [pytest.param(each, id=name) for name, each in IN_SQLITE.items()])
def test_a_running_experiment_shows_a_broken_run_that_waits(
    lab: AppTest, store: Store, room: NotingRoom, waiting: list[Run], broken: Break
) -> None:
    room.submit([run.id for run in waiting])
    broken.apply(store, waiting[1])
    page = opened(lab, "train", waiting[0].experiment_id)
    assert not page.error
    assert plain(page).count("Cannot be read") == 1
    assert {f"stop-{run.id}" for run in waiting if run is not waiting[1]} <= keys(page, "stop-")
    places = {run_id: place for place, run_id in enumerate(store.queue.waiting(room.engine_id), start=1)}
    for place in (places[run.id] for run in waiting if run is not waiting[1]):
        said = "next in the queue" if place == 1 else f"number {place} in the queue"
        assert sum(said in bar.proto.text for bar in page.get("progress")) == 1
    page.button(key="stop-all").click().run()
    assert not page.exception and not page.error
    states = store.runs.states([run.id for run in waiting])
    assert not set(states.values()) & {RunState.QUEUED, RunState.TRAINING}


@pytest.mark.parametrize("name", sorted(IN_SQLITE))
def test_resuming_all_leaves_the_broken_one_as_it_is(
    lab: AppTest, store: Store, room: NotingRoom, waiting: list[Run], name: str
) -> None:
    for run in waiting:
        store.progress.finish(run.id, state=RunState.INTERRUPTED, message="The app ended.")
    IN_SQLITE[name].apply(store, waiting[1])
    page = opened(lab, "train", waiting[0].experiment_id)
    assert page.button(key="resume-all").label == "Resume 3 models"
    page.button(key="resume-all").click().run()
    assert not page.exception and not page.error
    assert set(room.submitted) == {run.id for run in (waiting[0], *waiting[2:])}


@pytest.mark.parametrize("broken", [pytest.param(each, id=name) for name, each in IN_SQLITE.items()])
def test_a_broken_run_is_not_bundled_and_the_others_are(store: Store, four: Experiment, broken: Break) -> None:
    run, others = broken_among(store, four, broken)
    now = store.runs.get(WORKSPACE, run.id)
    with pytest.raises(SeqlabError, match=broken.says):
        bundle(store, now)
    for each in others:
        assert "model.keras" in zipfile.ZipFile(io.BytesIO(bundle(store, each))).namelist()


@pytest.mark.parametrize("page_name", ["compare", "train", "predict", "attention"])
def test_who_holds_the_link_sees_the_broken_one_and_cannot_delete_it(
    lab: AppTest, store: Store, engine: AnsweringEngine, four: Experiment, page_name: str
) -> None:
    broken_among(store, four, ALL["architecture that is gone"])
    with store.database.writing() as connection:
        for table in (schema.datasets, schema.experiments, schema.runs):
            connection.execute(sa.update(table).values(workspace="somebody else"))
    shelf.empty()
    page = opened(lab, page_name, link_to(store, replace(four, workspace="somebody else")))
    assert "Shared with you" in plain(page)
    assert "annot be read" in plain(page) or "perceptron" in plain(page)
    assert keys(page, "confirm-") == set()


@pytest.mark.parametrize("broken", SOME_BREAKS)
def test_an_experiment_is_deleted_with_the_broken_run_in_it_and_its_room_is_free_again(
    lab: AppTest, store: Store, four: Experiment, broken: Break
) -> None:
    broken_among(store, four, broken)
    page = opened(lab, "runs", four.id)
    page.session_state["storage"] = True
    page.run()
    assert not page.exception and not page.error
    page.button(key=f"confirm-experiment-{four.id}").click().run()
    assert not page.exception and not page.error
    assert store.runs.all(WORKSPACE) == []
    page.button(key=f"confirm-dataset-{four.dataset_id}").click().run()
    assert not page.exception and not page.error
    assert store.allowance.usage(WORKSPACE).storage == 0


@pytest.mark.parametrize("broken", SOME_BREAKS)
def test_a_search_finds_an_experiment_with_a_broken_run_in_it(
    lab: AppTest, store: Store, four: Experiment, broken: Break
) -> None:
    broken_among(store, four, broken)
    page = opened(lab, "runs", four.id)
    page.text_input(key="runs-find").set_value("transformer").run()
    assert keys(page, "open-") == {f"open-{four.id}"}
