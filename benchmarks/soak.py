"""The app under everyday use for a while: people look, upload, train, ask models; what it costs at the end.

    python -m benchmarks.soak [--minutes 20] [--people 6] [--json] [--root CHECKOUT]

Every person has cookies and a websocket of their own, and goes round: bring a file, look at it, train two small models,
compare them, ask them about a text, leave and come back as somebody new. Prints page updates, the 95th percentile of
their seconds, errors on pages and in logs, and the memory of the server and everything below it at the start, after
the first round and at the end. Exits with 1 when there was an error, a run that did not finish, or a 95th percentile
that is not below a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil

from benchmarks.class_checks import log_problems
from benchmarks.processes import MB
from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.streamlit_http import Web
from benchmarks.student import Lesson, Report, attend
from scripts.running_app import ROOT, running_app

LIMIT = 1.0  # seconds that the 95th percentile of page updates has to stay below
_ROWS, _EPOCHS, _THINK = 300, 3, 2.0
_QUESTION = "a film that nobody should miss"


@dataclass
class Soak:
    """What came of it.

    Attributes:
        seconds: Of every page update.
        rounds: That people finished.
        problems: Errors on pages, in logs, rounds that were given up.
        memory: Megabytes of the server and all below it, at the start, in the middle and at the end.
    """

    seconds: list[float] = field(default_factory=list)
    rounds: int = 0
    problems: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


async def soak(url: str, pid: int, people: int, minutes: float) -> Soak:
    """Let people go round until the time is over; each finishes the round that was begun."""
    found, deadline = Soak(memory=[memory_of(pid)]), time.monotonic() + 60 * minutes
    middle = asyncio.create_task(_measure_in_the_middle(found, pid, 30 * minutes))
    await asyncio.gather(*(_go_round(url, number, people, deadline, found) for number in range(people)))
    await middle
    found.memory.append(memory_of(pid))
    return found


async def _measure_in_the_middle(found: Soak, pid: int, seconds: float) -> None:
    await asyncio.sleep(seconds)
    found.memory.append(memory_of(pid))


async def _go_round(url: str, number: int, people: int, deadline: float, found: Soak) -> None:
    lesson = Lesson(models=("rnn", "lstm"), rows=_ROWS, epochs=_EPOCHS, think=_THINK, patience=600.0)
    while time.monotonic() < deadline:
        web = Web(url)
        report = await attend(url, number, lesson, late=0.0, web=web)
        await _ask(url, report, web, found)
        found.seconds += [update.seconds for update in report.updates]
        found.problems += report.problems
        found.rounds += not report.problems
        number += people  # somebody new, with a file of their own


async def _ask(url: str, report: Report, web: Web, found: Soak) -> None:
    """Look inside what one has trained, in another tab."""
    if not report.experiment:
        return
    try:
        async with Tab(url, f"attention?experiment={report.experiment}", web=web) as tab:
            await tab.until(lambda: tab.page.find("look-text"), "the text box")
            await tab.write("look-text", f"{_QUESTION} {report.number}")
            await tab.refresh()
            found.seconds += [update.seconds for update in tab.updates]
            found.problems += tab.page.problems
    except (VisitError, OSError) as error:
        found.problems.append(f"looking inside: {type(error).__name__}: {error}")


def memory_of(pid: int) -> float:
    """Megabytes of a server and everything below it, what they share counted once."""
    server = psutil.Process(pid)
    return float(sum(each.memory_full_info().pss for each in [server, *server.children(recursive=True)]) / MB)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to try")
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder), root=arguments.root, SEQLAB_AUTH="browser") as app,
    ):
        found = asyncio.run(soak(app.url, app.pid, arguments.people, arguments.minutes))
        found.problems += log_problems(app.home)
    p95 = float(np.percentile(found.seconds, 95)) if found.seconds else float("inf")
    if arguments.json:
        print(json.dumps(asdict(found) | {"p95": p95}))
    else:
        start, middle, end = found.memory
        print(f"{len(found.seconds)} page updates, p95 {p95:.2f} s, worst {max(found.seconds, default=0):.2f} s")
        print(f"{found.rounds} rounds of {arguments.people} people, {2 * found.rounds} trainings")
        print(f"memory {start:.0f} MB at the start, {middle:.0f} MB in the middle, {end:.0f} MB at the end")
        print(f"{len(found.problems)} problems", *found.problems[:10], sep="\n  ")
    sys.exit(0 if p95 < LIMIT and not found.problems else 1)


if __name__ == "__main__":
    main()
