"""Seconds and memory of `python -m seqcore train` on a file, with whatever limits are in force: all of its processes.

    python -m benchmarks.train_command FILE [options of `train`]

For the whole of IMDb: `python -m benchmarks.train_command imdb.parquet --architectures lstm,bag_of_words --epochs 1`.
Runs the command on a temporary home folder and prints what it prints, then its seconds from start to end and the most
memory that all of its processes held together and that one of them held (`/proc/PID/smaps_rollup`, in which what
processes share is counted once; looked at twice a second). Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from benchmarks.whole_memory import proportional

EVERY = 0.5  # seconds between two looks


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    most, most_of_one = 0.0, 0.0
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        command = [sys.executable, "-m", "seqcore", "train", *sys.argv[1:]]
        process = subprocess.Popen(command, env=os.environ | {"SEQLAB_HOME": home})
        whole = psutil.Process(process.pid)
        while process.poll() is None:
            held = [proportional(each) for each in family(whole)]
            most, most_of_one = max(most, sum(held)), max(most_of_one, max(held, default=0.0))
            time.sleep(EVERY)
        seconds = time.perf_counter() - start
    size = Path(sys.argv[1]).stat().st_size / 1e6
    print(
        f"{Path(sys.argv[1]).name}, {size:.0f} MB: {seconds:.0f} s, at most {most:,.0f} MB together and "
        f"{most_of_one:,.0f} MB in one process; ended with {process.returncode}"
    )
    sys.exit(process.returncode)


def family(process: psutil.Process) -> list[psutil.Process]:
    """The process and all below it; none where it has just ended."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


if __name__ == "__main__":
    main()
