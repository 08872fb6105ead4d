"""What a student costs: processor time and memory of the pages, of a session, of a training; and how far cores go.

    python benchmarks/capacity.py [--students 20] [--seconds 60] [--rounds 3]

On the real app, one after the other: students upload a file each and change settings; all of them watch one training;
with nobody else there, the sample set's four default models are trained a few times over. Prints two Markdown tables:
what was measured here, and what follows from it for machines with more cores (`docs/` quotes both).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from benchmarks.class_checks import all_runs, link_to
from benchmarks.class_of_thirty import open_the_room
from benchmarks.processes import MB, cpu_seconds, own_memory
from benchmarks.streamlit_client import Tab
from benchmarks.streamlit_http import PATIENCE
from benchmarks.student import own_file
from scripts.running_app import RunningApp, running_app
from seqcore.store import RunState

_UPDATES_A_MINUTE = 6  # page updates of a student who works: one in ten seconds
_LOOKS_A_MINUTE = 30  # looks of a student who watches, half of the time at a model, twice a second at most
_PAGES_SHARE = 0.5  # of the one core that the pages can use, so that they stay quick
_LONG_FILE = 6000  # texts, so that 500 epochs outlast the watching
_MODELS = 4  # that one press of Train starts
_WITHIN = 10  # minutes within which a class wants to see all its models


@dataclass(frozen=True)
class Costs:
    """What was measured.

    Attributes:
        server_mb: Memory of the server before anybody came, resident.
        session_mb: What each session added, its own file of 1,000 texts included.
        update: Processor seconds of the server for one page update.
        look: Processor seconds of the server for one look at a training.
        looks: Looks of one watcher in a minute, with all of them watching.
        worker_mb: Memory of its own of a process that trains, at most.
        engine_mb: Memory of its own of everything else below the server.
        trainings: Of the sample set's default models, a minute and a core.
    """

    server_mb: float
    session_mb: float
    update: float
    look: float
    looks: float
    worker_mb: float
    engine_mb: float
    trainings: float


async def measure(app: RunningApp, students: int, seconds: float, rounds: int, workers: int) -> Costs:
    """Let students work and watch, then train; the app must be awake."""
    server = psutil.Process(app.pid)
    before = server.memory_info().rss / MB
    async with AsyncExitStack() as room:
        tabs = [await room.enter_async_context(Tab(app.url)) for _ in range(students)]
        for number, tab in enumerate(tabs):
            await tab.choose("data-source", "Upload")
            await tab.upload("data-file", f"student-{number}.csv", own_file(1000, number))
            await tab.click("to-train")
        after = server.memory_info().rss / MB
        update = await _seconds_each(server, tabs, _change_settings)
        look, looks = await _watch(app, server, students, seconds)
    memory = own_memory(server)
    trainings, at_work = await _train(app, server, rounds, workers)
    of_workers = sorted((mb for pid, mb in at_work.items() if mb > memory.get(pid, 0.0) + 1), reverse=True)[:workers]
    rest = sum(at_work.values()) - sum(of_workers)
    return Costs(before, (after - before) / students, update, look, looks, max(of_workers), rest, trainings)


async def _seconds_each(server: psutil.Process, tabs: list[Tab], act: Callable[[Tab], Awaitable[None]]) -> float:
    """Processor seconds of the server for each page update that an act of every student asks for."""
    start, done = cpu_seconds(server), sum(len(tab.updates) for tab in tabs)
    for tab in tabs:
        await act(tab)
    return (cpu_seconds(server) - start) / (sum(len(tab.updates) for tab in tabs) - done)


async def _change_settings(tab: Tab) -> None:
    for epochs in range(2, 7):
        await tab.enter("train-training-epochs", epochs)


async def _watch(app: RunningApp, server: psutil.Process, students: int, seconds: float) -> tuple[float, float]:
    """A teacher trains, all watch: processor seconds of a look, looks of a watcher in a minute."""
    async with AsyncExitStack() as room:
        teacher = await room.enter_async_context(Tab(app.url))
        await teacher.choose("data-source", "Upload")
        await teacher.upload("data-file", "teacher.csv", own_file(_LONG_FILE, -1))
        await teacher.click("to-train")
        await teacher.enter("train-training-epochs", 500)
        await teacher.click("train")
        link = f"train?experiment={link_to(app.home, teacher.page.query_values()['experiment'])}"
        watchers = [teacher, *[await room.enter_async_context(Tab(app.url, link)) for _ in range(students)]]
        await asyncio.sleep(10)  # until the pace has settled
        start, done = cpu_seconds(server), sum(len(tab.updates) for tab in watchers)
        await asyncio.sleep(seconds)
        spent, looks = cpu_seconds(server) - start, sum(len(tab.updates) for tab in watchers) - done
        await teacher.click("stop-all")
        await teacher.until(lambda: teacher.page.find("train-else"), "the end of the training")
    return spent / looks, looks / len(watchers) / seconds * 60


async def _train(app: RunningApp, server: psutil.Process, rounds: int, workers: int) -> tuple[float, dict[int, float]]:
    """The sample set's default models, a few times: trainings a minute and core, most memory of each process."""
    before, most = {run.id for run in all_runs(app.home)}, dict[int, float]()
    for _ in range(rounds):
        async with Tab(app.url) as tab:
            await tab.click("train-now")

    def done() -> bool:
        for pid, mb in own_memory(server).items():
            most[pid] = max(most.get(pid, 0.0), mb)
        new = [run for run in all_runs(app.home) if run.id not in before]
        return len(new) == _MODELS * rounds and all(run.state == RunState.FINISHED for run in new)

    for _ in range(int(PATIENCE * rounds)):
        if await asyncio.to_thread(done):
            break
        await asyncio.sleep(1)
    new = [run for run in all_runs(app.home) if run.id not in before]
    minutes = (max(r.finished for r in new if r.finished) - min(r.started for r in new if r.started)).total_seconds()
    return len(new) / (minutes / 60) / min(workers, os.cpu_count() or 1), most


