"""The server is killed in the middle of a training: nothing is lost, one press goes on, the numbers are the same."""

import os
import signal

import pytest
from playwright.sync_api import Page, expect

from scripts.running_app import running_app
from seqcore.settings import Settings
from seqcore.store import RunState, Store
from tests.browser.conftest import TRAINED
from tests.browser.steps import choose_models, press_train, set_epochs, wait_for_points
from tests.waiting import until

pytestmark = pytest.mark.browser

EPOCHS = 20
WORKSPACE = "personal"


def start_training(page: Page) -> str:
    choose_models(page, "lstm")
    set_epochs(page, EPOCHS)
    return press_train(page)


def test_a_run_goes_on_after_the_server_was_killed_and_ends_as_if_nothing_had_been(page: Page, tmp_path) -> None:
    settings = Settings(home=tmp_path)
    store = Store(settings.database, settings.artifacts)
    with running_app(tmp_path) as first:
        page.goto(f"{first.url}/train")
        experiment = start_training(page)
        (run,) = store.runs.of(WORKSPACE, experiment)
        points = wait_for_points(page, more_than=4)
        page.reload()
        wait_for_points(page, more_than=points)  # the curves are there again, and go on
        until(lambda: store.runs.find(run.id).epoch > 5)
        os.kill(first.pid, signal.SIGKILL)

    with running_app(tmp_path) as again:
        page.goto(f"{again.url}/train?experiment={experiment}")
        expect(page.get_by_text("The app was closed while this run was going").first).to_be_visible()
        reached = store.runs.find(run.id).epoch
        page.get_by_role("button", name="Resume").click()
        expect(page.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)
        resumed = store.runs.find(run.id)
        assert (resumed.state, resumed.results["epochs"]) == (RunState.FINISHED, EPOCHS)
        training = [row.epoch for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
        assert training == [float(epoch) for epoch in range(1, EPOCHS + 1)]
        assert 0 < reached < EPOCHS

        page.get_by_role("button", name="Train again with changes").click()
        (undisturbed,) = store.runs.of(WORKSPACE, start_training(page))
        expect(page.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)
    scores = [store.runs.find(run_id).results["test"] for run_id in (run.id, undisturbed.id)]
    same = ("accuracy", "macro_f1", "loss")
    assert [scores[0][name] for name in same] == [scores[1][name] for name in same]
