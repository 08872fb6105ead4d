"""How long every page takes on a store of 2,000 runs and 2 million metric rows, against a store of one experiment.

    python benchmarks/large_store.py [--experiments 500] [--rows 1000] [--repeats 3]

Trains one experiment of the four seed models, then copies the home folder and fills the copy with that experiment's
runs over and over. Both apps run at once and are visited in turn by one Chromium. Prints, for each page, seconds to
the first contentful paint and until nothing moves any more, and the ratios; exits with 1 where a first paint takes
more than 1.5 times as long. An empty store is visited too.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa
from playwright.sync_api import Browser, sync_playwright

from benchmarks.race import bad, load, wait_for
from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, running_app
from seqcore.engine import Engine
from seqcore.lab.plan import Choices
from seqcore.settings import Settings
from seqcore.store import Store, schema
from seqcore.store.database import new_id

WORKSPACE = "personal"
PAGES = ("", "train", "compare", "attention", "predict", "runs", "guide", "glossary")
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def store_of(home: Path) -> Store:
    settings = Settings(home=home)
    return Store(settings.database, settings.artifacts)


def train_one(home: Path) -> None:
    """The four seed models on the sample, two epochs each."""
    store, data = store_of(home), load(None, text=None, label=None, rows=None)
    dataset = store.datasets.add(WORKSPACE, data)
    specs = Choices().with_values({"epochs": 2}).specs(data.content_hash, max_epochs=500)
    experiment = store.experiments.add(WORKSPACE, dataset.id, specs)
    engine = Engine.start(Settings(home=home))
    try:
        engine.submit(experiment.run_ids)
        problems = bad(wait_for(store, WORKSPACE, experiment.id))
    finally:
        engine.close()
        store.close()
    if problems:
        sys.exit("\n".join(problems))


def fill(home: Path, experiments: int, rows: int) -> tuple[int, int]:
    """Copy the one experiment, its runs and their files until there are so many; gives runs and metric rows."""
    store = store_of(home)
    with store.database.reading() as connection:
        runs = [dict(row) for row in connection.execute(sa.select(schema.runs)).mappings()]
        (first,) = connection.execute(sa.select(schema.experiments)).mappings()
    for number in range(1, experiments):
        copy_id = new_id()
        created = first["created"] + timedelta(seconds=number)
        copies = [run | {"id": new_id(), "experiment_id": copy_id, "created": created} for run in runs]
        numbers = [
            {
                "run_id": copy["id"], "split": "validation" if step % 20 == 19 else "train", "epoch": step / rows * 2,
                "step": step, "seconds": step / 100, "loss": 1 / (1 + step / 100), "accuracy": 1 - 1 / (2 + step / 100),
            }
            for copy in copies
            for step in range(rows)
        ]  # fmt: skip
        with store.database.writing() as connection:
            connection.execute(
                schema.experiments.insert().values(
                    dict(first) | {"id": copy_id, "name": f"Copy {number}", "created": created}
                )
            )
            connection.execute(schema.runs.insert(), copies)
            connection.execute(schema.metrics.insert(), numbers)
        if number > experiments - 5:  # the newest, which the pages show
            for run, copy in zip(runs, copies, strict=True):
                files = home / "artifacts" / "runs"
                shutil.copytree(files / run["id"], files / copy["id"])
    with store.database.reading() as connection:
        counts = [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (schema.runs, schema.metrics)
        ]
    store.close()
    return counts[0], counts[1]


def visit(browser: Browser, url: str) -> tuple[float, float]:
    """Seconds to the first contentful paint, and until the page stands still."""
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("h1")
    painted = page.evaluate(PAINT) / 1000
    page.wait_for_selector("[data-testid=stApp]:not([data-test-script-state=running])", state="attached")
    still = time.perf_counter() - start
    page.close()
    return painted, still


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--experiments", type=int, default=500)
    parser.add_argument("--rows", type=int, default=1000, help="metric rows of a run")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty, small, large = (Path(folder) / name for name in ("empty", "small", "large"))
        empty.mkdir(), small.mkdir()
        train_one(small)
        shutil.copytree(small, large)
        runs, rows = fill(large, arguments.experiments, arguments.rows)
        print(f"{runs:,} runs and {rows:,} metric rows")
        with (
            running_app(empty) as bare, running_app(small) as few, running_app(large) as many,
            sync_playwright() as playwright,
        ):  # fmt: skip
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            slow = race(browser, {"empty": bare.url, "one": few.url, "many": many.url}, arguments.repeats)
            browser.close()
    sys.exit(1 if slow else 0)


def race(browser: Browser, urls: dict[str, str], repeats: int) -> list[str]:
    """Visit every page of every app in turn; prints the table and gives the pages that are too slow."""
    slow = []
    print(f"{'':10}{'first paint, s':>30}{'':8}{'until still, s':>30}")
    print(f"{'':10}" + 2 * (f"{'empty':>8}{'one':>8}{'many':>8}{'ratio':>8}" + " " * 6))
    for name in PAGES:
        found: dict[str, list[tuple[float, float]]] = {which: [] for which in urls}
        for turn in range(repeats + 1):
            for which, url in urls.items():
                seconds = visit(browser, f"{url}/{name}")
                if turn:  # the first visit fills caches
                    found[which].append(seconds)
        painted = {which: statistics.median(first for first, _ in each) for which, each in found.items()}
        still = {which: statistics.median(last for _, last in each) for which, each in found.items()}
        line = f"{name or 'data':10}"
        for measure, base in ((painted, "empty"), (still, "one")):
            line += "".join(f"{value:8.2f}" for value in measure.values()) + f"{measure['many'] / measure[base]:7.2f}x"
            line += " " * 6
        print(line.rstrip(), flush=True)
        if painted["many"] > 1.5 * painted["empty"]:
            slow.append(name)
    return slow


if __name__ == "__main__":
    main()
