"""Two servers on one home folder: each trains its own, both know everything."""

import pytest
from playwright.sync_api import Page, expect

from scripts.running_app import running_app
from seqcore.settings import Settings
from seqcore.store import RunState, Store
from tests.browser.conftest import TRAINED
from tests.browser.steps import choose_models, press_train, set_number

pytestmark = pytest.mark.browser


def test_two_servers_share_a_home_folder_and_train_each_its_own(page: Page, tmp_path) -> None:
    settings = Settings(home=tmp_path)
    with running_app(tmp_path) as one, running_app(tmp_path) as other:
        experiments = []
        for app, model in ((one, "rnn"), (other, "gru")):
            page.goto(f"{app.url}/train")
            choose_models(page, model)
            set_number(page, "train-training-epochs", 3)
            experiments.append(press_train(page))
        for app, experiment in zip((other, one), experiments, strict=True):  # each looked at through the other server
            page.goto(f"{app.url}/train?experiment={experiment}")
            expect(page.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)
    runs = Store(settings.database, settings.artifacts).runs.all("personal")
    assert sorted((run.architecture, run.state) for run in runs) == [
        ("gru", RunState.FINISHED),
        ("rnn", RunState.FINISHED),
    ]
    assert len({run.engine for run in runs}) == 2
