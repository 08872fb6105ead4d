"""How well models tell the synthesised sounds apart with the default settings, and how long that takes.

    python -m benchmarks.sounds
    python -m benchmarks.sounds --architectures rnn,cnn --seeds 0,1,2

Prints for each model the accuracy on the test sounds, the seconds of its training, and those of a processor for all of
its run: reading, preparing, training and scoring.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from seqcore.datasets.samples import load_sample
from seqcore.lab.plan import Choices
from seqcore.store import Store
from seqcore.worker.train import train_run


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--architectures", default="rnn,lstm,cnn,transformer")
    asked.add_argument("--seeds", default="0")
    given = asked.parse_args()
    data = load_sample("sounds")
    minutes = sum(sound.seconds for sound in data.sounds) / 60
    print(f"{len(data)} sounds, {minutes:.1f} minutes, {len(data.classes)} classes")
    chosen = Choices(architectures=tuple(given.architectures.split(","))).for_kind("audio")
    specs = chosen.with_seeds([int(seed) for seed in given.seeds.split(",")]).specs(data.content_hash, max_epochs=500)
    with tempfile.TemporaryDirectory() as home:
        store = Store(f"sqlite:///{Path(home) / 'lab.db'}", str(Path(home) / "artifacts"))
        experiment = store.experiments.add("me", store.datasets.add("me", data).id, specs)
        for run in store.runs.of("me", experiment.id):
            before = time.process_time()
            train_run(run.id, store, "here")
            busy = time.process_time() - before
            done = store.runs.find(run.id)
            accuracy, seconds = done.results["test"]["accuracy"], done.seconds["training"]
            took = f"{seconds:5.1f} s, processor {busy:5.1f} s"
            print(f"{done.architecture:12} seed {done.seed}  accuracy {accuracy:.3f}  {took}", flush=True)


if __name__ == "__main__":
    main()
