"""A disk that is full when a model is to be saved."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]

pytestmark = pytest.mark.engine


def may_mount() -> bool:
    """Whether this system lets anybody have a file system of their own."""
    if shutil.which("unshare") is None:
        return False
    probe = "mount -t tmpfs tmpfs /mnt"
    return subprocess.run([*NAMESPACE, "sh", "-c", probe], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="needs Linux with user namespaces, to have a small disk of its own")
def test_a_run_that_finds_the_disk_full_says_so_and_is_resumed_when_there_is_room(tmp_path):
    done = subprocess.run(
        [*NAMESPACE, sys.executable, str(ROOT / "tests" / "faults" / "full_disk.py"), str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    state, message = found["full"]
    assert state == "interrupted"
    assert "disk is full" in message
    assert found["left"] == ["data.parquet", "filler"]  # no half of a model
    assert found["resumed"] == ["finished", ""]
    assert found["classes"]
