"""Our bag of words against scikit-learn's TF-IDF of words and pairs with logistic regression, on any labelled files.

    python benchmarks/bag_of_words.py FILES... [--test FILE] [--rows N] [--splits 0,1,2]

Both learn from the same training rows and answer the same test rows, for each seed of the split; a given test part
stays the same. scikit-learn: `TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)`, `LogisticRegression`, with
its strength as it comes (C = 1), and with the strength that costs least on our validation rows, as ours is chosen.
Prints mean test accuracies in %, what ours is better (or worse) by than the better of the two, seconds from the
stored data to the stored scores, and the most memory that the process that fitted ours had: resident in all, and how
much of it the runs took. `--test` belongs to the first file. Exits with 1 if ours is more than half a point worse.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from benchmarks.race import bad, load, wait_for, warm_engine
from seqcore.datasets import LabelledText, Split, split_rows
from seqcore.engine import Engine
from seqcore.lab.plan import Choices
from seqcore.spec import SplitOptions
from seqcore.store import Run, Store
from seqcore.worker.fit.regression import STRENGTHS

MB = 1e6
PARTS = ("preparing", "training", "evaluating")
WORSE = 0.005  # that ours may be
WIDTHS = (8, 8, 8, 8, 8, 9, 9, 8)
_EVERY = 0.05  # seconds between two looks at the memory


@contextmanager
def watched_memory() -> Iterator[dict[int, tuple[float, float]]]:
    """First and most megabytes, resident, of each process below this one, by pid."""
    found: dict[int, tuple[float, float]] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(_EVERY):
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    now = child.memory_info().rss / MB
                    first, most = found.get(child.pid, (now, now))
                    found[child.pid] = first, max(most, now)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        over.set()
        looking.join()


def ours(store: Store, engine: Engine, data: LabelledText, split_seed: int) -> Run:
    dataset = store.datasets.add("personal", data)
    chosen = Choices(architectures=("bag_of_words",)).with_values({"split_seed": split_seed})
    specs = chosen.specs(data.content_hash, max_epochs=500)
    experiment = store.experiments.add("personal", dataset.id, specs)
    engine.submit(experiment.run_ids)
    runs = wait_for(store, "personal", experiment.id)
    if bad(runs):
        sys.exit("\n".join(bad(runs)))
    return runs[0]


def theirs(data: LabelledText, split: Split) -> tuple[float, float]:
    """Test accuracy of scikit-learn with C = 1, and with C chosen on the validation rows."""
    counter = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    labels = data.codes()
    vectors = counter.fit_transform([data.texts[row] for row in split.train])
    validation, test = (counter.transform([data.texts[row] for row in rows]) for rows in (split.validation, split.test))

    def fitted(strength: float) -> tuple[float, float]:
        model = LogisticRegression(C=strength, max_iter=1000).fit(vectors, labels[split.train])
        loss = log_loss(labels[split.validation], model.predict_proba(validation), labels=model.classes_)
        return loss, float(model.score(test, labels[split.test]))

    return fitted(1.0)[1], min(fitted(strength) for strength in STRENGTHS)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--test", type=Path, help="test file of the first file")
    parser.add_argument("--rows", type=int, help="at most so many, drawn with a fixed seed")
    parser.add_argument("--splits", type=lambda text: [int(seed) for seed in text.split(",")], default=[0])
    arguments = parser.parse_args()
    heads = zip(("texts", "ours", "C = 1", "chosen", "points", "seconds", "most MB", "own MB"), WIDTHS, strict=True)
    print(" " * 24 + "".join(f"{head:>{width}}" for head, width in heads))
    worse = []
    for number, file in enumerate(arguments.files):
        data = load(file, text=None, label=None, rows=arguments.rows, test=None if number else arguments.test)
        with warm_engine(1) as (store, engine), watched_memory() as memory:
            runs = [ours(store, engine, data, seed) for seed in arguments.splits]
        first, most = max(memory.values(), key=lambda each: each[1] - each[0])
        peers = [theirs(data, split_rows(data, SplitOptions(split_seed=seed))) for seed in arguments.splits]
        accuracy = mean(run.results["test"]["accuracy"] for run in runs)
        plain, chosen = mean(each[0] for each in peers), mean(each[1] for each in peers)
        if accuracy < max(plain, chosen) - WORSE:
            worse.append(data.name)
        print(
            f"{data.name[:22]:24}{len(data):8}{100 * accuracy:8.2f}{100 * plain:8.2f}{100 * chosen:8.2f}"
            f"{100 * (accuracy - max(plain, chosen)):+8.2f}"
            f"{mean(sum(run.seconds[part] for part in PARTS) for run in runs):9.1f}{most:9.0f}{most - first:8.0f}",
            flush=True,
        )
    print(f"more than {100 * WORSE:.1f} points worse: " + (", ".join(worse) or "none"))
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
