"""What every page costs and whom it keeps out: bytes of a first visit, layout shift, axe-core, contrast.

    python benchmarks/page_quality.py [--app PATH/TO/OTHER/CHECKOUT] [--width 1440]

Starts the app of this checkout, and with `--app` that of another one first, each on an empty home folder, trains what
is chosen at first, and looks at every page in Chromium with a new profile, in light and dark. Prints a line per page:
layout shift (all shifts added up, the worse of the two themes), elements that break a rule of axe-core (WCAG 2.2 AA and
best practices, light and dark together), the lowest contrast among those that axe-core objects to, and the lowest of
text and of lines and bars in pictures, into which axe-core does not look; before it, bytes over the network, websocket
included, of Data and Train on a first visit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.page_measures import WATCH_SHIFTS, BytesMoved, Violation, drawn_contrasts, layout_shift, settle, violations
from scripts.running_app import FLAGS, running_app

PAGES = {
    "Data": "", "Train": "train", "Train, trained": "train?{}", "Compare": "compare?{}", "Look inside": "attention?{}",
    "Predict": "predict?{}", "Runs": "runs?{}", "How models read": "guide", "Glossary": "glossary",
}  # fmt: skip
THEMES = ("light", "dark")
MINUTES = 10


def visitor(browser: Browser, width: int, theme: str) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH_SHIFTS)
    return context


def bytes_of_first_visit(browser: Browser, url: str, width: int) -> BytesMoved:
    context = visitor(browser, width, "light")
    page = context.new_page()
    moved = BytesMoved(context, page)
    for path in ("", "train"):
        page.goto(f"{url}/{path}")
        settle(page)
    context.close()
    return moved


def train(browser: Browser, url: str, width: int) -> str:
    """Train what is chosen at first; returns what a link to it says."""
    context = visitor(browser, width, "light")
    page = context.new_page()
    page.goto(url)
    settle(page)
    page.locator(".st-key-train-now button:enabled >> visible=true").click()
    page.wait_for_url("**experiment=**")
    page.locator(".st-key-to-compare button >> visible=true").wait_for(timeout=MINUTES * 60_000)
    found = page.url.partition("experiment=")[2].partition("&")[0]
    context.close()
    return f"experiment={found}"


@dataclass
class Looked:
    """What was found on a page in both themes: the worst layout shift, what axe-core objects to, what is drawn."""

    shift: float = 0.0
    violations: list[Violation] = field(default_factory=list)
    drawn: dict[str, list[float]] = field(default_factory=lambda: {"text": [], "line": []})

    @property
    def contrast(self) -> str:
        """The lowest contrast that axe-core objects to."""
        lowest = min((each.contrast for each in self.violations if each.contrast), default=None)
        return "4.5 or more" if lowest is None else f"{lowest:.2f}"

    def in_pictures(self, kind: str) -> str:
        """The lowest contrast of "text" or of a "line" in pictures."""
        return f"{min(self.drawn[kind]):.2f}" if self.drawn[kind] else "none drawn"


def look(browser: Browser, address: str, width: int) -> Looked:
    """Look at a page in both themes."""
    looked = Looked()
    for theme in THEMES:
        context = visitor(browser, width, theme)
        page = context.new_page()
        page.goto(address)
        settle(page)
        looked.shift = max(looked.shift, layout_shift(page))
        looked.violations += violations(page)
        for kind, found in drawn_contrasts(page).items():
            looked.drawn[kind] += found
        context.close()
    return looked


def measure(browser: Browser, root: Path, width: int) -> None:
    with tempfile.TemporaryDirectory() as home, running_app(Path(home), root=root) as app:
        print(f"\n{root}, {width} pixels wide")
        moved = bytes_of_first_visit(browser, app.url, width)
        print(f"Data and Train, first visit: {moved.total / 1e6:.2f} MB ({moved.websocket / 1e6:.2f} MB by websocket)")
        experiment = train(browser, app.url, width)
        columns = ("layout shift", "axe-core", "lowest contrast", "text drawn", "lines drawn")
        print(f"{'page':16}" + "".join(f"{column:>17}" for column in columns))
        for name, path in PAGES.items():
            seen = look(browser, f"{app.url}/{path.format(experiment)}", width)
            said = (f"{seen.shift:.3f}", len(seen.violations), seen.contrast)
            cells = (*said, seen.in_pictures("text"), seen.in_pictures("line"))
            print(f"{name:16}" + "".join(f"{cell:>17}" for cell in cells), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, help="another checkout, measured first")
    parser.add_argument("--width", type=int, default=1440)
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for root in [arguments.app.resolve(), ROOT] if arguments.app else [ROOT]:
            measure(browser, root, arguments.width)
        browser.close()


if __name__ == "__main__":
    main()
