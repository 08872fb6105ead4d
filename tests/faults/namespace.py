"""Mounting a file system of one's own, where the system lets anybody do that."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def may_mount() -> bool:
    """Whether this system lets anybody have a file system of their own."""
    if shutil.which("unshare") is None:
        return False
    probe = "mount -t tmpfs tmpfs /mnt"
    return subprocess.run([*NAMESPACE, "sh", "-c", probe], capture_output=True, check=False).returncode == 0


needs_mount = pytest.mark.skipif(not may_mount(), reason="needs Linux with user namespaces, to have a small disk")


def said_in_namespace(script: str, folder: Path) -> dict:
    """What a script of this folder prints, run where it may mount."""
    done = subprocess.run(
        [*NAMESPACE, sys.executable, str(ROOT / "tests" / "faults" / script), str(folder)],
        capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
