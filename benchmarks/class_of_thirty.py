"""A class at once on the real app: everybody uploads data of their own, trains two models, watches, compares, leaves.

    python benchmarks/class_of_thirty.py [--students 30] [--models rnn,lstm] [--rows 1000] [--epochs 10]

Starts the app on a temporary home folder and lets every student in, each with a connection, cookies and a file of
their own, speaking Streamlit's protocol as the browser does. Prints how long page updates took (from the request to
the end of the script, as the visitor sees it), how long models waited in the queue, what the server took of the
machine. Exits with 1 when a run is lost, doubled or failed, when an error stood on a page or in a log, when somebody
was overtaken in the queue, or when the 95th percentile of the page updates is not below a second.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.class_checks import all_runs, log_problems, overtaken, queued_at, store_problems, wait_of
from benchmarks.processes import Usage, watched
from benchmarks.student import Lesson, Report, attend
from scripts.running_app import RunningApp, running_app
from seqcore.store import Run

LIMIT = 1.0  # seconds that the 95th percentile of page updates has to stay below
_NOTICED = 5.0  # seconds in the queue after which the page must have told the place


@dataclass(frozen=True)
class Outcome:
    """What a lesson came to."""

    reports: list[Report]
    runs: list[Run]
    usage: Usage
    problems: list[str]


def hold_class(app: RunningApp, students: int, lesson: Lesson, *, arrive: float, own_workspaces: bool) -> Outcome:
    """Let students take part in a lesson and look at what it left.

    Args:
        app: The server.
        students: How many.
        lesson: What they are told to do.
        arrive: Seconds within which all come in.
        own_workspaces: Whether the server gives each a workspace.
    """
    before = {run.id for run in all_runs(app.home)}
    reports, usage = asyncio.run(_attend_all(app, students, lesson, arrive))
    runs = [run for run in all_runs(app.home) if run.id not in before]
    problems = [f"student {report.number}: {problem}" for report in reports for problem in report.problems]
    problems += store_problems(runs, reports, lesson, own_workspaces=own_workspaces)
    problems += overtaken(runs) + log_problems(app.home) + _unseen_places(reports, runs)
    return Outcome(reports, runs, usage, problems)


async def _attend_all(app: RunningApp, students: int, lesson: Lesson, arrive: float) -> tuple[list[Report], Usage]:
    async with watched(app.pid) as usage:
        late = [arrive * number / students for number in range(students)]
        lessons = [attend(app.url, number, lesson, late=late[number]) for number in range(students)]
        return list(await asyncio.gather(*lessons)), usage


def _unseen_places(reports: Sequence[Report], runs: Sequence[Run]) -> list[str]:
    """Students whose models waited, but whose page never told at which place."""
    waited = {run.experiment_id for run in runs if wait_of(run) > _NOTICED}
    return [
        f"student {report.number} waited and was never told the place in the queue"
        for report in reports
        if report.experiment in waited and not report.saw_place
    ]


def open_the_room(app: RunningApp, patience: float = 180.0) -> Report:
    """What a teacher does before the lesson: train something small, to see that the server is awake.

    Raises:
        RuntimeError: it did not work.
    """
    lesson = Lesson(models=("rnn",), rows=60, epochs=1, think=0.0, patience=patience)
    report = asyncio.run(attend(app.url, -1, lesson, late=0.0))
    if report.problems:
        raise RuntimeError(f"the server is not awake: {report.problems}")
    return report


def print_outcome(outcome: Outcome) -> bool:
    """Print the figures; False when page updates were too slow."""
    updates = [update for report in outcome.reports for update in report.updates]
    whole = [update.seconds for update in updates if update.whole]
    parts = [update.seconds for update in updates if not update.whole]
    print(f"{'page updates, s':44}{'n':>8}{'p50':>8}{'p95':>8}{'max':>8}")
    for name in sorted({update.page for update in updates if update.whole}):
        _print_row(f"  {name}", [update.seconds for update in updates if update.whole and update.page == name])
    _print_row("whole pages", whole)
    _print_row("the live part of a page, by itself", parts)
    _print_row("all page updates", whole + parts)
    _print_queue(outcome.runs)
    usage = outcome.usage
    print(
        f"server: {usage.server_cpu / usage.seconds:.2f} cores, {usage.server_mb:.0f} MB; engine: "
        f"{usage.engine_cpu / usage.seconds:.2f} cores, most of one worker {max(usage.worker_mb, default=0):.0f} MB; "
        f"{usage.seconds:.0f} s in all"
    )
    received = sum(update.bytes for update in updates)
    print(f"sent to each student: {received / 1e6 / max(1, len(outcome.reports)):.1f} MB")
    return bool(whole) and all(np.percentile(each, 95) < LIMIT for each in (whole, parts) if each)


def _print_row(name: str, seconds: Sequence[float]) -> None:
    if seconds:
        middle, most = np.percentile(seconds, 50), np.percentile(seconds, 95)
        print(f"{name:44}{len(seconds):8}{middle:8.3f}{most:8.3f}{max(seconds):8.3f}")


def _print_queue(runs: Sequence[Run]) -> None:
    done = [run for run in runs if run.finished]
    if not done:
        return
    start = min(queued_at(run) for run in runs)
    minutes = (max(run.finished for run in done if run.finished) - start).total_seconds() / 60
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for run in done:
        ended = ((run.finished or start) - queued_at(run)).total_seconds()
        first[run.experiment_id] = min(first.get(run.experiment_id, ended), ended)
        last[run.experiment_id] = max(last.get(run.experiment_id, ended), ended)
    _print_row("waits in the queue, s", [wait_of(run) for run in runs])
    _print_row("from Train to a student's first model, s", list(first.values()))
    _print_row("from Train to a student's last model, s", list(last.values()))
    print(f"{len(done)} trainings in {minutes:.1f} minutes: {len(done) / minutes:.1f} a minute")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--models", default="rnn,lstm", help="architectures, with commas")
    parser.add_argument("--rows", type=int, default=1000, help="texts in each student's file")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--arrive", type=float, default=15.0, help="seconds within which all come in")
    parser.add_argument("--think", type=float, default=1.5, help="mean seconds between two actions of a student")
    parser.add_argument("--one-workspace", action="store_true", help="all share one, as on a personal server")
    parser.add_argument("--home", type=Path, help="keep the home folder here, to look at its logs")
    arguments = parser.parse_args()
    lesson = Lesson(tuple(arguments.models.split(",")), arguments.rows, arguments.epochs, arguments.think)
    auth = "personal" if arguments.one_workspace else "browser"
    with tempfile.TemporaryDirectory() as folder:
        with running_app(arguments.home or Path(folder), SEQLAB_AUTH=auth) as app:
            open_the_room(app)
            own = not arguments.one_workspace
            outcome = hold_class(app, arguments.students, lesson, arrive=arguments.arrive, own_workspaces=own)
        quick = print_outcome(outcome)
    for problem in outcome.problems[:20]:
        print(f"PROBLEM: {problem}")
    print(f"{len(outcome.problems)} problems; p95 of page updates {'below' if quick else 'NOT BELOW'} {LIMIT:.0f} s")
    sys.exit(0 if quick and not outcome.problems else 1)


if __name__ == "__main__":
    main()
