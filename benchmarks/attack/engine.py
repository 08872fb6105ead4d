"""An engine that dies, again and again."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress

from benchmarks.attack.target import Target, until
from benchmarks.attack.training import start_rnn
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab, VisitError

_RUNS = 3  # times that it is killed
_COMES_BACK = 60.0  # seconds that one waits for the next
_GOES_ON = 240.0  # seconds from Resume to the next epoch


def _kill(target: Target) -> None:
    for supervisor in target.supervisors():
        with suppress(ProcessLookupError):
            os.killpg(supervisor.pid, signal.SIGKILL)


@attack("dying_engine", seconds=600)
async def dying_engine(target: Target) -> Outcome:
    """The engine is killed within 30 seconds of each of its starts, then left alone; then Resume."""
    async with Tab(target.url) as tab:
        await start_rnn(tab, rows=6000, epochs=300)
        experiment = tab.page.query_values()["experiment"]
        await until(lambda: _epoch(target, experiment) > 0, 120.0)
        killed = 0
        for _ in range(_RUNS):
            if not await until(target.supervisors, _COMES_BACK):
                break
            await asyncio.sleep(3.0)
            await asyncio.to_thread(_kill, target)
            killed += 1
            await until(lambda: not target.supervisors(), 15.0)
        words = await _sentence(tab)
        return await _resume(target, tab, experiment, killed, words)


def _epoch(target: Target, experiment: str) -> float:
    return float(target.rows("SELECT MAX(epoch) FROM runs WHERE experiment_id = ?", experiment)[0][0] or 0.0)


def _state(target: Target, experiment: str) -> str:
    return str(target.rows("SELECT state FROM runs WHERE experiment_id = ?", experiment)[0][0])


async def _sentence(tab: Tab) -> str:
    """What the page says of the engine."""
    with suppress(VisitError):
        await tab.refresh()
    said = [alert.body for alert in tab.page.of_kind("alert")]
    return "; ".join(said)[:140]


async def _resume(target: Target, tab: Tab, experiment: str, killed: int, words: str) -> Outcome:
    """Press Resume where it is offered, and wait for the next epoch."""
    start, before, pressed = time.perf_counter(), _epoch(target, experiment), 0
    deadline = start + _GOES_ON
    while time.perf_counter() < deadline:
        if _state(target, experiment) in ("interrupted", "failed") and pressed < 3:
            with suppress(VisitError):
                await tab.refresh()
                for shown in tab.page.widgets():
                    if "-resume-" in shown.message.id or "resume-all" in shown.message.id:
                        await tab.click(shown.message.id.split("-", 2)[2])
                        pressed += 1
                        break
        if _state(target, experiment) in ("training", "finished") and _epoch(target, experiment) > before:
            break
        await asyncio.sleep(3.0)
    goes_on = _epoch(target, experiment) > before
    seconds = time.perf_counter() - start
    told = f"goes on after {seconds:.0f} s" if goes_on else f"{_state(target, experiment)} for {seconds:.0f} s"
    problems = "; ".join(tab.page.problems[-1:])[:120]
    return Outcome(
        goes_on, f"killed {killed} times, Resume pressed {pressed} times: {told}; says “{words or problems}”"
    )
