"""What trainings are said to need beside what they took: whole runs, each in a fresh process like an engine's worker.

    python -m benchmarks.memory_estimate [--only transformer] [--quick] [--file reviews.csv --set max_length=2000]
        [--own-vectors word2vec|fasttext]

With `--own-vectors` models whose words begin with vectors that are learned from the texts beforehand.

A ratio over 1 means that a training took less than was said. Nothing may be far under 1: its process would be ended.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import queue
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.race import load
from seqcore.architectures import get_architecture
from seqcore.datasets import LabelledText
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.engine.supervisor import ENVIRONMENT
from seqcore.lab.plan import Choices

MB = 1024 * 1024


@dataclass(frozen=True)
class Case:
    """A training: texts of up to so many words, drawn from so many different ones, and settings by their names.

    Of an architecture that reads no texts, series of up to so many moments, and `vocabulary` says nothing.
    """

    architecture: str
    words: int
    values: dict[str, Any] = field(default_factory=dict)
    texts: int = 160
    vocabulary: int = 1000
    classes: int = 2


CASES = [
    *(
        Case(name, words)
        for name in ("rnn", "lstm", "gru", "bilstm", "lstm_attention", "bilstm_attention", "cnn", "transformer", "tcn")
        for words in (20, 1000)
    ),
    *(Case(name, 500, {"units": 128, "embedding_size": 64}) for name in ("lstm", "gru", "cnn", "transformer")),
    *(Case(name, 500, {"units": 64, "layers": 3}) for name in ("rnn", "lstm", "gru", "cnn", "transformer")),
    Case("bilstm_attention", 500, {"units": 64, "layers": 2, "dropout": 0.2}),
    Case("transformer", 500, {"layers": 2, "dropout": 0.2}),
    Case("transformer", 400, {"heads": 8}),
    Case("transformer", 2000, {"batch_size": 4}),
    Case("lstm", 40, {"embedding_size": 256, "vocabulary_size": 40_000}, texts=2000, vocabulary=40_000),
    Case("cnn", 40, {"embedding_size": 512}, texts=2000, vocabulary=20_000, classes=100),
    Case("tcn", 500, {"units": 128, "embedding_size": 64}),
    Case("tcn", 500, {"units": 64, "blocks": 3, "dropout": 0.2}),
    *(Case("fasttext", words, values) for words, values in ((1000, {}), (500, {"ngrams": 4, "embedding_size": 128}))),
    *(Case("min_gru", words, values) for words, values in ((1000, {}), (500, {"units": 64, "layers": 3}))),
    Case("bag_of_words", 1000, texts=4000, vocabulary=20_000),
    Case("bag_of_words", 100, texts=4000, vocabulary=20_000, classes=20),
    Case("mini_rocket", 150, texts=400),
    Case("mini_rocket", 500, texts=1500),
    Case("mini_rocket", 150, {"features": 1_008}, texts=2500, classes=6),
    Case("mini_rocket", 500, {"features": 49_980}, texts=600),
    Case("nearest_neighbour", 500, texts=3000),
    *(Case("hierarchical_attention", words) for words in (100, 1000)),
    Case("hierarchical_attention", 500, {"units": 64, "embedding_size": 64, "dropout": 0.2}),
]
OWN_VECTORS = [
    Case("lstm", 20, {"embedding_size": 512}, texts=400),
    Case("cnn", 40, {"embedding_size": 256, "vocabulary_size": 40_000}, texts=2000, vocabulary=40_000),
]


def data_of(case: Case) -> LabelledText | LabelledSeries:
    """A quarter of the texts as long as can be, the others of any length, of the vocabulary's words in turn."""
    if not reads_texts(case):
        return series_of(case)
    rng = np.random.default_rng(0)
    lengths = np.maximum(rng.integers(case.words // 10, case.words + 1, case.texts), 1)
    lengths[: case.texts // 4] = case.words
    rng.shuffle(lengths)
    drawn = rng.integers(0, case.vocabulary, (case.texts, case.words))
    drawn.flat[: 2 * case.vocabulary] = np.tile(np.arange(case.vocabulary), 2)[: drawn.size]
    texts = tuple(" ".join(f"w{word}" for word in row[:length]) for row, length in zip(drawn, lengths, strict=True))
    labels = tuple(f"class {row % case.classes}" for row in range(case.texts))
    return LabelledText(f"{case.words} words", texts, labels)


def reads_texts(case: Case) -> bool:
    """Whether the architecture reads texts."""
    return "tokens" in get_architecture(case.architecture).reads


def series_of(case: Case) -> LabelledSeries:
    """Noise around the number of the class."""
    rng = np.random.default_rng(0)
    labels = [row % case.classes for row in range(case.texts)]
    series = tuple((label + rng.normal(size=(case.words, 1))).astype(np.float32) for label in labels)
    return LabelledSeries(f"{case.words} moments", series, tuple(f"class {label}" for label in labels))


def train(said: Any, architecture: str, values: dict[str, Any], data: LabelledText | LabelledSeries) -> None:
    """One run in this process; what was said of it, what it took, and how it ended go into the queue."""
    from seqcore.architectures import fitting
    from seqcore.store import Store
    from seqcore.worker.runtime import preload
    from seqcore.worker.train import train_run

    estimates: list[int] = []

    def note(planned: fitting.Planned, limit: int) -> None:
        estimates.append(planned.needed)

    import seqcore.worker.set_up

    seqcore.worker.set_up.too_large = note
    preload.warm()
    at_rest = _of_this_process("VmRSS")
    with tempfile.TemporaryDirectory() as home:
        store = Store(f"sqlite:///{home}/lab.db", f"{home}/artifacts")
        chosen = Choices(architectures=(architecture,)).for_kind(data.kind).with_values({"epochs": 1, **values})
        dataset = store.datasets.add("me", data)
        (spec,) = chosen.specs(data.content_hash, max_epochs=1)
        (run_id,) = store.experiments.add("me", dataset.id, [spec]).run_ids
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        train_run(run_id, store, "benchmark", memory_limit=sys.maxsize)
        run = store.runs.find(run_id)
        said.put((estimates[0] if estimates else 0, _of_this_process("VmHWM"), at_rest, run.state.value, run.message))


def _of_this_process(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024
    raise KeyError(what)


def measured(
    context: Any, architecture: str, values: dict[str, Any], data: LabelledText | LabelledSeries
) -> tuple[Any, ...] | None:
    """What `train` found in a process of its own; None when that was killed."""
    said = context.Queue()
    process = context.Process(target=train, args=(said, architecture, values, data))
    process.start()
    while True:
        try:
            found: tuple[Any, ...] = said.get(timeout=1)
        except queue.Empty:
            if process.is_alive():
                continue
            return None
        process.join()
        return found


def show(name: str, values: dict[str, Any], about: str, found: tuple[Any, ...] | None) -> None:
    settings = " ".join(f"{key}={value}" for key, value in values.items())
    if found is None:
        print(f"{name:17} {about:30} {settings:42} was killed", flush=True)
        return
    needed, peak, at_rest, state, message = found
    numbers = f"{needed / MB:6.0f} {peak / MB:6.0f} {needed / peak:5.2f} {at_rest / MB:6.0f}"
    print(f"{name:17} {about:30} {settings:42} {numbers}  {state} {message}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="this architecture only")
    parser.add_argument("--quick", action="store_true", help="every third case")
    parser.add_argument("--file", type=Path, help="these texts instead of drawn ones, with the settings of --set")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=JSON")
    parser.add_argument("--own-vectors", choices=["word2vec", "fasttext"], help="learned beforehand by this method")
    arguments = parser.parse_args()
    os.environ.update(ENVIRONMENT)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["seqcore.worker.runtime.preload"])
    print(f"{'architecture':17} {'texts':30} {'settings':42} {'said':>6} {'took':>6} ratio at rest, MB")
    if arguments.file:
        values = {name: json.loads(value) for name, _, value in (each.partition("=") for each in arguments.set)}
        data = load(arguments.file, text=None, label=None, rows=None)
        for name in [arguments.only or "bag_of_words"]:
            show(name, values, f"{len(data):,} of {arguments.file.name}", measured(context, name, values, data))
        return
    given = {"word_vectors": arguments.own_vectors} if arguments.own_vectors else {}
    for case in (OWN_VECTORS if given else CASES)[:: 3 if arguments.quick else 1]:
        if arguments.only in (None, case.architecture):
            values = {"max_length": case.words, **case.values, **given} if reads_texts(case) else case.values
            about = f"{case.texts} up to {case.words}" + (f", {case.vocabulary} ids" if reads_texts(case) else "")
            show(case.architecture, values, about, measured(context, case.architecture, values, data_of(case)))


if __name__ == "__main__":
    main()
