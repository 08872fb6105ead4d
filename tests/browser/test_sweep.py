"""A whole sweep in a real browser: set up, left alone, found again, over."""

import pytest
from playwright.sync_api import Page, expect

from scripts.page_measures import settle
from scripts.running_app import RunningApp
from seqcore.settings import Settings
from seqcore.store import Store
from tests.browser.conftest import TRAINED
from tests.browser.steps import set_number
from tests.pages.finished import WORKSPACE, labelled

pytestmark = pytest.mark.browser


def test_a_sweep_from_its_form_to_its_end_though_nobody_looks(page: Page, running_app: RunningApp) -> None:
    settings, app_url = Settings(home=running_app.home), running_app.url
    data = Store(settings.database, settings.artifacts).datasets.add(WORKSPACE, labelled())
    page.goto(f"{app_url}/train?dataset={data.id}")
    page.get_by_role("button", name="Search for better settings").click()
    expect(page.get_by_role("button", name="Start the sweep")).to_be_enabled()
    settle(page)  # a box that is drawn anew forgets what is being typed
    model = page.locator(".st-key-sweep-form-model").get_by_role("combobox")
    model.click()
    model.press_sequentially("Bag of")
    page.get_by_role("option", name="Bag of words").click()
    expect(page.locator(".st-key-sweep-range-bag_of_words-strength")).to_be_visible()
    set_number(page, "sweep-form-trials", 3)
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_text("of 3 trials done")).to_be_visible()

    page.goto(f"{app_url}/guide")  # nobody looks
    expect(page.get_by_role("heading", name="How models read", exact=True)).to_be_visible()
    page.goto(f"{app_url}/sweep")  # a new session, which finds what goes on, or opens what has ended
    # A box that is closed has a button "Open" too.
    over, opens = page.get_by_text("The sweep is over"), page.locator("[class*='st-key-open-sweep-'] button")
    expect(over.or_(opens).first).to_be_visible(timeout=TRAINED)
    if not over.is_visible():
        opens.first.click()
    expect(over).to_be_visible()
    expect(page.locator(".seqlab-figure .scatterlayer .trace").first).to_be_visible()
    expect(page.get_by_text("3 trials. Trial")).to_be_visible()
