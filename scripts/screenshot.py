"""Take the README's picture: the app on its sample data, four models just trained: `make screenshot`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright

from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, running_app

PICTURE = ROOT / "docs" / "screenshot.png"
PATIENCE = 300_000  # milliseconds


def main() -> None:
    """Train the four seed models in a real browser and keep what it shows."""
    with tempfile.TemporaryDirectory() as home, running_app(Path(home)) as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1080})
        page.set_default_timeout(PATIENCE)
        page.goto(f"{app.url}/train")
        page.locator(".st-key-train button").click()
        page.get_by_text("All 4 models are ready").wait_for()
        page.get_by_text("Test accuracy").first.wait_for()
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
