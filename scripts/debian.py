"""Installing a package of Debian's, where we may."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(package: str) -> None:
    """Install it as root with apt-get; elsewhere do nothing, whoever needs it will say what is missing."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, env=environment)
