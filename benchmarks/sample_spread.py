"""How much the accuracy on our samples depends on the seed alone: mean and standard deviation for each architecture.

    python benchmarks/sample_spread.py [--sample reviews] [--seeds 0,1,2] [--models rnn,lstm] [--preset notebook]

Everything else is at its default. The data and their split are the same for every seed, as they are on the pages:
what differs are first weights, the order of batches and dropout. Prints, for each model, the mean test accuracy, its
standard deviation in points, the least and the greatest, epochs and seconds of training; then the seconds of the
models of a first comparison together. Exits with 1 if a standard deviation is 1.5 points or more.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.defaults import measure
from benchmarks.race import warm_engine
from seqcore.architectures import SEED_ARCHITECTURES
from seqcore.datasets import load_sample, sample_names
from seqcore.spec import PRESETS

MOST = 0.015  # a first sight that looks like a finding must be one
MODELS = (*SEED_ARCHITECTURES, "gru", "transformer", "cnn", "bag_of_words")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", choices=sample_names(), action="append", help="default: all")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=list(range(8)))
    parser.add_argument("--models", type=lambda text: text.split(","), default=list(MODELS))
    parser.add_argument("--preset", choices=tuple(PRESETS), help="its settings instead of the defaults")
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    arguments = parser.parse_args()
    restless, settings = [], PRESETS[arguments.preset] if arguments.preset else {}
    with warm_engine(arguments.workers) as (store, engine):
        for sample in arguments.sample or sample_names():
            data = load_sample(sample)
            print(f"{data.name}, {len(data)} texts, seeds {arguments.seeds}")
            seconds = 0.0
            for name in arguments.models:
                found = measure(store, engine, data, [name], arguments.seeds, settings)[name]
                restless += [f"{name} on {sample}"] if found.spread >= MOST else []
                seconds += found.seconds if name in SEED_ARCHITECTURES else 0.0
                print(f"{name:16} {found.accuracy:.4f} sd {100 * found.spread:.2f} points "
                      f"({found.least:.4f}-{found.most:.4f}), {found.epochs:4.1f} epochs, {found.seconds:5.1f} s",
                      flush=True)  # fmt: skip
            print(f"training of {', '.join(SEED_ARCHITECTURES)} one after the other: {seconds:.1f} s")
    print(f"standard deviation of {100 * MOST:.1f} points or more: " + (", ".join(restless) or "none"))
    sys.exit(1 if restless else 0)


if __name__ == "__main__":
    main()
