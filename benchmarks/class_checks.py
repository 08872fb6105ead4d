"""Whether a lesson left everything as it should be: the store, the queue, the logs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.student import Lesson, Report
from seqcore.settings import Settings
from seqcore.store import Run, RunState, Store, schema
from seqcore.store.links import new_token

_AT_ONCE = timedelta(seconds=1)  # two workers that take at once may start their runs in either order
_BAD_LINE = re.compile(r"Traceback|database is locked|^\d{4}-\d\d-\d\d .* (ERROR|CRITICAL) ")


def all_runs(home: Path) -> list[Run]:
    """Every run of every workspace, in the order they were put into the queue."""
    settings = Settings(home=home)
    store = Store(settings.database, settings.artifacts)
    try:
        with store.database.reading() as connection:
            workspaces = connection.execute(sa.select(schema.runs.c.workspace).distinct()).scalars().all()
        return sorted((run for name in workspaces for run in store.runs.all(name)), key=queued_at)
    finally:
        store.close()


def link_to(home: Path, experiment_id: str) -> str:
    """The token of a link that shows an experiment to whoever has it, as its owner's press would make it."""
    settings, token = Settings(home=home), new_token()
    store = Store(settings.database, settings.artifacts)
    try:
        owner = store.experiments.find(experiment_id).workspace
        store.links.add(owner, token, "experiment", experiment_id, days=1)
    finally:
        store.close()
    return token


def queued_at(run: Run) -> datetime:
    """When a run was put into the queue."""
    return run.submitted or run.created


def wait_of(run: Run) -> float:
    """Seconds that a run waited for a worker."""
    return (run.started - queued_at(run)).total_seconds() if run.started else 0.0


def store_problems(
    runs: Sequence[Run], reports: Sequence[Report], lesson: Lesson, *, own_workspaces: bool
) -> list[str]:
    """Runs that are lost, doubled, unfinished or somebody else's."""
    problems = []
    by_experiment = {report.experiment: report.number for report in reports if report.experiment}
    if len(by_experiment) != len(reports):
        problems.append(f"{len(reports)} students have {len(by_experiment)} experiments")
    for experiment, number in by_experiment.items():
        own = [run for run in runs if run.experiment_id == experiment]
        if sorted(run.architecture for run in own) != sorted(lesson.models):
            problems.append(f"student {number} has runs of {[run.architecture for run in own]}")
        problems += [f"student {number}: {_unlike(run, lesson)}" for run in own if _unlike(run, lesson)]
    strangers = [run.id for run in runs if run.experiment_id not in by_experiment]
    if strangers:
        problems.append(f"{len(strangers)} runs belong to no student")
    files = len({run.spec.dataset for run in runs})
    if files != len(reports):
        problems.append(f"{len(reports)} students trained on {files} files")
    spaces = len({run.workspace for run in runs})
    if own_workspaces and spaces != len(reports):
        problems.append(f"{len(reports)} students have {spaces} workspaces")
    return problems


def _unlike(run: Run, lesson: Lesson) -> str:
    """How a run is not what the lesson asked for; empty when it is."""
    if run.state != RunState.FINISHED:
        return f"{run.architecture} is {run.state}: {run.message}"
    if not run.epoch == run.results.get("epochs") <= lesson.epochs or not run.results.get("test"):
        return f"{run.architecture} ended after {run.epoch} epochs, results {sorted(run.results)}"
    return "" if run.attempts == 1 else f"{run.architecture} was begun {run.attempts} times"


def overtaken(runs: Sequence[Run]) -> list[str]:
    """Where the fair queue broke its promise: a workspace got one more run while another had waited for fewer.

    Whoever waits is served before anyone gets a run more than they had: so nobody waits for longer than it takes to
    serve the others as often as oneself.
    """
    place, seen = {}, Counter[str]()
    for run in sorted((run for run in runs if run.started), key=lambda run: run.started or queued_at(run)):
        place[run.id] = seen[run.workspace]
        seen[run.workspace] += 1
    return [
        f"{waiting.id} waited while {run.workspace[:8]} got its run number {place[run.id] + 1}"
        for run in runs
        for waiting in runs
        if run.started and waiting.started and waiting.workspace != run.workspace
        and queued_at(waiting) + _AT_ONCE < run.started < waiting.started - _AT_ONCE
        and place[waiting.id] < place[run.id]
    ]  # fmt: skip


def log_problems(home: Path) -> list[str]:
    """Lines of the server's and the engine's log that speak of a fault."""
    return [
        f"{log.name}: {line.strip()[:200]}"
        for log in (home / "server.log", *sorted(home.glob("logs/*.log")))
        for line in log.read_text(errors="replace").splitlines()
        if _BAD_LINE.search(line)
    ]
