"""What one student does in a lesson: bring data of one's own, train some models, watch them, compare them, leave."""

from __future__ import annotations

import asyncio
import csv
import io
import random
import time
from dataclasses import dataclass, field

from benchmarks.streamlit_client import Tab, Update, VisitError
from benchmarks.streamlit_http import Web
from seqcore.architectures import architectures
from seqcore.datasets.samples.reviews import write_reviews


@dataclass(frozen=True)
class Lesson:
    """What every student is told to do.

    Attributes:
        models: Architectures to train.
        rows: Texts of the file that each brings.
        epochs: Of each model.
        think: Mean seconds between two actions of a student.
        patience: Seconds until a student gives up waiting for the models.
    """

    models: tuple[str, ...] = ("rnn", "lstm")
    rows: int = 1000
    epochs: int = 10
    think: float = 1.5
    patience: float = 1800.0


@dataclass
class Report:
    """What a student saw.

    Attributes:
        number: Which student, from 0.
        experiment: Id of what was trained.
        updates: Every page update.
        problems: Errors on the pages, and why the lesson was broken off.
        saw_place: Whether the page ever told a place in the queue.
        left: When the student left, seconds of `time.perf_counter`.
    """

    number: int
    experiment: str = ""
    updates: list[Update] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    saw_place: bool = False
    left: float = 0.0


async def attend(url: str, number: int, lesson: Lesson, *, late: float, web: Web | None = None) -> Report:
    """Take part in a lesson.

    Args:
        url: Where the app is.
        number: Which student; decides the file and the pauses.
        lesson: What to do.
        late: Seconds before the student comes in.
        web: Whose cookies they have; without, those of somebody new.
    """
    report = Report(number)
    await asyncio.sleep(late)
    tab = Tab(url, web=web)
    try:
        async with tab:
            await _work(tab, report, lesson)
    except (VisitError, OSError, KeyError) as error:
        report.problems.append(f"gave up: {type(error).__name__}: {error}")
    report.updates, report.left = tab.updates, time.perf_counter()
    report.problems += tab.page.problems
    return report


async def _work(tab: Tab, report: Report, lesson: Lesson) -> None:
    pauses = random.Random(report.number)

    async def think() -> None:
        await asyncio.sleep(pauses.uniform(0.5, 1.5) * lesson.think)

    await think()
    await tab.choose("data-source", "Upload")
    await think()
    await tab.upload("data-file", f"student-{report.number}.csv", own_file(lesson.rows, report.number))
    await think()
    await tab.click("to-train")
    for each in architectures("tokens"):
        if tab.ticked(f"use-{each.name}") != (each.name in lesson.models):
            await think()
            await tab.tick(f"use-{each.name}", each.name in lesson.models)
    await tab.enter("train-training-epochs", lesson.epochs)
    await think()
    await tab.click("train")
    report.experiment = tab.page.query_values().get("experiment", "")

    def ready() -> bool:
        report.saw_place |= any("queue" in each.text for each in tab.page.of_kind("progress"))
        return tab.page.find("to-compare") is not None

    await tab.until(ready, "finished models", lesson.patience)
    await think()
    await tab.click("to-compare")
    await think()


def own_file(rows: int, number: int) -> bytes:
    """A CSV file that no other student has: `rows` reviews from our grammar, seeded with the number."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("text", "label"))
    writer.writerows(zip(*write_reviews(rows, 1000 + number), strict=True))
    return file.getvalue().encode()
