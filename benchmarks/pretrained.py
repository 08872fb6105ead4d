"""Random, frozen and fine-tuned word vectors in the same models, over several seeds.

    python -m benchmarks.pretrained trec_train.csv --test trec_test.csv --vectors glove.6B.50d.first20k.txt.gz

Prints the mean test accuracy of each with its standard deviation over the seeds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from seqcore.cli.loading import GivenData, load_data
from seqcore.lab.plan import Choices
from seqcore.lab.start import start_experiment
from seqcore.lab.vectors import coverage_of, vectors_for
from seqcore.store import Store

WAYS = ("random", "frozen", "tuned")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--architectures", default="lstm,bilstm,cnn")
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    data = load_data(GivenData(files=[given.file], test=given.test))
    with given.vectors.open("rb") as file:
        vectors = vectors_for(data, file, given.vectors.name)
    chosen = Choices(architectures=tuple(given.architectures.split(",")), repeats=given.seeds).with_vectors(vectors)
    print(*coverage_of(data, chosen, vectors).sentences(), sep="\n")
    random = chosen.with_values({"word_vectors": "random"})
    ways = {
        "random": random,
        "frozen": chosen.with_values({"vectors_training": "frozen"}),
        "tuned": chosen.with_values({"vectors_training": "tuned"}),
    }
    specs = [spec for way in WAYS for spec in ways[way].specs(data.content_hash, max_epochs=500)]
    named = [way for way in WAYS for _ in ways[way].specs(data.content_hash, max_epochs=500)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/lab.db", f"{folder}/artifacts")
        started = start_experiment(store, "benchmark", data, specs, submit=lambda _ids: None, vectors=vectors)
        tell(carried_out(store, started.run_ids, named), chosen.architectures)


def carried_out(store: Store, run_ids: list[str], ways: list[str]) -> dict[tuple[str, str], list[float]]:
    """Test accuracies in percent, by architecture and way."""
    from seqcore.worker.train import train_run

    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for run_id, way in zip(run_ids, ways, strict=True):
        train_run(run_id, store, "here")
        run = store.runs.find(run_id)
        if "test" not in run.results:
            raise SystemExit(f"{run.architecture}: {run.message}")
        found[run.architecture, way].append(100 * run.results["test"]["accuracy"])
    return found


def tell(found: dict[tuple[str, str], list[float]], architectures: tuple[str, ...]) -> None:
    """A line an architecture."""
    print(f"{'':10}" + "".join(f"{way:>16}" for way in WAYS))
    for name in architectures:
        cells = [found[name, way] for way in WAYS]
        said = [f"{np.mean(cell):.1f} ± {np.std(cell, ddof=min(1, len(cell) - 1)):.1f}" for cell in cells]
        print(f"{name:10}" + "".join(f"{each:>16}" for each in said))


if __name__ == "__main__":
    main()
