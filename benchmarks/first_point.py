"""From pressing Train to the first point of its curve in the store, engine warm, sample data.

    python benchmarks/first_point.py [--architectures rnn,lstm] [--repeats 5]

Prints each architecture's median seconds, measured at the store as the pages read it, and how that compares with
building and compiling the same model and taking its first step through plain Keras `fit` in a warm process.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import load, wait_for, warm_engine
from seqcore.lab.plan import Choices
from seqcore.store import Store

KERAS = """
import os, sys, time
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras, numpy as np
from benchmarks.notebook import build, warm
warm()
tokens, labels = np.ones((32, 20), np.int32), np.zeros(32)
for name in sys.argv[1].split(","):
    seconds = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        build(name, 1).fit(tokens, labels, verbose=0)
        seconds.append(time.perf_counter() - start)
    print(name, sorted(seconds)[len(seconds) // 2])
"""


def first_point(store: Store, run_id: str, start: float) -> float:
    """Seconds from `start` until the run has a metric row."""
    pause = threading.Event()
    while time.perf_counter() - start < 60:
        if store.measurements.rows([run_id]):
            return time.perf_counter() - start
        pause.wait(0.005)
    raise TimeoutError("no point within a minute")


def keras_seconds(names: str, repeats: int) -> dict[str, float]:
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-c", KERAS, names, str(repeats)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    return {line.split()[0]: float(line.split()[1]) for line in done.stdout.splitlines()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--architectures", default="rnn,lstm,bilstm,lstm_attention")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    data = load(None, text=None, label=None, rows=None)
    keras = keras_seconds(arguments.architectures, arguments.repeats)
    with warm_engine() as (store, engine):
        dataset = store.datasets.add("personal", data)
        for name in arguments.architectures.split(","):
            seconds = []
            for seed in range(arguments.repeats):
                start = time.perf_counter()
                specs = Choices(architectures=(name,), seed=seed).specs(data.content_hash, max_epochs=500)
                experiment = store.experiments.add("personal", dataset.id, specs)
                engine.submit(experiment.run_ids)
                seconds.append(first_point(store, experiment.run_ids[0], start))
                engine.stop(experiment.run_ids)
                wait_for(store, "personal", experiment.id)
            middle = statistics.median(seconds)
            print(
                f"{name:16} first point after {middle:.2f} s (from {min(seconds):.2f} to {max(seconds):.2f}); "
                f"plain Keras' first fit takes {keras[name]:.2f} s: {keras[name] / middle:.1f}x"
            )


if __name__ == "__main__":
    main()
