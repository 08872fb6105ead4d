"""What the benchmarks share: data from any file, a warm engine on a folder of its own, a wait for runs."""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from seqcore.datasets import LabelledText, guess_columns, label_table, load_sample, read_path
from seqcore.engine import Engine
from seqcore.lab.plan import Choices
from seqcore.settings import Settings, get_settings
from seqcore.store import DONE, Run, Store


def data_parser(about: str | None) -> argparse.ArgumentParser:
    """The options that name a labelled file; `load` reads it."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", help="any labelled file; our sample without")
    parser.add_argument("--text", help="column of the texts (default: guessed)")
    parser.add_argument("--label", help="column of the labels (default: guessed)")
    parser.add_argument("--rows", type=int, help="at most so many, drawn with a fixed seed")
    return parser


def load(
    path: Path | None, *, text: str | None, label: str | None, rows: int | None, test: Path | None = None
) -> LabelledText:
    """Labelled text from a file, or our sample; at most `rows` of it, drawn with a fixed seed."""
    if path is None:
        data = load_sample()
    else:
        table = read_path(path, limits=get_settings())
        columns = guess_columns(table)
        columns = replace(columns, text=text or columns.text, label=label or columns.label)
        held_out = read_path(test, limits=get_settings()) if test else None
        data = label_table(table, columns, test=held_out, limits=get_settings())
    if rows is None or rows >= len(data.texts):
        return data
    chosen = np.sort(np.random.default_rng(0).permutation(len(data.texts))[:rows])
    return replace(
        data,
        texts=tuple(data.texts[row] for row in chosen),
        labels=tuple(data.labels[row] for row in chosen),
        given_split=tuple(data.given_split[row] for row in chosen) if data.given_split else None,
        numbers=tuple(data.numbers[row] for row in chosen) if data.numbers else (),
    )


@contextmanager
def warm_engine(workers: int | None = None) -> Iterator[tuple[Store, Engine]]:
    """An engine whose workers are ready, on a temporary home folder."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home)) if workers is None else Settings(home=Path(home), workers=workers)
        store = Store(settings.database, settings.artifacts)
        engine = Engine.start(settings)
        try:
            _warm(store, engine, settings.workers)
            yield store, engine
        finally:
            engine.close()


def _warm(store: Store, engine: Engine, workers: int) -> None:
    """A throw-away run on every worker, so that none starts cold."""
    data = load_sample()
    dataset = store.datasets.add("warm", data)
    chosen = Choices(architectures=("lstm",), repeats=2 * workers).with_values({"epochs": 1})
    experiment = store.experiments.add("warm", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    engine.submit(experiment.run_ids)
    wait_for(store, "warm", experiment.id)


def wait_for(store: Store, workspace: str, experiment: str, timeout: float = 3600) -> list[Run]:
    """The experiment's runs once all have ended, in any way."""
    pause, end = threading.Event(), time.monotonic() + timeout
    while time.monotonic() < end:
        runs = store.runs.of(workspace, experiment)
        if all(run.state in DONE for run in runs):
            return list(runs)
        pause.wait(0.1)
    raise TimeoutError(f"the runs did not end within {timeout} s")


def bad(runs: Sequence[Run]) -> list[str]:
    """What went wrong, a line per run."""
    return [f"{run.architecture}: {run.state}. {run.message}" for run in runs if run.state != "finished"]
