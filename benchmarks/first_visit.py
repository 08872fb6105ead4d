"""What a first visit moves over the network, by what it belongs to, beside a page of Streamlit alone.

    python benchmarks/first_visit.py [--app PATH/TO/OTHER/CHECKOUT] [--pages "" train]

Opens the pages one after the other in Chromium with a new profile, first of a Streamlit script of one line, then of
`--app`, then of this checkout, each on an empty home folder. Prints kB as they come over the wire, heads of answers
too, and how many answers and websocket messages there were.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.page_measures import WATCH_SHIFTS, BytesMoved, settle
from scripts.running_app import FLAGS, running_app

MESSAGES = "websocket messages"
PARTS = (
    "Streamlit's scripts", "Streamlit's styles", "Streamlit's fonts", "Plotly's script", "our styles and scripts",
    "pages", "other answers", MESSAGES,
)  # fmt: skip


def part_of(address: str) -> str:
    """What an address belongs to."""
    path = urlsplit(address).path
    if "/vendor/plotly" in path:
        return "Plotly's script"
    if "/vendor/" in path:
        return "our styles and scripts"
    if path.endswith((".woff2", ".woff", ".ttf")):
        return "Streamlit's fonts"
    if "/static/" in path:
        return "Streamlit's styles" if path.endswith(".css") else "Streamlit's scripts"
    return "other answers" if "/_stcore/" in path or "." in path else "pages"


def visit(browser: Browser, url: str, pages: Sequence[str]) -> BytesMoved:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    moved = BytesMoved(context, page)
    for path in pages:
        page.goto(f"{url}/{path}")
        settle(page)
    context.close()
    return moved


def by_part(moved: BytesMoved) -> tuple[Counter[str], Counter[str]]:
    """Bytes and answers of each part."""
    sizes, answers = Counter({MESSAGES: moved.websocket}), Counter({MESSAGES: moved.messages})
    for address, size in moved.answers:
        sizes[part_of(address)] += size
        answers[part_of(address)] += 1
    return sizes, answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, help="another checkout, measured too")
    parser.add_argument("--pages", nargs="*", default=["", "train"], help="of the app; of Streamlit alone only its one")
    arguments = parser.parse_args()
    found = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text("import streamlit as st\nst.title('Data')\n", encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        sides = {"Streamlit alone": (ROOT, bare, [""])}
        for name, root in {"before": arguments.app, "here": ROOT}.items():
            if root is not None:
                sides[name] = (root.resolve(), root.resolve() / "app.py", arguments.pages)
        for name, (root, script, pages) in sides.items():
            with tempfile.TemporaryDirectory() as home, running_app(Path(home), root=root, script=script) as app:
                found[name] = by_part(visit(browser, app.url, pages))
        browser.close()
    print(f"{'kB (answers)':24}" + "".join(f"{name:>20}" for name in found))
    for part in PARTS:
        cells = [f"{sizes[part] / 1000:.1f} ({answers[part]})" for sizes, answers in found.values()]
        print(f"{part:24}" + "".join(f"{cell:>20}" for cell in cells))
    print(f"{'all':24}" + "".join(f"{sizes.total() / 1000:>20.1f}" for sizes, _ in found.values()))


if __name__ == "__main__":
    main()
