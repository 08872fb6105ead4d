"""What the cores are used for: a model alone, beside stock Keras on two cores, and four models at once.

    python benchmarks/cores.py FILE [--rows 1500] [--rounds 3] [--architecture bilstm] [--units 128] [--max-length 160]

"As in the app": directions of long enough batches side by side; "one thread": as before there were two. Epochs of all
sides in turn, each in a process of its own; of four at once, the seconds until the last has ended. Prints medians and
the quickest rounds, which say most where the machine does other things meanwhile.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peer_race import Side, write_texts
from benchmarks.race import data_parser

AS_IN_APP, ONE_THREAD, KERAS = "ours:0", "ours:1", "keras:2"
NAMES = {AS_IN_APP: "as in the app", ONE_THREAD: "one thread", KERAS: "stock Keras, two cores"}
AT_ONCE = 4
SMALL = 32  # units of the LSTM that one thread is enough for


def seconds_together(sides: list[Side]) -> float:
    """Seconds until all have trained an epoch, begun at the same time."""
    start = time.perf_counter()
    for side in sides:
        side.begin()
    for side in sides:
        side.seconds()
    return time.perf_counter() - start


def race(texts: Path, architecture: str, names: list[str], rounds: int, at_once: int) -> None:
    """Epochs in turn; what the first of the names takes is compared with each of the others."""
    with ExitStack() as ends:
        groups = {name: [Side(name, architecture, texts, sys.executable) for _ in range(at_once)] for name in names}
        for group in groups.values():
            for side in group:
                ends.callback(side.close)
        seconds: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(rounds):
            for name, group in groups.items():
                seconds[name].append(seconds_together(group))
    ours, quickest = statistics.median(seconds[names[0]]), min(seconds[names[0]])
    for name, found in seconds.items():
        middle, least = statistics.median(found), min(found)
        print(
            f"    {NAMES[name]:23} {middle:7.3f} s, quickest {least:7.3f} s:"
            f" {middle / ours:.2f}x, quickest {least / quickest:.2f}x of ours",
            flush=True,
        )


def main() -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--architecture", default="bilstm")
    parser.add_argument("--max-length", type=int, default=160)
    parser.add_argument("--units", type=int, default=128, help="of the embedding and of the recurrent layer")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wide, small = Path(folder) / "wide.npz", Path(folder) / "small.npz"
        print(write_texts(asked, wide))
        write_texts(argparse.Namespace(**{**vars(asked), "units": SMALL}), small)
        print(f"{asked.architecture} of {asked.units} units alone, seconds an epoch")
        race(wide, asked.architecture, [AS_IN_APP, ONE_THREAD, KERAS], asked.rounds, 1)
        print(f"lstm of {SMALL} units alone, seconds an epoch")
        race(small, "lstm", [AS_IN_APP, ONE_THREAD], asked.rounds, 1)
        print(
            f"{AT_ONCE} times {asked.architecture} of {asked.units} units at once, seconds until the last has an epoch"
        )
        race(wide, asked.architecture, [AS_IN_APP, ONE_THREAD], asked.rounds, AT_ONCE)


if __name__ == "__main__":
    main()
