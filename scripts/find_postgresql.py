"""Make sure that the cluster tests have a PostgreSQL; install it where we can, else say how and fail."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.debian import install

NEEDED = ("initdb", "postgres")
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


def find_postgresql() -> Path | None:
    """Folder with `initdb` and `postgres`, the newest there is; `SEQLAB_POSTGRESQL` names one that is elsewhere."""
    named = os.environ.get("SEQLAB_POSTGRESQL")
    if named:
        return Path(named)
    folders = [folder for place in PLACES for folder in Path("/").glob(place.removeprefix("/"))]
    on_path = shutil.which("initdb")
    folders = sorted(folders, key=_version) + ([Path(on_path).resolve().parent] if on_path else [])
    return next((folder for folder in reversed(folders) if is_complete(folder)), None)


def is_complete(folder: Path) -> bool:
    """Whether everything is there that starts a server."""
    return all(os.access(folder / program, os.X_OK) for program in NEEDED)


def _version(folder: Path) -> int:
    return max((int(number) for number in re.findall(r"\d+", str(folder))), default=0)


def main() -> int:
    if find_postgresql() is None:
        install("postgresql")
    folder = find_postgresql()
    if folder is None or not is_complete(folder):
        print(
            f"The cluster tests need PostgreSQL and found {'none' if folder is None else f'no {NEEDED} in {folder}'}. "
            "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), or name the "
            "folder of its programs: SEQLAB_POSTGRESQL=/path/to/bin make test-cluster",
            file=sys.stderr,
        )
        return 1
    print(f"Cluster tests use {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
