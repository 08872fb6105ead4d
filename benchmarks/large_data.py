"""What 50,000 long texts and 200,000 short ones ask of the app: seconds, memory, and what others feel of it.

    python -m benchmarks.large_data [imdb.parquet] [--short sms_spam.csv] [--app CHECKOUT] [--json FILE]

Starts the app with one training process on a temporary home folder, uploads the file as a browser does, trains an LSTM
and then a bag of words, opens the comparison after each, and has the last model answer the whole file on the Predict
page, while somebody else goes from page to page. Where the long file has fewer than 50,000 texts, mixtures of two are
added, no two of them equal; 200,000 short texts are made from the words of `--short`.

Prints, for each, how many rows there were, how many differ, and how many each part of the split has; seconds until the
Data page is shown and of ten clicks on it; the most memory that the server had (VmHWM, Linux only) above what it had
before, beside twice what was uploaded and 200 MB (on Predict the file was uploaded twice); seconds from Train to the
first point, of an epoch, of the test; the waits of the other visitor; and the bag of words beside scikit-learn's
`TfidfVectorizer` and `LogisticRegression` on the same split, as they come, and with pairs of words and the strength
chosen on the validation rows as ours is. The load of the machine stands beside them. Exits with 1 where the server
takes more memory than that, or the other visitor waits more than a second in one of twenty visits. `--app` is another
checkout, to be compared with this one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil
import sqlalchemy as sa
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.large_data_files import long_rows, short_rows
from benchmarks.large_store import store_of
from benchmarks.processes import MB, cpu_seconds, engine_cpu_seconds
from benchmarks.race import bad
from benchmarks.streamlit_client import Tab, VisitError
from scripts.running_app import ROOT, RunningApp, running_app
from seqcore.architectures import architectures
from seqcore.datasets import split_rows
from seqcore.datasets.split import PARTS
from seqcore.store import DONE, Run, Store, schema
from seqcore.worker.fit.regression import STRENGTHS

LONG_ROWS, SHORT_ROWS = 50_000, 200_000
ALLOWED = 200.0  # MB, beside twice the file
PATIENCE = 3600.0
STATES = ("preparing", "training", "evaluating")
_PAGES = ("train", "runs", "", "glossary")
_EVERY = 0.1  # seconds between two looks, and between two pages of the other visitor
_ENGINE = 5  # processes of an engine that is ready
_CLICKS = 10
_LATE = 1.0  # seconds that the other visitor may wait
_SETTLED = 15.0  # seconds after which what starting took is given back


@dataclass
class Found:
    """What was measured with one file; seconds and megabytes.

    Attributes:
        waits: Of the other visitor, by what was done meanwhile.
        most: Most memory of the server, by what was done.
        children: Most memory that any process below the server had, by what was done.
        cpu: Processor seconds of the server, and of all processes below it, by what was done.
        files: How many uploads of the file the visitor has on the server, by what was done.
        rows: How many there were, in all and in each part of the split, and how many differ.
        problems: What did not go as it should.
    """

    name: str
    file_mb: float
    load: float
    idle_mb: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    children: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, tuple[float, float]] = field(default_factory=dict)
    accuracy: dict[str, float] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def allowed_mb(self, what: str) -> float:
        """That the server may have above what it had before: twice what was uploaded, and as much for all."""
        return 2 * self.files[what] * self.file_mb + ALLOWED

    def misses(self) -> list[str]:
        """What is not as it is demanded, a line each."""
        found = [f"{self.name}: {problem}" for problem in self.problems]
        for what, most in self.most.items():
            if most - self.idle_mb > self.allowed_mb(what):
                found.append(f"{self.name}, {what}: server {most - self.idle_mb:.0f} MB above idle")
        for what, waits in self.waits.items():
            if np.percentile(waits, 95) > _LATE:
                found.append(f"{self.name}, {what}: the other visitor waits {np.percentile(waits, 95):.2f} s (p95)")
        return found


class Watch:
    """Looks at the server, and at the page of somebody else, while something is done."""

    def __init__(self, app: RunningApp, found: Found) -> None:
        self._server, self._url, self._found = psutil.Process(app.pid), app.url, found
        self._doing = ""

    @asynccontextmanager
    async def here(self) -> AsyncIterator[None]:
        """Somebody else is on the pages for as long as the context lasts."""
        aside = [asyncio.create_task(self._look()), asyncio.create_task(self._be_another())]
        try:
            yield
        finally:
            for task in aside:
                task.cancel()
            await asyncio.gather(*aside, return_exceptions=True)

    @asynccontextmanager
    async def doing(self, what: str, files: int = 1) -> AsyncIterator[None]:
        """What is done in this context is told by this name; there are so many uploads of the file then."""
        self._found.files[what] = files
        Path(f"/proc/{self._server.pid}/clear_refs").write_text("5", encoding="ascii")  # forget the most so far
        before = processor_seconds(self._server)
        self._doing, begun = what, time.perf_counter()
        try:
            yield
        finally:
            self._found.seconds[what] = time.perf_counter() - begun
            self._found.most[what] = most_memory(self._server.pid)
            own, below = processor_seconds(self._server)
            self._found.cpu[what] = own - before[0], below - before[1]
            self._doing = ""
            print(f"{self._found.name}, {what}: {self._found.seconds[what]:.1f} s", file=sys.stderr, flush=True)

    async def _look(self) -> None:
        children = self._found.children
        while True:
            if what := self._doing:
                children[what] = max(children.get(what, 0.0), await asyncio.to_thread(largest_child, self._server))
            await asyncio.sleep(_EVERY)

    async def _be_another(self) -> None:
        while True:
            with suppress(VisitError, OSError):
                async with Tab(self._url) as tab:
                    for number in range(1_000_000):
                        what, begun = self._doing, time.perf_counter()
                        await tab.go(_PAGES[number % len(_PAGES)])
                        if what:
                            self._found.waits.setdefault(what, []).append(time.perf_counter() - begun)
                        await asyncio.sleep(_EVERY)


def most_memory(pid: int) -> float:
    """Most megabytes, resident, that a process had since it was last asked to forget them."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 / MB for line in lines if line.startswith("VmHWM:"))


