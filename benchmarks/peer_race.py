"""Race: seconds per epoch of the same model on the same ids, ours against PyTorch and Keras.

    python benchmarks/peer_race.py FILE [--architectures rnn,lstm,bilstm] [--sides "pytorch padded:2,keras"]
        [--python peers/bin/python] [--rounds 5] [--max-length 200] [--units 32]

PyTorch and JAX are needed for this benchmark only: `pip install torch jax` (CPU builds), here or in another
environment beside our requirements, which `--python` names. A side is `NAME:THREADS`; without a number it has the
threads that it takes by default, ours those that it has in the app. Every side is a process of its own, warmed by an
epoch; then they train an epoch each in turn, so that whatever else the machine does meets all of them. Prints medians,
ratios, and for each architecture the strongest peer.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.race import data_parser, load
from seqcore.datasets import split_rows
from seqcore.engine.supervisor import ENVIRONMENT
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import SplitOptions

PEERS = (
    "pytorch padded:1", "pytorch padded:2", "pytorch packed:0", "pytorch shuffled:0", "keras on jax:1",
    "keras on jax:2", "keras:0",
)  # fmt: skip
RECURRENT = ("rnn", "lstm", "bilstm", "gru", "bigru")  # the others have nothing to pack


class Side:
    """A process that trains an epoch when asked."""

    def __init__(self, side: str, architecture: str, texts: Path, python: str) -> None:
        name, _, threads = side.partition(":")
        script = str(Path(__file__).with_name("peer_sides.py"))
        command = [python, script, name, threads or "0", architecture, str(texts)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | (ENVIRONMENT if name == "ours" else {}),
        )  # fmt: skip
        if self._process.stdout.readline().strip() != "ready":
            sys.exit(f"{side}: {self._process.communicate()[1].strip().splitlines()[-1]}")

    def epoch(self) -> float:
        """Seconds of one more epoch."""
        self.begin()
        return self.seconds()

    def begin(self) -> None:
        """Let one more epoch begin."""
        self._process.stdin.write("epoch\n")
        self._process.stdin.flush()

    def seconds(self) -> float:
        """Seconds of the epoch that was begun, once it is over."""
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def write_texts(arguments: argparse.Namespace, path: Path) -> str:
    """The training texts as ids, as our own encoder makes them; returns a line about them."""
    data = load(arguments.file, text=arguments.text, label=arguments.label, rows=arguments.rows)
    rows = split_rows(data, SplitOptions()).train
    options = TextOptions(max_length=arguments.max_length)
    encoder, ids = TextEncoder.fit_encode([data.texts[row] for row in rows], options)
    ids = [each if len(each) else np.array([1], np.int32) for each in ids]
    lengths = np.array([len(each) for each in ids], np.int32)
    np.savez(
        path, flat=np.concatenate(ids), lengths=lengths, labels=data.codes()[rows].astype(np.int32),
        vocabulary=encoder.size, classes=len(data.classes), units=arguments.units,
    )  # fmt: skip
    return f"{data.name}: {len(rows)} texts, mean length {lengths.mean():.1f}, longest {lengths.max()}"


def main() -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--max-length", type=int, default=200)
    parser.add_argument("--units", type=int, default=32, help="of the embedding and of the recurrent layer")
    parser.add_argument("--architectures", default="rnn,lstm,bilstm,gru,bigru,lstm_attention,transformer,cnn")
    parser.add_argument("--sides", default=",".join(PEERS), help="the peers")
    parser.add_argument("--python", default=sys.executable, help="that has PyTorch and JAX")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.npz"
        print(write_texts(arguments, texts))
        for architecture in arguments.architectures.split(","):
            race(architecture, texts, arguments)


def race(architecture: str, texts: Path, arguments: argparse.Namespace) -> None:
    """All sides on one architecture."""
    peers = [
        side
        for side in arguments.sides.split(",")
        if architecture in RECURRENT or not side.startswith(("pytorch packed", "pytorch shuffled"))
    ]
    sides = {"ours": Side("ours", architecture, texts, sys.executable)}
    sides |= {name: Side(name, architecture, texts, arguments.python) for name in peers}
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(arguments.rounds):
        for name, side in sides.items():
            seconds[name].append(side.epoch())
    for side in sides.values():
        side.close()
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    strongest = min(peers, key=medians.__getitem__)
    print(f"{architecture}: ours {medians['ours']:.3f} s an epoch; strongest peer: {strongest}", flush=True)
    for name in peers:
        ratio = medians[name] / medians["ours"]
        print(f"    {name:18} {medians[name]:6.3f} s an epoch: ours is {ratio:.2f}x as fast", flush=True)


if __name__ == "__main__":
    main()
