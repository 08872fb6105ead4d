"""What a server still holds of tabs that were closed, each of which had brought a small file that is large in memory.

    python benchmarks/closed_tabs.py [--tabs 30] [--rounds 3] [--rows 90000] [--root .]

Opens tabs one after the other, uploads to each a Parquet file of another content (about 0.27 MB, some tens of MB as
texts), looks at the data and closes it, as a browser does when its window is closed. Prints the resident memory of the
server after the first page, after every round, and half a minute later; and how long a page took meanwhile. With
--root the same is done to another checkout.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.streamlit_client import Tab
from scripts.running_app import RunningApp, running_app

MB = 1e6
AFTER = 30.0  # seconds after the last tab was closed
WORDS = [f"{start}{middle}{end}" for start in "bdfglm" for middle in ("ala", "iro", "ume", "eni") for end in "nrst"]


def small_file(seed: int, rows: int) -> bytes:
    """A Parquet file of few texts, each of which stands in it many times."""
    rng = random.Random(seed)
    few = [" ".join(rng.choices(WORDS, k=160)) for _ in range(400)]
    texts, labels = rng.choices(few, k=rows), rng.choices(["yes", "no"], k=rows)
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": texts, "label": labels}), sink, compression="zstd")
    return sink.getvalue()


def resident(app: RunningApp) -> float:
    """Megabytes of the server itself."""
    return float(psutil.Process(app.pid).memory_info().rss) / MB


async def visit(app: RunningApp, file: bytes | None) -> None:
    """Open a tab, bring a file, close the tab."""
    async with Tab(app.url) as tab:
        if file is not None:
            await tab.choose("data-source", "Upload")
            await tab.upload("data-file", "mine.parquet", file)
            if tab.page.problems:
                raise SystemExit(f"the page says: {tab.page.problems}")


async def measure(app: RunningApp, tabs: int, rounds: int, rows: int) -> None:
    await visit(app, None)
    print(f"{'first page':24}{resident(app):10.0f} MB", flush=True)
    for number in range(rounds):
        most, seconds = 0.0, []
        for place in range(tabs):
            file = small_file(number * tabs + place, rows)
            start = time.perf_counter()
            await visit(app, file)
            seconds.append(time.perf_counter() - start)
            most = max(most, resident(app))
        print(
            f"round {number + 1} of {tabs} tabs{'':8}{resident(app):10.0f} MB, at most {most:.0f} MB, each file "
            f"{len(file) / MB:.2f} MB, median visit {statistics.median(seconds):.1f} s",
            flush=True,
        )
    await asyncio.sleep(AFTER)
    await visit(app, None)
    print(f"{AFTER:.0f} s later{'':15}{resident(app):10.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tabs", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=90_000)
    parser.add_argument("--root", type=Path, default=ROOT)
    given = parser.parse_args()
    root = given.root.resolve()
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder), root=root, SEQLAB_AUTH="browser") as app:
        asyncio.run(measure(app, given.tabs, given.rounds, given.rows))


if __name__ == "__main__":
    main()
