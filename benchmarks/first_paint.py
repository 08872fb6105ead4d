"""From starting the app to the first paint of its page in Chromium, and what a visitor of a running server waits for.

    python benchmarks/first_paint.py [--app PATH/TO/OTHER/CHECKOUT] [--repeats 3] [--rest 20]

Starts `streamlit run app.py` as `make app` does, on a free port and an empty home folder, with a browser already
waiting, in turn with a bare Streamlit page of one line and with `--app`, so that whatever else the machine does meets
all of them. Prints medians of the seconds from launch to the page's HTML, to the first contentful paint and to the
page's title; then, after a rest in which the training engine has started, what a second browser waits for the last two;
and each as a ratio to the bare page. Python's byte code has to be there, as `make install` leaves it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, free_port, launch

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
WAITS = ("HTML", "first paint", "title", "later first paint", "later title")
BARE = "a bare Streamlit page"


def waits(browser: Browser, script: Path, root: Path, title: str, rest: float) -> list[float]:
    """Seconds from launch to the HTML, the first contentful paint and the title; the last two for a later browser."""
    port, pause = free_port(), threading.Event()
    url = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        server = launch(script, port, Path(home), root=root)
        try:
            while not answers(url):
                pause.wait(0.01)
            answered = time.perf_counter() - start
            painted, titled = visit(browser, url, title)
            pause.wait(rest)
            return [answered, answered + painted, answered + titled, *visit(browser, url, title)]
        finally:
            server.terminate()
            server.wait(timeout=60)


def visit(browser: Browser, url: str, title: str) -> tuple[float, float]:
    """Seconds that a browser with a new profile waits for the first contentful paint, and for the title."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.get_by_role("heading", name=title).first.wait_for(timeout=60_000)
    titled = time.perf_counter() - start
    painted = page.evaluate(PAINT) / 1000
    context.close()
    return painted, titled


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": "text/html"}), timeout=30) as answer:
            return bool(answer.read())
    except OSError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, help="another checkout, measured too")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rest", type=float, default=20, help="seconds before the later browser comes")
    arguments = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text("import streamlit as st\nst.title('Data')\n", encoding="utf-8")
        sides = {BARE: (bare, ROOT)}
        for name, root in {"before": arguments.app, "Sequence Lab": ROOT}.items():
            if root is not None:
                sides[name] = (root.resolve() / "app.py", root.resolve())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        found: dict[str, list[list[float]]] = {name: [] for name in sides}
        for turn in range(arguments.repeats + 1):
            for name, (script, root) in sides.items():
                seconds = waits(browser, script, root, "Data", arguments.rest if turn else 0)
                found[name] += [seconds] if turn else []  # the first turn brings files into the disk cache
        browser.close()
    medians = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in found.items()}
    print(f"{'seconds':24}" + "".join(f"{wait:>20}" for wait in WAITS))
    for name, each in medians.items():
        told = [f"{seconds:.2f} ({seconds / one:.2f}x)" for seconds, one in zip(each, medians[BARE], strict=True)]
        print(f"{name:24}" + "".join(f"{cell:>20}" for cell in told))


if __name__ == "__main__":
    main()
