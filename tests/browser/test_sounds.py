"""A sound is recorded with the browser's microphone and answered by a model, under our security policy."""

import pytest
from playwright.sync_api import Page, expect

from scripts.running_app import RunningApp
from seqcore.lab.plan import Choices
from seqcore.store import Store
from seqcore.worker.train import train_run
from tests.kinds.audio.tones import SETTINGS, labelled_tones

pytestmark = pytest.mark.browser


@pytest.fixture
def experiment_id(running_app: RunningApp) -> str:
    """A tiny model of sounds in the personal workspace."""
    store = Store(f"sqlite:///{running_app.home / 'sequence-lab.db'}", str(running_app.home / "artifacts"))
    data = labelled_tones()
    chosen = Choices(architectures=("rnn",)).for_kind("audio").with_values(SETTINGS)
    dataset = store.datasets.add("personal", data)
    experiment = store.experiments.add("personal", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    for run in store.runs.of("personal", experiment.id):
        train_run(run.id, store, "here")
    return experiment.id


def test_what_is_recorded_is_answered(page: Page, app_url: str, experiment_id: str) -> None:
    page.goto(f"{app_url}/predict?experiment={experiment_id}")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_timeout(2000)  # of sound
    page.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_text("It is loudest at")).to_be_visible()
    expect(page.get_by_text("The model says")).to_be_visible()
