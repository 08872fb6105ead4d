"""Seconds of an epoch on a GPU: ours, ours without cuDNN, stock Keras, and PyTorch where it is installed.

    python -m benchmarks.gpu imdb.parquet [--architectures lstm,bilstm,transformer] [--python peers/bin/python]
        [--rounds 5] [--max-length 200] [--units 32]

Same ids and the same model on every side, of which each is a process of its own that has trained an epoch before; then
they train one in turn. Without a GPU it says so and measures nothing: `benchmarks/peer_race.py` is for processors.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import sys
import tempfile
from pathlib import Path

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_FORCE_GPU_ALLOW_GROWTH": "true"}  # the sides share the memory

from benchmarks.peer_race import Side, write_texts
from benchmarks.race import data_parser
from seqcore.layers.gpu import has_gpu

OURS = ("ours", "ours without cudnn")
KERAS, PYTORCH = ("keras",), ("pytorch padded", "pytorch packed")
RECURRENT = ("lstm", "bilstm", "gru", "bigru")  # the others have nothing to pack


def main() -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--max-length", type=int, default=200)
    parser.add_argument("--units", type=int, default=32, help="of the embedding and of the recurrent layer")
    parser.add_argument("--architectures", default="lstm,bilstm,transformer")
    parser.add_argument("--python", default="", help="that has PyTorch; without it, this one where it has")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not has_gpu():
        print("TensorFlow sees no GPU on this machine, so nothing was measured.")
        return
    pytorch = PYTORCH if arguments.python or importlib.util.find_spec("torch") else ()
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.npz"
        print(write_texts(arguments, texts))
        for architecture in arguments.architectures.split(","):
            names = OURS[: 2 if architecture in RECURRENT else 1] + KERAS
            names += pytorch if architecture in RECURRENT else pytorch[:1]
            race(architecture, names, texts, arguments.rounds, arguments.python or sys.executable)


def race(architecture: str, names: tuple[str, ...], texts: Path, rounds: int, python: str) -> None:
    """All sides on one architecture."""
    pythons = {name: python if name in PYTORCH else sys.executable for name in names}
    sides = {name: Side(f"{name}:0", architecture, texts, pythons[name]) for name in names}
    seconds = [[side.epoch() for side in sides.values()] for _ in range(rounds)]
    for side in sides.values():
        side.close()
    medians = [statistics.median(column) for column in zip(*seconds, strict=True)]
    print(architecture)
    for name, median in zip(names, medians, strict=True):
        print(f"    {name:20} {median:7.3f} s an epoch: ours is {median / medians[0]:.2f}x as fast", flush=True)


if __name__ == "__main__":
    main()
