"""A sound is recorded with the browser's microphone and answered by a model, under our security policy."""

import pytest
from playwright.sync_api import Page, expect

from scripts.running_app import running_app
from seqcore.lab.plan import Choices
from seqcore.settings import Settings
from seqcore.store import Store
from seqcore.worker.train import train_run
from tests.kinds.audio.tones import SETTINGS, labelled_tones

pytestmark = pytest.mark.browser


def trained_experiment(settings: Settings) -> str:
    """A tiny model of sounds in the personal workspace, trained before any server looks for what waits."""
    store, data = Store(settings.database, settings.artifacts), labelled_tones()
    chosen = Choices(architectures=("rnn",)).for_kind("audio").with_values(SETTINGS)
    dataset = store.datasets.add("personal", data)
    experiment = store.experiments.add("personal", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    for run in store.runs.of("personal", experiment.id):
        train_run(run.id, store, "here")
    return experiment.id


def test_what_is_recorded_is_answered(page: Page, tmp_path) -> None:
    experiment_id = trained_experiment(Settings(home=tmp_path))
    with running_app(tmp_path) as app:
        page.goto(f"{app.url}/predict?experiment={experiment_id}")
        page.get_by_role("button", name="Record", exact=True).click()
        page.wait_for_timeout(2000)  # of sound
        page.get_by_role("button", name="Stop recording").click()
        expect(page.get_by_text("It is loudest at")).to_be_visible()
        expect(page.get_by_text("The model says")).to_be_visible()


def test_a_model_is_looked_into_about_what_is_recorded(page: Page, tmp_path) -> None:
    experiment_id = trained_experiment(Settings(home=tmp_path))
    with running_app(tmp_path) as app:
        page.goto(f"{app.url}/attention?experiment={experiment_id}")
        page.get_by_role("radio", name="Your own sound").click()
        page.get_by_role("button", name="Record", exact=True).click()
        page.wait_for_timeout(2000)  # of sound
        page.get_by_role("button", name="Stop recording").click()
        expect(page.get_by_text("Says").first).to_be_visible()
        expect(page.get_by_role("heading", name="How to read it, and how not")).to_be_visible()
