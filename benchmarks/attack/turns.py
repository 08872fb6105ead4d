"""One person who takes everybody's turn."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, suppress

from benchmarks.attack.target import Target, until
from benchmarks.attack.training import BESIDE_THE_RNN, tick_models
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.student import own_file

_EVERY = (
    "rnn", "lstm", "bilstm", "gru", "bigru", "lstm_attention", "bilstm_attention", "transformer", "cnn", "bag_of_words",
)  # fmt: skip
_FIVE = ("lstm", "bilstm", "gru", "bigru", "bilstm_attention")
_A_TURN = 90.0  # seconds until somebody who waits has a first point of a curve: a minute, and the training's start
_PATIENCE = 150.0
_ELSEWHERE = "127.0.0.2"  # another address of the loopback


async def start_largest(tab: Tab, models: tuple[str, ...], repeats: int) -> int:
    """Train the largest that the form allows; returns how many runs that are."""
    await tab.choose("data-source", "Upload")
    await tab.upload("data-file", "large.csv", own_file(20_000, 11))
    await tab.click("to-train")
    await tick_models(tab, models, wanted=True)
    await tick_models(tab, set(_EVERY) - set(models), wanted=False)
    await tab.enter("train-training-epochs", 500)
    with suppress(VisitError):
        await tab.enter("train-shared-units", 128)
    if repeats > 1:
        await tab.enter("set-repeats", repeats)
    await tab.click("train")
    return len(models) * repeats


async def seconds_to_first_point(target: Target, address: str | None) -> tuple[float, str]:
    """Seconds until a small RNN of somebody new has been trained for a part of an epoch; what the page says then."""
    async with Tab(target.url, address=address) as tab:
        await tab.click("to-train")
        await tick_models(tab, BESIDE_THE_RNN, wanted=False)
        start = time.perf_counter()
        await tab.click("train")
        experiment = tab.page.query_values().get("experiment", "")
        question = "SELECT COUNT(*) FROM metrics JOIN runs ON runs.id = run_id WHERE experiment_id = ?"
        await until(lambda: target.rows(question, experiment)[0][0], _PATIENCE)
        seconds = time.perf_counter() - start
        said = "; ".join(each.text for each in tab.page.of_kind("progress"))[:100]
        return seconds, said


def _told(seconds: float, said: str) -> str:
    return f"{'nothing' if seconds >= _PATIENCE else 'first points'} after {seconds:.0f} s ({said})"


@attack("one_person", seconds=400)
async def one_person(target: Target) -> Outcome:
    """45 runs of the largest size by one person, then a small RNN of another."""
    async with Tab(target.url) as greedy:
        runs = await start_largest(greedy, _FIVE, 9)
        await until(lambda: target.rows("SELECT id FROM runs WHERE epoch > 0"), 120.0)
        seconds, said = await seconds_to_first_point(target, _ELSEWHERE)
        problems = "; ".join(greedy.page.problems)[:100]
    waiting = target.rows("SELECT COUNT(*) FROM runs")[0][0]
    figure = f"{_told(seconds, said)} behind {waiting} of {runs} runs {problems}"
    return Outcome(seconds < _A_TURN, figure)


@attack("eleven_cookies", seconds=500)
async def eleven_cookies(target: Target) -> Outcome:
    """The same by eleven cookies from one address; the other comes from another address."""
    async with AsyncExitStack() as stack:
        greedy = [await stack.enter_async_context(Tab(target.url)) for _ in range(11)]
        for tab in greedy:
            with suppress(VisitError):
                await start_largest(tab, _FIVE[:2], 2)
        await until(lambda: target.rows("SELECT id FROM runs WHERE epoch > 0"), 120.0)
        seconds, said = await asyncio.wait_for(seconds_to_first_point(target, _ELSEWHERE), _PATIENCE + 60)
    waiting = target.rows("SELECT COUNT(*) FROM runs")[0][0]
    return Outcome(seconds < _A_TURN, f"{_told(seconds, said)} behind {waiting - 1} runs")
