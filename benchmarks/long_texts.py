"""Whether Look inside stays smooth with a text of 500 tokens: from a press to a head's matrix, from token to token.

    python benchmarks/long_texts.py [--tokens 50,500] [--repeats 8]

Trains a small transformer on texts of that length, opens Look inside in Chromium, and for each length presses one head
after another and chooses one token after another. Prints medians in milliseconds: from the press to the new matrix
drawn (through the server, which asks the model), how long of that the script that draws it ran, and from the choice of
a token to both ways drawn (in the browser alone); the longest tasks that blocked the page meanwhile, whosever they were
(0: none of 50 ms or more), and the bytes that came.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.page_measures import BytesMoved, settle
from scripts.running_app import FLAGS, running_app

WORDS = [f"{start}{middle}{end}" for start in "bdfg" for middle in ("ala", "iro", "ume", "eni") for end in "nrst"]
TEXTS = 64
COLUMNS = ("head drawn, ms", "its script, ms", "longest task", "token, ms", "longest task", "kB a head")
WATCH_TASKS = """(() => {
  window.seqlabTasks = [];
  new PerformanceObserver((list) => window.seqlabTasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: 'longtask', buffered: true });
})()"""
# From a press on a button to two frames after the matrix says that it is drawn.
_HEAD = """(matrix, button) => new Promise((done) => {
  const start = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  }).observe(matrix, { attributes: true, attributeFilter: ['data-drawn'] });
  button.click();
})"""
_TOKEN = """(token) => new Promise((done) => {
  const start = performance.now();
  token.click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def train(home: Path, longest: int) -> str:
    """A transformer of one epoch; gives its experiment."""
    rng, file = random.Random(0), home / "long.csv"
    rows = [f"{' '.join(rng.choices(WORDS, k=longest))},{number % 2}" for number in range(TEXTS)]
    file.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "seqcore", "train", str(file), "--architectures", "transformer", "--epochs", "1"]
    command += ["--max-length", "0", "--set", "transformer.layers=2", "--set", "min_count=1", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"SEQLAB_HOME": str(home)}, check=True, capture_output=True, text=True
    )
    return str(json.loads(done.stdout)["runs"][0]["experiment"])


def look(page: Page, text: str) -> None:
    """Type a text and wait for its matrix."""
    size = len(text.split())
    page.get_by_role("textbox", name="Your text").fill(text)
    page.keyboard.press("Control+Enter")
    page.locator(f".matrix[data-drawn] .side >> nth=0 >> .token >> nth={size - 1}").wait_for()
    settle(page)


def measured(page: Page, moved: BytesMoved, repeats: int) -> str:
    """A line of figures."""
    matrix, before = page.locator(".matrix").element_handle(), moved.total
    page.evaluate("window.seqlabTasks.length = 0")
    presses = []
    heads = page.locator(".head").element_handles()
    for number in range(repeats):
        presses.append(float(matrix.evaluate(_HEAD, heads[number % len(heads)])))
        settle(page)
    own = page.evaluate("performance.getEntriesByName('token matrix').map((each) => each.duration)")[-repeats:]
    blocked, came = page.evaluate("[...window.seqlabTasks]"), moved.total - before
    page.evaluate("window.seqlabTasks.length = 0")
    tokens = page.locator(".side").first.locator(".token").element_handles()
    choices = [float(tokens[(7 * number + 3) % len(tokens)].evaluate(_TOKEN)) for number in range(repeats)]
    settle(page)
    then = page.evaluate("[...window.seqlabTasks]")
    figures = (
        statistics.median(presses), statistics.median(own), max(blocked, default=0), statistics.median(choices),
        max(then, default=0), came / repeats / 1000,
    )  # fmt: skip
    return f"{len(tokens):>7}" + "".join(f"{figure:>16.0f}" for figure in figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", default="50,500")
    parser.add_argument("--repeats", type=int, default=8)
    given = parser.parse_args()
    lengths = sorted(int(length) for length in given.tokens.split(","))
    with tempfile.TemporaryDirectory() as folder:
        experiment = train(Path(folder), lengths[-1])
        with running_app(Path(folder)) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.set_default_timeout(120_000)
            context.add_init_script(WATCH_TASKS)
            page = context.new_page()
            moved = BytesMoved(context, page)
            page.goto(f"{app.url}/attention?experiment={experiment}&tab=Attention")
            settle(page)
            print(f"{'tokens':>7}" + "".join(f"{column:>16}" for column in COLUMNS))
            for length in lengths:
                look(page, " ".join(random.Random(1).choices(WORDS, k=length)))
                print(measured(page, moved, given.repeats), flush=True)
            browser.close()


if __name__ == "__main__":
    main()
