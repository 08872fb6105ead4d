"""Things that break below the server: what its pages and its health check say then."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from benchmarks.attack.asking import ask
from benchmarks.attack.target import Ground, Target, until
from benchmarks.attack.training import start_rnn
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.student import own_file

_FALSE = "it is our mistake"
_DISK = "24m"


def small_disk(ground: Ground) -> None:
    """The home folder on a disk of its own."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(ground.home)], check=True)


def read_only(ground: Ground) -> None:
    """A home folder with a finished training on a disk that can only be read."""
    small_disk(ground)
    file = ground.home / "texts.csv"
    file.write_bytes(own_file(60, 1))
    ground.command("train", str(file), "--architectures", "rnn", "--epochs", "1")
    subprocess.run(["mount", "-o", "remount,ro", str(ground.home)], check=True)


@contextmanager
def full(target: Target) -> Iterator[None]:
    """No byte free on the disk of the home folder."""
    filler = target.ground.home / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as output:
        while True:
            output.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


async def words_after(target: Target, *, press: str) -> str:
    """The errors on a page after somebody brought data and pressed a button."""
    try:
        async with Tab(target.url) as tab, asyncio.timeout(90):
            with suppress(VisitError):
                await tab.click(press)
            with suppress(VisitError):
                await tab.refresh()
            return "; ".join([*tab.page.problems, *(each.body for each in tab.page.of_kind("alert"))])
    except (VisitError, OSError, TimeoutError) as error:
        return f"no page: {type(error).__name__} {error}"


def _outcome(words: str, health: int) -> Outcome:
    said = words.replace("\n", " ")[:170] or "nothing"
    true = bool(words) and _FALSE not in words and "no page" not in words
    return Outcome(true and health == 503, f"health {health}; the page says “{said}”")


@attack("full_disk", prepare=small_disk, seconds=240)
async def full_disk(target: Target) -> Outcome:
    """A disk that is full when somebody presses Train."""
    async with Tab(target.url):
        pass
    with full(target):
        words = await words_after(target, press="train-now")
        await asyncio.sleep(6.0)
        health, _, _ = await asyncio.to_thread(ask, target.url, "/_stcore/health")
    return _outcome(words, health)


@attack("disk_fills", prepare=small_disk, seconds=400)
async def disk_fills(target: Target) -> Outcome:
    """A disk that fills while a model is trained: what becomes of the training, and what its page says."""
    async with Tab(target.url) as tab:
        await start_rnn(tab, rows=2000, epochs=200)
        await until(lambda: target.rows("SELECT id FROM runs WHERE epoch > 0"), 150.0)
        with full(target):
            question = "SELECT state, message FROM runs"
            await until(lambda: target.rows(question)[0][0] not in ("training", "preparing", "evaluating"), 60.0)
            state, message = target.rows(question)[0]
            with suppress(VisitError, TimeoutError):
                await asyncio.wait_for(tab.refresh(), 30.0)
            said = [*(each.body for each in tab.page.of_kind("alert")), str(message or "")]
            words = "; ".join(filter(None, said)).replace("\n", " ")
    frozen = state in ("training", "preparing", "evaluating") and "disk" not in words.lower()
    true = not frozen and _FALSE not in words and bool(words)
    return Outcome(true, f"the run is “{state}”; the page says “{words[:170] or 'nothing'}”")


@attack("read_only_home", prepare=read_only, seconds=240)
async def read_only_home(target: Target) -> Outcome:
    """A home folder that can only be read."""
    words = await words_after(target, press="train-now")
    health, _, _ = await asyncio.to_thread(ask, target.url, "/_stcore/health")
    return _outcome(words, health)


@attack("corrupt_database", seconds=240)
async def corrupt_database(target: Target) -> Outcome:
    """A database that is no database any more."""
    async with Tab(target.url) as tab:
        await tab.click("train-now")
    for name in ("sequence-lab.db", "sequence-lab.db-wal", "sequence-lab.db-shm"):
        with suppress(OSError):
            file = target.ground.home / name
            with file.open("r+b") as content:
                content.write(os.urandom(min(file.stat().st_size, 1_000_000)))
    words = await words_after(target, press="train-now")
    await asyncio.sleep(6.0)
    health, _, _ = await asyncio.to_thread(ask, target.url, "/_stcore/health")
    return _outcome(words, health)
