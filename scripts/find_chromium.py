"""Make sure that the browser tests have a Chromium; install it where we can, else say how and fail."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.debian import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_chromium() -> str | None:
    """Path of a Chromium on this machine; `SEQLAB_CHROMIUM` names one that is elsewhere."""
    named = os.environ.get("SEQLAB_CHROMIUM")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (MAC if os.path.exists(MAC) else None)


def main() -> int:
    if find_chromium() is None:
        install("chromium")
    path = find_chromium()
    if path is None:
        print(
            "The browser tests need Chromium and found none. Install it (Debian, Ubuntu: apt-get install chromium; "
            "macOS: Google Chrome), or name one: SEQLAB_CHROMIUM=/path/to/chromium make test",
            file=sys.stderr,
        )
        return 1
    print(f"Browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
