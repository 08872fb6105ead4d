"""A virtual environment that has what a requirements file names, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).with_name("uv")  # a second environment of the same packages takes it seconds, and no disk


class CleanEnvironment:
    """The environment, and the folder that its programs run in."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Make it, without packages; `folder` becomes the home of whatever runs in it, too."""
        self.programs, self.folder = root / ("Scripts" if os.name == "nt" else "bin"), folder
        self._uv("venv", "--python", sys.executable, str(root))

    def install(self, *what: str) -> None:
        """Packages, as `pip install` names them."""
        self._uv("pip", "install", "--python", str(self.programs / "python"), *what)

    def installed(self) -> dict[str, str]:
        """Every package with its version."""
        listed = self._uv("pip", "list", "--format", "json", "--python", str(self.programs / "python"))
        return {each["name"]: each["version"] for each in json.loads(listed)}

    def run(self, program: str, *arguments: str, only: str = "") -> str:
        """What the program says; it sees neither this repository nor our environment nor the user's packages."""
        seen = {"PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(self.folder), "ONLY": only}
        return _said([str(self.programs / program), *arguments], cwd=self.folder, env=seen)

    def _uv(self, *arguments: str) -> str:
        return _said([str(UV), "--quiet", *arguments], cwd=self.folder, env=os.environ | _index_of_pip())


def _index_of_pip() -> dict[str, str]:
    """The package index that pip is set to; uv asks for its own otherwise."""
    settings = _said([sys.executable, "-m", "pip", "config", "list"])
    found = {where: url for where, url in re.findall(r"^(\S+)\.index-url='(.+)'$", settings, re.MULTILINE)}
    urls = [found[where] for where in (":env:", "install", "site", "user", "global") if where in found]
    return {"UV_DEFAULT_INDEX": urls[0]} if urls else {}


def _said(command: list[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
