"""Race: the teaching notebook's recipe against ours, same texts, same models and sizes, same epochs.

    python benchmarks/notebook_race.py FILE [--rows N] [--max-length N] [--epochs N]

Both start from a warm process and are timed from texts to accuracies of all four models. The notebook trains one
model after the other, padded to the longest text, as it does; we train them on as many workers as there are cores.
Prints one table and the ratio. Exits with 1 if a model is less accurate than the notebook's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, load, wait_for, warm_engine
from seqcore.datasets import LabelledText, Split, split_rows
from seqcore.experiments import Choices
from seqcore.spec import PRESETS

ARCHITECTURES = ("rnn", "lstm", "bilstm", "lstm_attention")


def plan(arguments: argparse.Namespace) -> Choices:
    """The notebook's models and settings, as our own plan of an experiment."""
    chosen = Choices(architectures=ARCHITECTURES, seed=arguments.seed).with_preset(PRESETS["notebook"])
    return chosen.with_values({"epochs": arguments.epochs, "max_length": arguments.max_length})


def run_notebook(data: LabelledText, split: Split, arguments: argparse.Namespace) -> dict:
    codes = data.codes()
    task = {
        "train": [data.texts[row] for row in split.train],
        "test": [data.texts[row] for row in split.test],
        "train_labels": codes[split.train].tolist(),
        "test_labels": codes[split.test].tolist(),
        "classes": len(data.classes),
        "max_length": arguments.max_length,
        "epochs": arguments.epochs,
        "seed": arguments.seed,
        "architectures": ARCHITECTURES,
    }
    script = Path(__file__).with_name("notebook.py")
    done = subprocess.run([sys.executable, script], input=json.dumps(task), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run_ours(data: LabelledText, arguments: argparse.Namespace) -> tuple[float, dict]:
    specs = plan(arguments).specs(data.content_hash, max_epochs=arguments.epochs)
    with warm_engine() as (store, engine):
        dataset = store.add_dataset("personal", data)
        start = time.perf_counter()
        experiment = store.add_experiment("personal", dataset.id, specs)
        engine.submit([run.id for run in store.runs("personal", experiment.id)])
        runs = wait_for(store, "personal", experiment.id)
        seconds = time.perf_counter() - start
    if bad(runs):
        sys.exit("\n".join(bad(runs)))
    return seconds, {run.architecture: run for run in runs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", help="any labelled file; our sample without")
    parser.add_argument("--text")
    parser.add_argument("--label")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--max-length", type=int, default=0, help="0: the longest text, as in the notebook")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    data = load(arguments.file, text=arguments.text, label=arguments.label, rows=arguments.rows)
    split = split_rows(data, plan(arguments).split)
    codes = data.codes()[split.test]
    majority = Counter(codes.tolist()).most_common(1)[0][1] / len(codes)

    notebook = run_notebook(data, split, arguments)
    seconds, ours = run_ours(data, arguments)

    total = notebook["preparing"] + sum(model["seconds"] for model in notebook["models"].values())
    print(
        f"{data.name}: {len(split.train)} training texts, {len(split.test)} test texts, "
        f"longest {notebook['longest']} tokens, {arguments.epochs} epochs, majority class {majority:.4f}"
    )
    print(f"{'':16}{'notebook':>20}{'ours':>20}{'ratio':>8}")
    worse = []
    for name, theirs in notebook["models"].items():
        run = ours[name]
        mine = run.seconds["preparing"] + run.seconds["training"] + run.seconds["evaluating"]
        accuracy = run.results["test"]["accuracy"]
        print(
            f"{name:16}{theirs['seconds']:9.1f} s {theirs['accuracy']:9.4f}{mine:9.1f} s {accuracy:9.4f}"
            f"{theirs['seconds'] / mine:7.1f}x"
        )
        if accuracy < theirs["accuracy"] or accuracy <= majority:
            worse.append(name)
    print(f"{'all four':16}{total:9.1f} s {'':9}{seconds:9.1f} s {'':9}{total / seconds:7.1f}x")
    print("less accurate than the notebook or at the majority class: " + (", ".join(worse) or "none"))
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
