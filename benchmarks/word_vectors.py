"""How long a file of word vectors takes to be read, and how much memory.

    python -m benchmarks.word_vectors [FILE] [--words 400000] [--size 50] [--wanted 20000]

Without a file, one of that many words is written first, as GloVe's text, gzip of it, and word2vec's binary form; each
is read in a process of its own. Memory is that process's highest, beside one that reads nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

FORMS = ("txt", "txt.gz", "bin")
_BLOCK = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--words", type=int, default=400_000)
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--wanted", type=int, default=20_000, help="words of the texts")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        read(given.file, given.wanted)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = [given.file] if given.file else write(Path(folder), given.words, given.size)
        nothing = measured(None, given.wanted)
        print("file                 MB   seconds   kept       MB of memory beyond a process that reads nothing")
        for file in files:
            found = measured(file, given.wanted)
            beyond = found["megabytes"] - nothing["megabytes"]
            size = file.stat().st_size / 1e6
            print(f"{file.name:18} {size:6.1f} {found['seconds']:8.1f} {found['kept']:8,} {beyond:10.1f}")


def write(folder: Path, words: int, size: int) -> list[Path]:
    """The same vectors in every form."""
    rng, files = np.random.default_rng(0), [folder / f"vectors.{form}" for form in FORMS]
    with files[0].open("wb") as text, gzip.open(files[1], "wb", 1) as packed, files[2].open("wb") as binary:
        binary.write(f"{words} {size}\n".encode())
        for start in range(0, words, _BLOCK):
            values = rng.normal(0, 0.4, (min(_BLOCK, words - start), size)).astype("<f4")
            for number, row in enumerate(values, start):
                line = f"w{number} {' '.join(f'{value:.5f}' for value in row.tolist())}\n".encode()
                text.write(line)
                packed.write(line)
                binary.write(f"w{number} ".encode() + row.tobytes() + b"\n")
    return files


def measured(file: Path | None, wanted: int) -> dict[str, float]:
    """Seconds and memory of a process that reads the file."""
    named = [str(file)] if file else []
    command = [sys.executable, "-m", "benchmarks.word_vectors", "--read", *named, "--wanted", str(wanted)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def read(file: Path | None, wanted: int) -> None:
    """In a process of its own; every twentieth word of a generated file, or the most usual ones of English."""
    from stop_words import get_stop_words

    from seqcore.kinds.text.vectors import read_vectors

    words = {*(f"w{20 * number}" for number in range(wanted)), *get_stop_words("english")}
    started, kept = time.perf_counter(), 0
    if file is not None:
        with file.open("rb") as opened:
            kept = len(read_vectors(opened, file.name, words).words)
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "kept": kept, "megabytes": megabytes}))


if __name__ == "__main__":
    main()
