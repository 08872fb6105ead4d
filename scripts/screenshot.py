"""Take the README's pictures: the app on its sample data, and inside a model of each kind: `make screenshot`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.page_measures import settle
from scripts.running_app import FLAGS, running_app

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.store import Store

PICTURES = ROOT / "docs"
PATIENCE = 300_000  # milliseconds
WORKSPACE = "personal"


def main() -> None:
    """Train in a real browser and keep what it shows; then look inside models of each kind."""
    from seqcore.settings import Settings
    from seqcore.store import Store

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        store = Store(settings.database, settings.artifacts)
        experiments = {kind: trained(store, data()) for kind, data in DATA.items()}
        with running_app(Path(folder)) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 1080})
            page.set_default_timeout(PATIENCE)
            PICTURES.mkdir(exist_ok=True)
            for kind, experiment in experiments.items():
                page.goto(f"{app.url}/attention?experiment={experiment}")
                keep_maps(page, kind)
            page.goto(f"{app.url}/train")
            page.locator(".st-key-train button").click()
            page.get_by_text("All 4 models are ready").wait_for()
            page.get_by_text("Test accuracy").first.wait_for()
            page.screenshot(path=PICTURES / "screenshot.png")
            browser.close()


def keep_maps(page: Page, kind: str) -> None:
    """A picture of what a model with attention makes of an example, once it is drawn and nothing moves any more."""
    heading = page.get_by_role("heading", name="LSTM + attention", exact=True)
    heading.wait_for()
    settle(page)
    heading.evaluate("(heading) => heading.scrollIntoView({ block: 'start' })")
    settle(page)
    page.screenshot(path=PICTURES / f"inside-{kind}.png", clip={"x": 319, "y": 60, "width": 1121, "height": 800})


def reviews() -> LabelledData:
    """The sample of texts."""
    from seqcore.datasets.samples import load_sample

    return load_sample()


def series() -> LabelledData:
    """Series whose label is the place of a spike."""
    from seqcore.datasets.planted import PlantedSeriesOptions, plant

    return plant("spike", PlantedSeriesOptions(rows=600))


def sounds() -> LabelledData:
    """The sample of sounds."""
    from seqcore.datasets.samples import load_sample

    return load_sample("sounds")


DATA: dict[str, Callable[[], LabelledData]] = {"text": reviews, "series": series, "sounds": sounds}


def trained(store: Store, data: LabelledData) -> str:
    """The id of an experiment of two models, trained here."""
    from seqcore.lab.plan import Choices
    from seqcore.lab.start import start_experiment
    from seqcore.worker.train import train_run

    chosen = Choices(architectures=("lstm", "lstm_attention")).for_kind(data.kind)
    specs = chosen.specs(data.content_hash, max_epochs=500)
    started = start_experiment(store, WORKSPACE, data, specs, submit=lambda _ids: None)
    for run_id in started.run_ids:
        train_run(run_id, store, "here")
    return started.id


if __name__ == "__main__":
    main()
