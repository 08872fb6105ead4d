"""Memory of the server after a day of use, and of the training processes over many runs.

    python benchmarks/memory.py [--part engine|server] [--sessions 20] [--reruns 1000] [--runs 50]

The server: that many sessions of one Chromium walk from page to page of a trained experiment. The engine: that many
short runs, one after the other. Prints megabytes (resident; for the engine's processes, which share the pages they
were forked with, their unique ones) at the start, along the way and at the end, and the ratios.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil
from playwright.sync_api import Page, sync_playwright

from benchmarks.large_store import train_one
from benchmarks.race import bad, load, wait_for, warm_engine
from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, running_app
from seqcore.lab.plan import Choices

TITLES = ("Train", "Compare", "Look inside", "Predict", "Runs", "How models read", "Data")
MB = 1e6


def walk_on(page: Page, title: str) -> None:
    """Follow a link of the menu, as a rerun of the same session."""
    page.locator("[data-testid=stSidebarNav]").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, exact=True).wait_for()
    page.wait_for_selector("[data-testid=stApp]:not([data-test-script-state=running])", state="attached")


def server_memory(sessions: int, reruns: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        train_one(home)
        with running_app(home) as app, sync_playwright() as playwright:
            server = psutil.Process(app.pid)
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            pages = [browser.new_context().new_page() for _ in range(sessions)]
            for page in pages:
                page.goto(app.url)
                page.get_by_role("heading", name="Data", exact=True).wait_for()
            marks = {0: server.memory_info().rss / MB}
            for done in range(reruns):
                walk_on(pages[done % sessions], TITLES[done // sessions % len(TITLES)])
                if (done + 1) % max(1, reruns // 4) == 0:
                    marks[done + 1] = server.memory_info().rss / MB
            browser.close()
    print(f"server, {sessions} sessions: " + ", ".join(f"{mb:.0f} MB after {n} reruns" for n, mb in marks.items()))
    last = list(marks.values())
    print(f"server: the second half of the reruns took it to {last[-1] / last[len(last) // 2]:.2f}x")


def engine_memory(runs: int) -> None:
    data = load(None, text=None, label=None, rows=None)
    marks: dict[int, float] = {}
    with warm_engine(workers=1) as (store, engine):
        dataset = store.datasets.add("personal", data)
        family = psutil.Process(engine._connection.supervisor.pid)
        for number in range(1, runs + 1):
            names = ("lstm", "lstm_attention", "rnn", "transformer", "cnn")
            chosen = Choices(architectures=(names[number % len(names)],), seed=number).with_values({"epochs": 1})
            experiment = store.experiments.add("personal", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
            engine.submit(experiment.run_ids)
            problems = bad(wait_for(store, "personal", experiment.id))
            if problems:
                sys.exit("\n".join(problems))
            if number % max(1, runs // 5) == 0:
                marks[number] = sum(child.memory_full_info().uss for child in family.children(recursive=True)) / MB
    print("engine's processes: " + ", ".join(f"{mb:.0f} MB after {n} runs" for n, mb in marks.items()))
    _, first, *_, last = marks  # at the first mark the processes may still hold what starting took
    print(f"engine: from {first} to {last} runs {marks[last] / marks[first]:.2f}x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["engine", "server"], help="one of the two only")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--reruns", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=50)
    arguments = parser.parse_args()
    if arguments.part != "server":
        engine_memory(arguments.runs)
    if arguments.part != "engine":
        server_memory(arguments.sessions, arguments.reruns)


if __name__ == "__main__":
    main()
