"""Addresses: what they bring back, what a tab of the browser is called, and what happens when they name nothing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from scripts.running_app import RunningApp
from scripts.running_app import running_app as start_app
from seqcore.settings import Settings
from seqcore.store import Store
from tests.pages.finished import finished_experiment, labelled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app, with an experiment that looks trained."""
    home = tmp_path_factory.mktemp("links")
    settings = Settings(home=home)
    store = Store(settings.database, settings.artifacts)
    finished_experiment(store, [("rnn", 0), ("lstm_attention", 0)], data=labelled(name="mails"))
    with start_app(home) as app:
        yield app


def test_back_and_reload_find_the_tab_and_the_text_again(lab: RunningApp, page: Page) -> None:
    page.goto(f"{lab.url}/compare")
    page.get_by_role("tab", name="Mistakes").click()
    page.wait_for_url(re.compile("tab=Mistakes"))
    expect(page).to_have_title("Compare – mails – Sequence Lab")
    page.locator(".st-key-way-through a").filter(has_text="Look inside").first.click()
    text = page.get_by_role("textbox", name="Your text")
    text.fill("what a fine film")
    text.press("Control+Enter")
    page.wait_for_url(re.compile(r"/attention\?.*text=what"))
    expect(page).to_have_title("Look inside – mails – Sequence Lab")
    page.go_back()
    expect(page.get_by_role("tab", name="Mistakes")).to_have_attribute("aria-selected", "true")
    page.go_forward()
    expect(text).to_have_value("what a fine film")
    page.reload()
    expect(text).to_have_value("what a fine film")


def test_one_press_goes_back_behind_the_menu_and_the_ids_stay(lab: RunningApp, page: Page) -> None:
    settings = Settings(home=lab.home)
    (experiment,) = Store(settings.database, settings.artifacts).experiments.all(settings.workspace)
    named = re.compile(f"experiment={experiment.id}")
    page.goto(f"{lab.url}/compare?experiment={experiment.id}")
    page.get_by_role("tab", name="Mistakes").wait_for()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Runs").click()
    page.wait_for_url(re.compile(r"/runs"))
    page.get_by_role("heading", name="Runs", exact=True).wait_for()
    expect(page).to_have_url(named)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Train").click()
    page.wait_for_url(re.compile(r"/train"))
    page.get_by_role("heading", name="Train", exact=True).wait_for()
    expect(page).to_have_url(named)
    page.go_back()
    page.wait_for_url(re.compile(r"/runs"))
    page.get_by_role("heading", name="Runs", exact=True).wait_for()
    page.go_back()
    page.wait_for_url(re.compile(r"/compare"))


def test_back_returns_to_the_architecture_of_before_and_then_leaves(lab: RunningApp, page: Page) -> None:
    page.goto(f"{lab.url}/runs")
    page.get_by_role("heading", name="Runs", exact=True).wait_for()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="How models read").click()
    page.wait_for_url(re.compile("model=rnn"))
    for label, name in (("LSTM", "lstm"), ("GRU", "gru")):
        page.get_by_role("radio", name=label, exact=True).click()
        page.wait_for_url(re.compile(f"model={name}(&|$)"))
    page.go_back()
    expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="RNN", exact=True)).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("text=.*model=lstm|model=lstm.*text="))
    page.go_back()
    page.wait_for_url(re.compile("model=rnn"))
    page.go_back()
    page.wait_for_url(re.compile("/runs"))


def test_a_text_is_asked_about_by_its_button_and_stays_in_the_address(lab: RunningApp, page: Page) -> None:
    page.goto(f"{lab.url}/predict?text=brought%20by%20a%20link")
    text = page.get_by_role("textbox", name="Your text")
    expect(text).to_have_value("brought by a link")
    text.fill("what a bore")
    page.get_by_role("button", name="Ask the models").click()
    page.wait_for_url(re.compile(r"/predict\?.*text=what"))
    expect(page).to_have_title("Predict – mails – Sequence Lab")


def test_a_row_that_is_pressed_over_the_test_set_is_all_that_the_address_names(lab: RunningApp, page: Page) -> None:
    page.goto(f"{lab.url}/attention?tab=Over+the+test+set&text=what+a+fine+film")
    page.get_by_text("Where models disagree").click()
    page.get_by_role("button", name="Look inside").nth(5).click()
    page.wait_for_url(re.compile(r"row=\d+$"))
    expect(page.get_by_text("Find a test text")).to_be_in_viewport()


def test_an_address_that_names_nothing_is_one_sentence_with_ways_on(lab: RunningApp, page: Page) -> None:
    page.goto(f"{lab.url}/train?experiment=AAAAAAAAAAAAAAAA&dataset=nothing")
    expect(page.get_by_text("No experiment and no data set with this id")).to_have_count(1)
    page.wait_for_url(re.compile(r"/train$"))
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    page.locator(".st-key-dead-link a").filter(has_text="Train models").first.click()
    expect(page.locator(".st-key-train button:enabled")).to_have_count(1)
    assert "AAAA" not in page.url
