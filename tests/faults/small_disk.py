"""A store on a disk of its own that is filled, then only read; prints what it says each time.

    unshare --user --map-root-user --mount python small_disk.py FOLDER

A process of its own, because only inside a namespace may anybody mount a file system.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from seqcore.errors import StorageError
from seqcore.store import MetricRow, Store
from tests.engine.laboratory import Lab
from tests.faults.full_disk import fill

MANY = [MetricRow("train", 0.0, step, 0.0, 0.5, 0.5) for step in range(2000)]


def main(folder: Path) -> None:
    """Keep something, then try each thing on a full and on a read-only disk."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)
    lab = Lab(disk)
    (run_id,) = lab.queue("finish")
    lab.store.progress.begin(run_id, "engine")
    said = {"names": [dataset.name for dataset in lab.store.datasets.all("me")]}
    fill(disk / "filler")
    said["file on a full disk"] = problem(lambda: lab.store.artifacts.write(run_id, "model.keras", bytes(10_000)))
    said["rows on a full disk"] = problem(lambda: record(lab.store, run_id))
    said["read on a full disk"] = problem(lambda: lab.store.runs.find(run_id))
    said["again with room"] = with_room(disk / "filler", lambda: record(lab.store, run_id))
    lab.store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    said["read-only home"] = problem(lambda: Store(lab.settings.database, lab.settings.artifacts))
    said["new home on it"] = problem(lambda: Store(f"sqlite:///{disk / 'new' / 'lab.db'}", str(disk)))
    said["file on it"] = problem(lambda: lab.store.artifacts.write(run_id, "model.keras", b"x"))
    said["command line"] = command_line(disk)
    print(json.dumps(said))


def record(store: Store, run_id: str) -> None:
    """More rows than there is room for, once: a worker would go on trying."""
    type(store.progress).record.__wrapped__(store.progress, run_id, MANY, epoch=1.0, texts_per_second=1.0)


def problem(work) -> str:
    """What the work is refused with; empty where it is not."""
    try:
        work()
    except StorageError as error:
        return error.problem
    return ""


def with_room(filler: Path, work) -> str:
    """The same when somebody has made room."""
    filler.unlink()
    return problem(work)


def command_line(home: Path) -> list:
    """Its exit code and what it says, in one line."""
    environment = os.environ | {"SEQLAB_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "seqcore", "runs"], capture_output=True, text=True, check=False, env=environment
    )
    return [done.returncode, done.stdout, done.stderr]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