def processor_seconds(server: psutil.Process) -> tuple[float, float]:
    """Of the server so far, and of all processes below it, those that have ended included."""
    times = server.cpu_times()
    return cpu_seconds(server), engine_cpu_seconds(server) + times.children_user + times.children_system


def largest_child(server: psutil.Process) -> float:
    """Megabytes, resident, of the largest process below the server."""
    most = 0.0
    for child in server.children(recursive=True):
        with suppress(psutil.Error):
            most = max(most, child.memory_info().rss / MB)
    return most


async def measure(
    app: RunningApp, name: str, data: bytes, models: Sequence[str], epochs: int, found: Found
) -> Run | None:
    """Everything but what scikit-learn takes; the last run, if any model is trained."""
    server = psutil.Process(app.pid)
    async with asyncio.timeout(PATIENCE):
        while len(server.children(recursive=True)) < _ENGINE:
            await asyncio.sleep(_EVERY)
    watch, store, run = Watch(app, found), store_of(app.home), None
    async with watch.here():
        await asyncio.sleep(_SETTLED)
        found.idle_mb = server.memory_info().rss / MB
        async with watch.doing("nothing"):
            await asyncio.sleep(_SETTLED)
        async with Tab(app.url, patience=PATIENCE) as tab:
            try:
                await read(tab, watch, name, data)
                for model in models:
                    run = await train(tab, watch, store, model, epochs, found)
                    await compare(tab, watch, model)
                    await set_up_another(tab)
                if run is not None:
                    await predict(tab, watch, name, data)
            except VisitError as error:
                found.problems.append(f"stopped: {error}")
            found.problems += tab.page.problems
    store.close()
    return run


async def read(tab: Tab, watch: Watch, name: str, data: bytes) -> None:
    """Upload a file, look at it, and go to Train."""
    await tab.choose("data-source", "Upload")
    async with watch.doing("Data page after the upload"):
        await tab.upload("data-file", name, data)
    async with watch.doing(f"Data page, {_CLICKS} clicks"):
        for _ in range(_CLICKS):
            await tab.refresh()
    async with watch.doing("Train page"):
        await tab.click("to-train")