def print_tables(costs: Costs) -> None:
    """What was measured, and what follows from it."""
    watching = costs.look * costs.looks
    rows = {
        "server before anybody came": f"{costs.server_mb:.0f} MB",
        "each session, with a file of 1,000 texts": f"{costs.session_mb:.1f} MB",
        "each page update": f"{costs.update * 1000:.0f} ms of the server's core",
        "each look at a training": f"{costs.look * 1000:.1f} ms of the server's core",
        "a student who watches a training": f"{watching:.2f} s of the server's core a minute ({costs.looks:.0f} looks)",
        "a process that trains": f"{costs.worker_mb:.0f} MB of its own",
        "the rest of the engine": f"{costs.engine_mb:.0f} MB",
        "trainings of the sample set's default models": f"{costs.trainings:.1f} a minute and core",
    }
    print("Measured:\n\n| what | cost |\n|---|---|")
    print("\n".join(f"| {name} | {cost} |" for name, cost in rows.items()))
    _print_extrapolation(costs)


def _print_extrapolation(costs: Costs) -> None:
    student = costs.update * _UPDATES_A_MINUTE + costs.look * _LOOKS_A_MINUTE  # seconds of a core a minute
    drawn, trained = 60 * _PAGES_SHARE / student, costs.trainings * _WITHIN / _MODELS
    print(
        f"\nExtrapolated, not measured. A core draws the pages of {drawn:.0f} students ({_UPDATES_A_MINUTE} page"
        f" updates and {_LOOKS_A_MINUTE} looks a minute each: {student:.2f} s)\nwithout being busy for more than"
        f" {_PAGES_SHARE:.0%} of its time; a server uses one core, so more students need more servers on one store.\n"
        f"A core trains the {_MODELS} default models of {trained:.0f} students within {_WITHIN} minutes. The best split"
        " of the cores between the two:\n"
    )
    print("| cores | servers | training processes | students | a core | memory |\n|---:|---:|---:|---:|---:|---:|")
    for cores in (2, 4, 8, 16, 32):
        servers = max(range(1, cores), key=lambda pages: min(pages * drawn, (cores - pages) * trained))
        students = int(min(servers * drawn, (cores - servers) * trained))
        memory = servers * (costs.server_mb + costs.engine_mb) + students * costs.session_mb
        memory = (memory + (cores - servers) * costs.worker_mb) / 1000
        numbers = (cores, servers, cores - servers, students, f"{students / cores:.0f}", f"{memory:.1f} GB")
        print("| " + " | ".join(map(str, numbers)) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long all of them watch")
    parser.add_argument("--rounds", type=int, default=3, help="how often the default models are trained")
    arguments = parser.parse_args()
    workers = min(os.cpu_count() or 1, 4)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder), SEQLAB_AUTH="browser", SEQLAB_WORKERS=str(workers)) as app,
    ):
        open_the_room(app)
        costs = asyncio.run(measure(app, arguments.students, arguments.seconds, arguments.rounds, workers))
    print_tables(costs)


if __name__ == "__main__":
    main()
