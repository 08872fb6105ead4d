"""How long an epoch of each architecture takes beside one of the first, one after the other in one process.

    python -m benchmarks.epoch_ratio FILE TEXT_COLUMN LABEL_COLUMN [--rows 1000] [--models lstm,hierarchical_attention]
        [--length 200] [--rounds 3] [--threads 1]

Trains a warm model of each over the same texts, in turn, so that whatever else the machine does meets all of them
alike. Prints the seconds of the fastest epoch and how many times those of the first model that is.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from benchmarks.race import load
from seqcore.datasets import LabelledText
from seqcore.lab.plan import Choices


def epoch_of(name: str, data: LabelledText, length: int) -> Callable[[], float]:
    """Something that trains a model of this architecture for an epoch and gives its seconds."""
    from seqcore.architectures import get_architecture
    from seqcore.worker.batches import BATCHES
    from seqcore.worker.fit.loop import make_optimizer
    from seqcore.worker.fit.steps import train_step
    from seqcore.worker.models.build import build_model
    from seqcore.worker.prepare import prepare

    chosen = Choices(architectures=(name,)).with_values({"max_length": length})
    architecture, options, training = get_architecture(name), chosen.model_options(name), chosen.training
    prepared = prepare(data, architecture.reading(chosen.input, options), chosen.split)
    model = build_model(architecture, prepared.sizes, options)
    step = train_step(model, make_optimizer(training), np.ones(prepared.sizes.classes, np.float32))
    rng, train = np.random.default_rng(0), prepared.learned

    def epoch() -> float:
        batches = BATCHES[training.batches](train.lengths, training.batch_size, rng)
        start = time.perf_counter()
        for rows in batches:
            step(*train.batch(rows))
        return time.perf_counter() - start

    return epoch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("text")
    parser.add_argument("label")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--models", type=lambda text: text.split(","), default=["lstm", "hierarchical_attention"])
    parser.add_argument("--length", type=int, default=200, help="most tokens of a text; 0: all of them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    data = load(arguments.file, text=arguments.text, label=arguments.label, rows=arguments.rows)

    import tensorflow as tf

    from seqcore.worker.runtime import backend

    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    tf.config.threading.set_inter_op_parallelism_threads(arguments.threads)
    backend.fresh(0)
    epochs = {name: epoch_of(name, data, arguments.length) for name in arguments.models}
    fastest = dict.fromkeys(epochs, np.inf)
    for number in range(arguments.rounds + 1):
        for name, epoch in epochs.items():
            seconds = epoch()
            fastest[name] = min(fastest[name], seconds if number else np.inf)  # the first is to warm up
    print(f"{data.name}: {len(data):,} texts, up to {arguments.length or 'all'} tokens of each")
    first = fastest[arguments.models[0]]
    for name, seconds in fastest.items():
        print(f"  {name:24} {seconds:7.2f} s an epoch {seconds / first:6.1f} times {arguments.models[0]}")


if __name__ == "__main__":
    main()
