"""What heavy data of one visitor take of the server's memory, and how long another one waits meanwhile.

    python benchmarks/reading_memory.py [--app CHECKOUT] [--only gzip|words|json] [--seconds 120]

Starts the app (that of another checkout with --app) on a temporary home folder. One visitor uploads five small
`.csv.gz` that unpack to 95 MB each, all at once from five tabs; a file of 57 MB in which every word is another one,
learned as subwords; a JSON object of five million keys. Another visitor asks for a page again and again.

Prints, for each, the most memory that the server had and that its children had together (resident, megabytes; the
training engine apart), what the heavy visitor was told, and the waits of the other one. Each is given up after so many
seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil

from benchmarks.streamlit_client import Tab, VisitError
from scripts.running_app import ROOT, RunningApp, running_app

MB = 1e6
_EVERY = 0.1  # seconds between two looks
_CHILDREN = ("in_child", "confined", "xray import child")  # in the command lines of those that do heavy work


@dataclass
class Seen:
    """What was seen while something was done."""

    server_mb: float = 0.0
    children_mb: float = 0.0
    waits: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def packed_files() -> list[bytes]:
    """Five files of 95 MB each, packed to a thousandth."""
    return [gzip.compress(b"text,label\n" + b"the same words once more,%d\n" % n * 3_500_000) for n in range(5)]


def unique_words() -> bytes:
    """57 MB of texts in which no word stands twice."""
    rows = (" ".join(f"w{row * 400 + n:07x}" for n in range(400)) for row in range(14_600))
    return ("text,label\n" + "\n".join(f"{text},{'ab'[row % 2]}" for row, text in enumerate(rows))).encode()


def giant_object() -> bytes:
    """One JSON object of five million keys."""
    return ("{" + ",".join(f'"k{n}":1' for n in range(5_000_000)) + "}").encode()


async def upload(url: str, name: str, data: bytes, seconds: float, told: list[str]) -> None:
    """What a visitor does, and what stands on the page at its end."""
    async with Tab(url) as tab:
        await tab.choose("data-source", "Upload")
        try:
            await asyncio.wait_for(tab.upload("data-file", name, data), seconds)
            told += [each.body[:100] for each in tab.page.of_kind("alert")] or ["read"]
        except (TimeoutError, VisitError) as error:
            told.append(f"given up: {type(error).__name__}")


async def upload_subwords(url: str, data: bytes, seconds: float, told: list[str]) -> None:
    """The same with subwords chosen before."""
    async with Tab(url) as tab:
        with suppress(VisitError, StopIteration):
            await tab.select("data-input-tokenizer", "ubword")
        await tab.choose("data-source", "Upload")
        try:
            await asyncio.wait_for(tab.upload("data-file", "words.csv", data), seconds)
            told += [each.body[:100] for each in tab.page.of_kind("alert")] or ["learned"]
        except (TimeoutError, VisitError) as error:
            told.append(f"given up: {type(error).__name__}")


async def watch(app: RunningApp, work: Callable[[list[str]], Coroutine[None, None, None]]) -> Seen:
    """Have something done while another visitor uses the app."""
    seen, server = Seen(), psutil.Process(app.pid)

    async def look() -> None:
        while True:
            seen.server_mb = max(seen.server_mb, server.memory_info().rss / MB)
            seen.children_mb = max(seen.children_mb, sum(map(_heavy, server.children())) / MB)
            await asyncio.sleep(_EVERY)

    async def other() -> None:
        async with Tab(app.url) as tab:
            while True:
                begun = time.perf_counter()
                with suppress(VisitError):
                    await tab.refresh()
                seen.waits.append(time.perf_counter() - begun)
                await asyncio.sleep(_EVERY)

    aside = [asyncio.create_task(look()), asyncio.create_task(other())]
    await asyncio.sleep(2.0)
    seen.waits.clear()
    await work(seen.told)
    for task in aside:
        task.cancel()
    return seen


def _heavy(child: psutil.Process) -> int:
    try:
        return int(child.memory_info().rss) if any(name in " ".join(child.cmdline()) for name in _CHILDREN) else 0
    except psutil.Error:
        return 0


async def run(app: RunningApp, name: str, seconds: float) -> Seen:
    """One of the three."""

    async def five(told: list[str]) -> None:
        files = packed_files()
        await asyncio.gather(*(upload(app.url, f"{n}.csv.gz", data, seconds, told) for n, data in enumerate(files)))

    async def words(told: list[str]) -> None:
        await upload_subwords(app.url, unique_words(), seconds, told)

    async def keys(told: list[str]) -> None:
        await upload(app.url, "keys.json", giant_object(), seconds, told)

    return await watch(app, {"gzip": five, "words": words, "json": keys}[name])


def main() -> None:
    """Each on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, default=ROOT, help="the checkout whose app is started")
    parser.add_argument("--only", choices=["gzip", "words", "json"])
    parser.add_argument("--seconds", type=float, default=120.0)
    asked = parser.parse_args()
    print(f"{'':8}{'server MB':>10}{'children MB':>12}{'other p50 s':>12}{'p95':>7}{'most':>7}  told")
    for name in [asked.only] if asked.only else ["gzip", "words", "json"]:
        with tempfile.TemporaryDirectory() as home:
            with running_app(Path(home), root=asked.app, SEQLAB_AUTH="browser", SEQLAB_WORKERS="1") as app:
                seen = asyncio.run(run(app, name, asked.seconds))
            waits = seen.waits or [0.0]
            middle, late = np.percentile(waits, 50), np.percentile(waits, 95)
            figures = f"{seen.server_mb:>10.0f}{seen.children_mb:>12.0f}{middle:>12.2f}{late:>7.2f}{max(waits):>7.2f}"
            print(f"{name:8}{figures}  {'; '.join(dict.fromkeys(seen.told))}", flush=True)


if __name__ == "__main__":
    main()
