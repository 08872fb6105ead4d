"""Race: the teaching notebook's recipe against ours, same texts, same models and sizes, same epochs.

    python benchmarks/notebook_race.py FILE [--rows N] [--max-length N] [--epochs N] [--seeds 0,1,2]

Both start from a warm process and are timed from texts to accuracies of all four models. The notebook trains one
model after the other, padded to the longest text, as it does; we train them on as many workers as there are cores.
Everything is done once for each seed, since one seed alone may be lucky. Prints one table and the ratio. Exits with 1
if a model is less accurate than the notebook's in the mean over the seeds, or answers the majority class only.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, data_parser, load, wait_for, warm_engine
from seqcore.datasets import LabelledText, Split, split_rows
from seqcore.lab.plan import Choices
from seqcore.spec import PRESETS
from seqcore.store import Run

ARCHITECTURES = ("rnn", "lstm", "bilstm", "lstm_attention")


def plan(arguments: argparse.Namespace, seed: int = 0) -> Choices:
    """The notebook's models and settings, as our own plan of an experiment."""
    chosen = Choices(architectures=ARCHITECTURES, seed=seed).with_preset(PRESETS["notebook"])
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
        "seeds": arguments.seeds,
        "architectures": ARCHITECTURES,
    }
    script = Path(__file__).with_name("notebook.py")
    done = subprocess.run([sys.executable, script], input=json.dumps(task), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run_ours(data: LabelledText, arguments: argparse.Namespace) -> tuple[list[float], dict[str, list[Run]]]:
    """Seconds of the experiment of each seed, and the runs of each architecture."""
    seconds: list[float] = []
    found: dict[str, list[Run]] = {name: [] for name in ARCHITECTURES}
    with warm_engine() as (store, engine):
        dataset = store.datasets.add("personal", data)
        for seed in arguments.seeds:
            specs = plan(arguments, seed).specs(data.content_hash, max_epochs=arguments.epochs)
            start = time.perf_counter()
            experiment = store.experiments.add("personal", dataset.id, specs)
            engine.submit(experiment.run_ids)
            runs = wait_for(store, "personal", experiment.id)
            seconds.append(time.perf_counter() - start)
            if bad(runs):
                sys.exit("\n".join(bad(runs)))
            for run in runs:
                found[run.architecture].append(run)
    return seconds, found


def busy_seconds(run: Run) -> float:
    return run.seconds["preparing"] + run.seconds["training"] + run.seconds["evaluating"]


def main() -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--max-length", type=int, default=0, help="0: the longest text, as in the notebook")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2])
    arguments = parser.parse_args()
    data = load(arguments.file, text=arguments.text, label=arguments.label, rows=arguments.rows)
    split = split_rows(data, plan(arguments).split)
    codes = data.codes()[split.test]
    majority = Counter(codes.tolist()).most_common(1)[0][1] / len(codes)

    notebook = run_notebook(data, split, arguments)
    seconds, ours = run_ours(data, arguments)

    print(
        f"{data.name}: {len(split.train)} training texts, {len(split.test)} test texts, "
        f"longest {notebook['longest']} tokens, {arguments.epochs} epochs, majority class {majority:.4f}"
    )
    print(f"means over seeds {arguments.seeds}; accuracies with their least and greatest")
    print(f"{'':16}{'notebook':>36}{'ours':>36}{'ratio':>8}")
    worse, total = [], len(arguments.seeds) * notebook["preparing"]
    for name, runs in notebook["models"].items():
        theirs, mine = [run["seconds"] for run in runs], [busy_seconds(run) for run in ours[name]]
        total += sum(theirs)
        before, now = [run["accuracy"] for run in runs], [run.results["test"]["accuracy"] for run in ours[name]]
        print(f"{name:16}{cell(theirs, before)}{cell(mine, now)}{sum(theirs) / sum(mine):7.1f}x")
        if statistics.mean(now) < statistics.mean(before) or majority in now:
            worse.append(name)
    each = len(arguments.seeds)
    print(
        f"{'all four':16}{total / each:9.1f} s {'':25}{sum(seconds) / each:9.1f} s {'':25}{total / sum(seconds):7.1f}x"
    )
    print("less accurate than the notebook or answering the majority class only: " + (", ".join(worse) or "none"))
    sys.exit(1 if worse else 0)


def cell(seconds: list[float], accuracies: list[float]) -> str:
    mean = statistics.mean(accuracies)
    return f"{statistics.mean(seconds):9.1f} s {mean:9.4f} ({min(accuracies):.4f}-{max(accuracies):.4f})"


if __name__ == "__main__":
    main()
