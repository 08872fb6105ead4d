"""The settings of a training, all the way round: trained, opened again, reloaded, handed to somebody else by a link."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, TRAINED
from tests.browser.steps import choose_models, press_train, set_number

pytestmark = pytest.mark.browser


def plan_of(url: str) -> list[str]:
    """What an address says is chosen, in parts."""
    return parse_qs(urlsplit(url).query).get("plan", [""])[0].split("~")


def number(page: Page, key: str):
    return page.locator(f".st-key-{key} input")


def test_settings_are_shown_opened_again_kept_by_a_reload_and_handed_on_by_a_link(
    page: Page, browser: Browser, app_url: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{app_url}/train")
    choose_models(page, "bag_of_words", "cnn")
    set_number(page, "train-training-epochs", 2)
    before = press_train(page)
    expect(page.get_by_text("All 2 models are ready")).to_be_visible(timeout=TRAINED)
    assert "plan=" not in page.url
    expect(page.get_by_text("Epochs 2 (default")).to_be_visible()

    page.get_by_role("button", name="Train again with changes").click()
    expect(number(page, "train-training-epochs")).to_have_value("2")
    set_number(page, "train-shared-units", 16)
    page.wait_for_url(lambda url: {"epochs-2", "units-16"} <= set(plan_of(url)))
    assert plan_of(page.url)[0].split(".") == ["cnn", "bag_of_words"]

    page.reload()
    expect(number(page, "train-shared-units")).to_have_value("16")
    expect(number(page, "train-training-epochs")).to_have_value("2")
    expect(page.locator(".st-key-train button")).to_contain_text("Train 2 models")

    page.get_by_role("button", name="Copy link to this form").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert "experiment=" not in link
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    try:
        pupil = context.new_page()
        pupil.goto(link)
        expect(number(pupil, "train-shared-units")).to_have_value("16")
        expect(pupil.locator(".st-key-train button")).to_contain_text("Train 2 models")
        own = press_train(pupil)
        assert own != before
        pupil.wait_for_url(lambda url: "plan=" not in url)
        expect(pupil.get_by_text("Units 16 (default 32)")).to_be_visible()
    finally:
        context.close()
