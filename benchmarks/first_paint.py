"""From starting the app to the first paint of its page in Chromium.

    python benchmarks/first_paint.py [--repeats 3]

Starts `streamlit run app.py` as `make app` does, on a free port and an empty home folder, with a browser already
waiting. Prints seconds from launch to the first contentful paint and to the page's title, beside the time that a bare
Streamlit page of one line takes in the same run.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, free_port, launch

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def first_paint(browser: Browser, script: Path, title: str) -> tuple[float, float]:
    """Seconds from launch to the first contentful paint and to the title."""
    port, pause = free_port(), threading.Event()
    with tempfile.TemporaryDirectory() as home:
        page = browser.new_page()
        start = time.perf_counter()
        server = launch(script, port, Path(home))
        try:
            while not answers(port):
                pause.wait(0.01)
            opened = time.perf_counter()
            page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
            page.get_by_role("heading", name=title).first.wait_for(timeout=60_000)
            titled = time.perf_counter() - start
            painted = opened - start + page.evaluate(PAINT) / 1000
        finally:
            page.close()
            server.terminate()
            server.wait(timeout=20)
    return painted, titled


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text("import streamlit as st\nst.title('Data')\n", encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        medians = {}
        for name, script in (("a bare Streamlit page", bare), ("Sequence Lab", ROOT / "app.py")):
            first_paint(browser, script, "Data")  # files into the disk cache
            times = [first_paint(browser, script, "Data") for _ in range(arguments.repeats)]
            painted, titled = (statistics.median(column) for column in zip(*times, strict=True))
            medians[name] = titled
            print(f"{name:22} first paint {painted:.2f} s, title {titled:.2f} s after launch")
        print(f"ratio of the titles: {medians['Sequence Lab'] / medians['a bare Streamlit page']:.2f}x")
        browser.close()


if __name__ == "__main__":
    main()
