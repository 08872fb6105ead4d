"""How many finished commands end with anything of the engine's connection on standard error.

    python benchmarks/quiet_ends.py [--runs 25]

Trains a tiny model on a few lines again and again, at low priority, in a home folder of its own, and prints how many of
the commands had a line on standard error that is neither progress nor how the file was read.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIGNS = ("Traceback", "Error", "Exception", " - INFO - ", " - WARNING - ", " - ERROR - ", "Warning:", '  File "')


def train(file: Path, home: Path) -> list[str]:
    """The lines on standard error that should not be there."""
    command = [sys.executable, "-m", "seqcore", "train", str(file), "--architectures", "rnn", "--epochs", "1"]
    environment = os.environ | {"SEQLAB_HOME": str(home), "SEQLAB_WORKERS": "1"}
    done = subprocess.run(
        [*command, "--units", "4", "--json"],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=True, preexec_fn=lambda: os.nice(19),
    )  # fmt: skip
    return [line for line in done.stderr.splitlines() if any(sign in line for sign in SIGNS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=25)
    runs = parser.parse_args().runs
    loud = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "reviews.csv")
        lines = [f"a {('bad', 'good')[number % 2]} film {number},{number % 2}" for number in range(40)]
        file.write_text("text,label\n" + "\n".join(lines) + "\n", encoding="utf-8")
        for _ in range(runs):
            found = train(file, Path(folder, "home"))
            loud += bool(found)
            print(*found, sep="\n", end="\n" if found else "", flush=True)
    print(f"{loud} of {runs} commands ended with something on standard error that should not be there")


if __name__ == "__main__":
    main()
