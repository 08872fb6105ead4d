"""How many people one server holds at once, and what the next one gets.

    python -m benchmarks.crowd [--steps 25,50,75,100] [--seconds 20] [--think 10] [--json]

Starts the app without a limit of sessions and lets people in by steps: each has cookies and a websocket of their own
and asks for a page every `--think` seconds on average. After each step it looks for so many seconds and prints how
long page updates took. Then it starts the app again with as many sessions as were held with the 95th percentile below
a second, fills it, and shows what the next ones see: their place in a line, and that they go on when somebody leaves.
Exits with 1 when a newcomer got neither a page nor a place, or the line did not go on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil

from benchmarks.processes import MB, cpu_seconds
from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.streamlit_http import Web
from scripts.running_app import ROOT, RunningApp, running_app

LIMIT = 1.0  # seconds that the 95th percentile of page updates has to stay below
_PAGES = ("", "train", "runs", "guide", "glossary")
_AT_ONCE = 5  # people who come in at the same time
_NEWCOMERS = 3
_GOES_ON = 30.0  # seconds from somebody's leaving to the next one's page


@dataclass(frozen=True)
class Step:
    """What a number of people felt.

    Attributes:
        people: With an open page each.
        updates: Page updates while one looked.
        p50: Seconds that half of them took at most.
        p95: ... and 95 % of them.
        worst: ... and all.
        server_cores: Processor time of the server, per second.
        server_mb: Its memory, resident.
        problems: Connections that ended, errors on pages.
    """

    people: int
    updates: int
    p50: float
    p95: float
    worst: float
    server_cores: float
    server_mb: float
    problems: int

    @property
    def is_held(self) -> bool:
        """Whether everybody was served well."""
        return self.p95 < LIMIT and not self.problems


async def let_in(url: str, steps: list[int], seconds: float, think: float, pid: int) -> list[Step]:
    """Let people in step by step and look after each.

    Args:
        url: Where the app is.
        steps: How many people after each step, rising.
        seconds: That one looks.
        think: Mean seconds between two updates of one person.
        pid: Of the server.
    """
    found: list[Step] = []
    async with AsyncExitStack() as room:
        tabs: list[Tab] = []
        busy: list[asyncio.Task[None]] = []
        for step in steps:
            while len(tabs) < step:
                numbers = range(len(tabs), min(len(tabs) + _AT_ONCE, step))
                coming = [Tab(url, _PAGES[number % len(_PAGES)]) for number in numbers]
                tabs += await asyncio.gather(*(room.enter_async_context(tab) for tab in coming))
                busy += [asyncio.create_task(_work(*each, think)) for each in zip(coming, numbers, strict=True)]
            found.append(await _look(tabs, seconds, psutil.Process(pid)))
            if not found[-1].is_held:
                break
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
    return found


async def _work(tab: Tab, number: int, think: float) -> None:
    pauses = random.Random(number)
    while True:
        await asyncio.sleep(pauses.uniform(0.5, 1.5) * think)
        await tab.refresh()


async def _look(tabs: list[Tab], seconds: float, server: psutil.Process) -> Step:
    done = [len(tab.updates) for tab in tabs]
    start, spent = time.perf_counter(), cpu_seconds(server)
    await asyncio.sleep(seconds)
    took = [each.seconds for tab, before in zip(tabs, done, strict=True) for each in tab.updates[before:]]
    cores = (cpu_seconds(server) - spent) / (time.perf_counter() - start)
    problems = sum(bool(tab.closed_by_server) + len(tab.page.problems) for tab in tabs)
    p50, p95 = (float(np.percentile(took, part)) if took else float("inf") for part in (50, 95))
    memory = server.memory_info().rss / MB
    return Step(len(tabs), len(took), p50, p95, max(took, default=float("inf")), cores, memory, problems)


async def what_the_next_get(url: str, most: int) -> list[str]:
    """Fill the server, then come once more; one line for every newcomer."""
    lines = []
    async with AsyncExitStack() as room:
        first = Tab(url)
        await first.__aenter__()
        for _ in range(most - 1):
            await room.enter_async_context(Tab(url))
        newcomers = [Web(url) for _ in range(_NEWCOMERS)]
        for number, web in enumerate(newcomers, start=1):
            place = await asyncio.to_thread(web.knock)
            lines.append(f"newcomer {number}: place {place} in line" if place else f"newcomer {number}: the page")
        await first.__aexit__(None, None, None)
        start = time.perf_counter()
        while time.perf_counter() - start < _GOES_ON and await asyncio.to_thread(newcomers[0].place) > 0:
            await asyncio.sleep(1.0)
        try:
            async with Tab(url, web=newcomers[0]):
                lines.append(f"newcomer 1: the page {time.perf_counter() - start:.1f} s after somebody left")
                lines.append(f"newcomer 2: place {await asyncio.to_thread(newcomers[1].place)} then")
        except (VisitError, OSError) as error:
            lines.append(f"newcomer 1: NO PAGE: {error}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", default="25,50,75,100,125,150", help="numbers of people, with commas")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each step is looked at")
    parser.add_argument("--think", type=float, default=10.0, help="mean seconds between two updates of one person")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to try")
    arguments = parser.parse_args()
    numbers = [int(each) for each in arguments.steps.split(",")]
    with _app(arguments.root, most=0) as app:
        steps = asyncio.run(let_in(app.url, numbers, arguments.seconds, arguments.think, app.pid))
    held = max((step.people for step in steps if step.is_held), default=0)
    room = max(2, min(held or min(numbers), 25))  # the line is the same whatever the room
    with _app(arguments.root, most=room) as app:
        lines = asyncio.run(what_the_next_get(app.url, room))
    print_outcome(steps, held, room, lines, as_json=arguments.json)
    sys.exit(0 if any("place 1" in line for line in lines) and not any("NO PAGE" in line for line in lines) else 1)


@contextmanager
def _app(root: Path, most: int) -> Iterator[RunningApp]:
    """The app with room for so many; 0: any number."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder), root=root, SEQLAB_AUTH="browser", SEQLAB_MAX_SESSIONS=str(most)) as app,
    ):
        yield app


def print_outcome(steps: list[Step], held: int, room: int, lines: list[str], *, as_json: bool) -> None:
    """The figures, as a table or as JSON."""
    if as_json:
        print(json.dumps({"steps": [asdict(step) for step in steps], "held": held, "room": room, "next": lines}))
        return
    print("| people | updates | p50, s | p95, s | worst, s | server, cores | server, MB | problems |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for step in steps:
        print(
            f"| {step.people} | {step.updates} | {step.p50:.2f} | {step.p95:.2f} | {step.worst:.2f} "
            f"| {step.server_cores:.2f} | {step.server_mb:.0f} | {step.problems} |"
        )
    print(f"\n{held} people held with p95 below {LIMIT:.0f} s. With room for {room}, all of it taken:")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
