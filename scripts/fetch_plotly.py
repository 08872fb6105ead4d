"""Fetch the part of plotly.js that our pictures need, with npm, and keep it packed beside the code that uses it.

    python scripts/fetch_plotly.py

Takes the version that the installed `plotly` package writes its figures for; `PLOTLY_VERSION` has to say the same.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from seqcore.ui.kit.plotly_script import PLOTLY_VERSION, plotly_path


def version_of_installed() -> str:
    """The plotly.js that the installed Python package brings.

    Raises:
        LookupError: it is not installed, or says no version.
    """
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise LookupError("plotly is not installed")
    with (Path(spec.origin).parent / "package_data" / "plotly.min.js").open(encoding="utf-8") as script:
        found = re.search(r"plotly\.js v([\d.]+)", script.read(200))
    if found is None:
        raise LookupError("plotly.js says no version in its first lines")
    return found[1]


def main() -> None:
    version = version_of_installed()
    if version != PLOTLY_VERSION:
        sys.exit(f"Set PLOTLY_VERSION in seqcore/ui/kit/plotly_script.py to {version} first (it is {PLOTLY_VERSION})")
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"plotly.js-cartesian-dist-min@{version}"]
        subprocess.run(command, cwd=folder, check=True, timeout=300)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as files:
            script = files.extractfile("package/plotly-cartesian.min.js")
            if script is None:
                sys.exit("npm's package has no script in it")
            plotly_path().write_bytes(gzip.compress(script.read(), 9, mtime=0))
    print(f"{plotly_path()}: {plotly_path().stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
