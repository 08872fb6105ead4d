"""Accuracy and seconds on long texts, by how they are read: cut, in windows, or sentence by sentence.

    python -m benchmarks.reading_long FILE TEXT_COLUMN LABEL_COLUMN [--rows 3000] [--seeds 0,1] [--length 200]
        [--whole 1000] [--models lstm,cnn] [--workers 2]

Draws so many rows, and trains each model with `--length` tokens of each text: the first, the last, the middle, start
and end, and all of them in windows; then hierarchical attention and the models with the first `--whole` tokens. Prints
for each way the mean test accuracy with its standard deviation over the seeds in points, and the seconds of a training.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.defaults import measure
from benchmarks.race import load, warm_engine

SENTENCES = "hierarchical_attention"
WAYS: dict[str, dict[str, Any]] = {
    "cut at the end": {},
    "cut at the start": {"truncate": "start"},
    "cut at both ends": {"truncate": "both"},
    "middle left out": {"truncate": "middle"},
    "windows, mean": {"windows": "mean"},
    "windows, surest": {"windows": "largest"},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("text")
    parser.add_argument("label")
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1])
    parser.add_argument("--length", type=int, default=200)
    parser.add_argument("--whole", type=int, default=1000)
    parser.add_argument("--models", type=lambda text: text.split(","), default=["lstm", "cnn"])
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    arguments = parser.parse_args()
    data = load(arguments.file, text=arguments.text, label=arguments.label, rows=arguments.rows)
    print(f"{data.name}: {len(data):,} texts, seeds {arguments.seeds}")
    parts = [(way, settings | {"max_length": arguments.length}, arguments.models) for way, settings in WAYS.items()]
    parts += [
        (f"the first {length:,}", {"max_length": length}, models)
        for length, models in (
            (arguments.length, [SENTENCES]),
            (arguments.whole, [SENTENCES, *arguments.models]),
        )
    ]
    with warm_engine(arguments.workers) as (store, engine):
        for way, settings, models in parts:
            for name, score in measure(store, engine, data, models, arguments.seeds, settings).items():
                accuracy = f"{score.accuracy:.4f} ±{100 * score.spread:.1f}"
                print(f"  {way:18} {name:24} {accuracy:12} {score.seconds:7.1f} s", flush=True)


if __name__ == "__main__":
    main()
