"""The app against the cluster, in a real browser: it may be killed, its trainings go on."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.running_app import running_app
from seqcore.store import ACTIVE, RunState
from tests.browser.steps import ask, choose_models, press_train, set_epochs, wait_for_points
from tests.cluster.laboratory import SECONDS, WORKSPACE, ClusterLab
from tests.waiting import until

pytestmark = pytest.mark.cluster
EPOCHS = 30


def test_runs_finish_when_the_app_is_killed_and_are_there_when_it_is_back(
    page: Page, lab: ClusterLab, tmp_path: Path
) -> None:
    with running_app(tmp_path, **lab.environment) as app:
        page.goto(f"{app.url}/train")
        choose_models(page, "rnn", "lstm_attention")
        set_epochs(page, EPOCHS)
        experiment = press_train(page)
        wait_for_points(page, more_than=2)
        os.kill(app.pid, signal.SIGKILL)

    runs = lab.store.runs.of(WORKSPACE, experiment)
    assert len(runs) == 2
    assert any(run.state in ACTIVE for run in runs), "they had ended before the app was killed"
    until(
        lambda: all(run.state is RunState.FINISHED for run in lab.store.runs.of(WORKSPACE, experiment)),
        SECONDS,
    )
    assert [run.results["epochs"] for run in lab.store.runs.of(WORKSPACE, experiment)] == [EPOCHS] * 2

    with running_app(tmp_path, **lab.environment) as again:
        page.goto(f"{again.url}/train?experiment={experiment}")
        expect(page.get_by_text("All 2 models are ready")).to_be_visible()
        page.get_by_role("link", name="Look inside").first.click()
        ask(page, "a fine film")
        expect(page.locator(".look").first.locator(".text")).to_have_text("a fine film")