async def compare(tab: Tab, watch: Watch, name: str) -> None:
    """Go from the finished model to its figures."""
    async with watch.doing(f"{name}, Compare page"):
        await tab.click("to-compare")
        await tab.refresh()


async def set_up_another(tab: Tab) -> None:
    """Come back to the Train page and ask for its form, in place of the training that it shows."""
    await tab.go("train")
    await tab.click("train-else")


async def predict(tab: Tab, watch: Watch, name: str, data: bytes) -> None:
    """Have the newest model answer all rows of a file."""
    await tab.go("predict")
    async with watch.doing("Predict page, the whole file", files=2):
        await tab.upload("predict-file", name, data)
        await tab.click("predict-all")
        await tab.refresh()


async def train(tab: Tab, watch: Watch, store: Store, name: str, epochs: int, found: Found) -> Run:
    """Train one model as a visitor does, and wait for its end."""
    for each in architectures("tokens"):
        if tab.ticked(f"use-{each.name}") != (each.name == name):
            await tab.tick(f"use-{each.name}", each.name == name)
    if tab.page.find("train-training-epochs") is not None:
        await tab.enter("train-training-epochs", epochs)
    async with watch.doing(f"{name}, trained"):
        begun = time.perf_counter()
        pressed = asyncio.create_task(tab.click("train"))
        while (run := await asyncio.to_thread(run_of, store, name)) is None or run.state not in DONE:
            if run is None and pressed.done():
                pressed.result()  # says why there is none, if it knows
            if run is not None and f"{name}, first point" not in found.seconds and store.measurements.rows([run.id]):
                found.seconds[f"{name}, first point"] = time.perf_counter() - begun
            await asyncio.sleep(_EVERY / 4)
        await pressed
        await tab.until(lambda: tab.page.find("to-compare") is not None, "finished models", PATIENCE)
    found.problems += bad([run])
    found.seconds |= {f"{name}, {part}": run.seconds[part] for part in STATES if part in run.seconds}
    found.accuracy[name] = run.results.get("test", {}).get("accuracy", 0.0)
    ends = [row.seconds for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
    if len(ends) > 1:
        found.seconds[f"{name}, an epoch"] = float(np.median(np.diff(ends)))
    return run


def run_of(store: Store, architecture: str) -> Run | None:
    """The one run of an architecture, whoever trains it."""
    with store.database.reading() as connection:
        asked = sa.select(schema.runs.c.id).where(schema.runs.c.architecture == architecture)
        found = connection.execute(asked).scalar_one_or_none()
    return None if found is None else store.runs.find(found)


def peer(store: Store, run: Run, found: Found) -> None:
    """scikit-learn on the rows that a run learned from and was tested on, which are counted too."""
    data = store.datasets.load(store.datasets.of_run(run.id))
    split, labels = split_rows(data, run.spec.split), data.codes()
    texts = {part: [data.examples[row] for row in getattr(split, part)] for part in PARTS}
    found.rows = {"all": len(data), "different": len(set(data.keys()))} | {part: len(texts[part]) for part in PARTS}

    def fitted(strengths: Sequence[float], **options: Any) -> float:
        counter = TfidfVectorizer(**options)
        vectors = counter.fit_transform(texts["train"])
        validation, test = counter.transform(texts["validation"]), counter.transform(texts["test"])
        models = [LogisticRegression(C=each, max_iter=1000).fit(vectors, labels[split.train]) for each in strengths]
        chosen = max(models, key=lambda each: each.score(validation, labels[split.validation]))
        return float(chosen.score(test, labels[split.test]))

    for name, strengths, options in (
        ("scikit-learn as it comes", [1.0], {}),
        ("scikit-learn, pairs, strength chosen", STRENGTHS, {"ngram_range": (1, 2), "sublinear_tf": True}),
    ):
        begun = time.perf_counter()
        found.accuracy[name] = fitted(strengths, **options)
        found.seconds[name] = time.perf_counter() - begun


def print_table(all_found: dict[str, Found]) -> None:
    """A line a figure, a column a file."""

    def line(title: str, value: Callable[[Found], str]) -> None:
        print(f"| {title} | " + " | ".join(value(found) for found in all_found.values()) + " |", flush=True)

    line("", lambda found: found.name)
    print("|---|" + "---:|" * len(all_found))
    line("file, MB", lambda found: f"{found.file_mb:.1f}")
    line("load of the machine before", lambda found: f"{found.load:.1f}")
    line("server idle, MB", lambda found: f"{found.idle_mb:.0f}")
    for part in _named(all_found, lambda found: found.rows):
        line(f"rows: {part}", lambda found, part=part: f"{found.rows.get(part, 0):,}")
    stages = _named(all_found, lambda found: found.most)
    for what in stages:
        line(f"{what}: s", lambda found, what=what: _told(found.seconds.get(what), "{:.1f}"))
        line(
            "· processor, server and below it, s", lambda found, what=what: _told(found.cpu.get(what), "{:.1f}, {:.1f}")
        )
        line(
            "· server above idle, MB at most (allowed)",
            lambda found, what=what: (
                f"{found.most[what] - found.idle_mb:+.0f} ({found.allowed_mb(what):.0f})" if what in found.most else ""
            ),
        )
        line("· largest process below it, MB", lambda found, what=what: _told(found.children.get(what), "{:.0f}"))
        line("· other visitor, p50, p95, worst, s (pages)", lambda found, what=what: waits_told(found.waits.get(what)))
    line("other visitor in all, p50, p95, worst, s (pages)", lambda found: waits_told([*chain(*found.waits.values())]))
    for name in _named(all_found, lambda found: found.seconds):
        if name not in stages:
            line(f"{name}: s", lambda found, name=name: _told(found.seconds.get(name), "{:.2f}"))
    for name in _named(all_found, lambda found: found.accuracy):
        line(f"{name}: accuracy", lambda found, name=name: _told(found.accuracy.get(name), "{:.4f}"))


def _named(all_found: dict[str, Found], of: Callable[[Found], dict[str, Any]]) -> list[str]:
    """The names of what was found with any of the files."""
    return list(dict.fromkeys(name for found in all_found.values() for name in of(found)))


def _told(value: float | tuple[float, ...] | None, form: str) -> str:
    return "" if value is None else form.format(*(value if isinstance(value, tuple) else (value,)))


def waits_told(waits: list[float] | None) -> str:
    """How long another visitor waited."""
    if not waits:
        return ""
    middle, late = np.percentile(waits, 50), np.percentile(waits, 95)
    return f"{middle:.2f}, {late:.2f}, {max(waits):.2f} ({len(waits)})"


def main() -> None:
    """Each file on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", help="Parquet file with a column of long texts and one of labels")
    parser.add_argument("--short", type=Path, help="CSV file with a label and a text in each row")
    parser.add_argument("--app", type=Path, default=ROOT, help="the checkout whose app is started")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--models", default="lstm bag_of_words", help="trained one after the other; may be none")
    parser.add_argument("--json", type=Path, help="where the figures are kept")
    asked = parser.parse_args()
    files = {}
    if asked.file:
        files["50,000 long texts"] = ("long.parquet", long_rows(asked.file, LONG_ROWS))
    if asked.short:
        files["200,000 short texts"] = ("short.csv", short_rows(asked.short, SHORT_ROWS))
    all_found = {}
    for title, (name, data) in files.items():
        found = all_found[title] = Found(title, len(data) / MB, os.getloadavg()[0])
        with tempfile.TemporaryDirectory() as home:
            with running_app(Path(home), root=asked.app, SEQLAB_AUTH="browser", SEQLAB_WORKERS="1") as app:
                run = asyncio.run(measure(app, name, data, asked.models.split(), asked.epochs, found))
            if run is not None:
                peer(store_of(Path(home)), run, found)
        if asked.json:
            asked.json.write_text(json.dumps({title: asdict(each) for title, each in all_found.items()}, indent=1))
    print_table(all_found)
    misses = [miss for found in all_found.values() for miss in found.misses()]
    print("\n".join(misses) or "nothing missed")
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
