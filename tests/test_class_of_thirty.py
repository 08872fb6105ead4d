"""A small class on the real app: the client of the load test does what a browser does, and its checks can fail."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.class_checks import link_to, log_problems, overtaken, store_problems
from benchmarks.class_of_thirty import Outcome, hold_class, open_the_room
from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.student import Lesson
from scripts.running_app import RunningApp, running_app
from seqcore.store import Run, RunState

LESSON = Lesson(models=("rnn", "bag_of_words"), rows=60, epochs=200, think=0.0)
STUDENTS = 3
pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with running_app(tmp_path_factory.mktemp("home"), SEQLAB_AUTH="browser") as app:
        open_the_room(app)
        yield app


@pytest.fixture(scope="module")
def outcome(app: RunningApp) -> Outcome:
    return hold_class(app, STUDENTS, LESSON, arrive=0.0, own_workspaces=True)


def test_everybody_gets_exactly_what_they_asked_for(outcome: Outcome):
    assert outcome.problems == []
    assert len(outcome.runs) == STUDENTS * len(LESSON.models)


def test_every_student_saw_every_page_of_the_way(outcome: Outcome):
    for report in outcome.reports:
        assert {update.page for update in report.updates if update.whole} == {"data", "train", "compare"}
        assert any(not update.whole for update in report.updates), "the live part of the page runs by itself"


def test_a_link_opens_the_same_experiment_for_another_visitor(app: RunningApp, outcome: Outcome):
    async def headings() -> list[str]:
        async with Tab(app.url, f"train?experiment={link_to(app.home, outcome.reports[0].experiment)}") as tab:
            return [heading.body for heading in tab.page.of_kind("heading")]

    assert "All 2 models are ready" in asyncio.run(headings())


def test_a_page_knows_what_was_taken_off_it(app: RunningApp):
    async def keys() -> tuple[bool, bool]:
        async with Tab(app.url) as tab:
            on_data = tab.page.find("data-source") is not None
            await tab.go("train")
            return on_data, tab.page.find("data-source") is not None

    assert asyncio.run(keys()) == (True, False)


def test_pressing_what_is_not_there_is_said(app: RunningApp):
    async def press() -> None:
        async with Tab(app.url) as tab:
            await tab.click("nothing-of-that-name")

    with pytest.raises(VisitError, match="nothing-of-that-name"):
        asyncio.run(press())


@pytest.mark.parametrize("change", ["lost", "doubled", "failed", "begun twice"])
def test_a_run_that_went_wrong_is_noticed(outcome: Outcome, change: str):
    first, *others = outcome.runs
    runs = {
        "lost": others,
        "doubled": [*outcome.runs, first],
        "failed": [replace(first, state=RunState.FAILED), *others],
        "begun twice": [replace(first, attempts=2), *others],
    }[change]

    assert store_problems(runs, outcome.reports, LESSON, own_workspaces=True)


def test_being_overtaken_in_the_queue_is_noticed(outcome: Outcome):
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def run(name: str, workspace: str, started: int) -> Run:
        return replace(
            outcome.runs[0], id=name, workspace=workspace, submitted=start, started=start + timedelta(seconds=started)
        )

    fair = [run("a1", "a", 1), run("b1", "b", 10), run("a2", "a", 20)]
    unfair = [run("a1", "a", 1), run("a2", "a", 10), run("b1", "b", 20)]

    assert overtaken(fair) == []
    assert overtaken(unfair)


def test_a_traceback_in_a_log_is_noticed(tmp_path):
    (tmp_path / "server.log").write_text("all is well\nTraceback (most recent call last):\n")

    assert log_problems(tmp_path) == ["server.log: Traceback (most recent call last):"]
