"""What batches of similar length cost in accuracy and gain in speed: shuffled, by length, and mixed (our default).

    python benchmarks/bucketing.py [FILES...] [--rows N] [--seeds 0,1,2] [--models lstm]

Everything else is at its default. Without a file: our sample. Prints, for each way of making batches, the mean test
accuracy over the seeds and the seconds of an epoch of training, and both as compared with shuffled batches.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.defaults import measure
from benchmarks.race import load, warm_engine

WAYS = ("shuffled", "by_length", "mixed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rows", type=int, help="at most so many, drawn with a fixed seed")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=list(range(8)))
    parser.add_argument("--models", type=lambda text: text.split(","), default=["lstm", "lstm_attention"])
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    arguments = parser.parse_args()
    with warm_engine(arguments.workers) as (store, engine):
        for file in arguments.files or [None]:
            data = load(file, text=None, label=None, rows=arguments.rows)
            found = {
                way: measure(store, engine, data, arguments.models, arguments.seeds, {"batches": way}) for way in WAYS
            }
            for name in arguments.models:
                shuffled = found["shuffled"][name]
                for way in WAYS:
                    score = found[way][name]
                    pace, slowest = score.seconds / score.epochs, shuffled.seconds / shuffled.epochs
                    print(
                        f"{data.name[:15]:15} {name:16} {way:10} accuracy {score.accuracy:.4f} "
                        f"({100 * (score.accuracy - shuffled.accuracy):+.1f} points), "
                        f"{pace:.2f} s an epoch ({slowest / pace:.1f}x)",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
