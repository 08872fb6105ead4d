"""Every page works under the content security policy, light and dark; the page fixture fails on any violation."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import TRAINED
from tests.browser.steps import ask, choose_models, open_tab, press_train, set_number, upload, wait_for_points
from tests.waiting import until

pytestmark = pytest.mark.browser


def reviews() -> bytes:
    chance = random.Random(3)
    words = {"good": ["fine", "lovely", "great"], "bad": ["dull", "awful", "slow"]}
    rows = [(label, chance.choice(words[label])) for label in ("good", "bad") for _ in range(60)]
    return ("text,label\n" + "".join(f"film {n} was {word},{label}\n" for n, (label, word) in enumerate(rows))).encode()


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).first.click()
    return Path(waiting.value.path()).read_bytes()


@pytest.fixture
def trained(page: Page, app_url: str, tmp_path: Path) -> Page:
    """A visitor whose two models, one with attention and one with heads, have been trained before their eyes."""
    file = tmp_path / "reviews.csv"
    file.write_bytes(reviews())
    page.goto(app_url)
    upload(page, file)
    page.get_by_role("button", name="Choose models").click()
    choose_models(page, "lstm_attention", "transformer")
    set_number(page, "train-training-epochs", 3)
    press_train(page)
    wait_for_points(page, 0)
    expect(page.get_by_text("All 2 models are ready")).to_be_visible(timeout=TRAINED)
    return page


def test_all_pages_and_downloads_work_in_light_and_dark(trained: Page) -> None:
    page = trained
    page.get_by_role("button", name="Compare the models").click()
    assert download(page, "Table as CSV").startswith(b"\xef\xbb\xbf")
    page.locator("[data-testid=stDataFrame]").first.hover()  # its own download would not be guarded
    expect(page.get_by_label("Download as CSV").locator("visible=true")).to_have_count(0)
    for tab in ("Learning curves", "Confusion", "Slices", "ROC and precision–recall", "Calibration", "Mistakes"):
        open_tab(page, tab)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.get_by_role("link", name="Look inside").first.click()
        expect(page.get_by_role("heading", name="Look inside", exact=True)).to_be_visible()
        ask(page, f"film was lovely and {scheme}")
        expect(page.locator(".look").first).to_contain_text(scheme)
        page.locator(".st-key-look-tab").get_by_role("radio", name="Attention").click()
        expect(page.get_by_role("heading", name="Top tokens")).to_be_visible()
        expect(page.locator(".js-plotly-plot").first).to_be_visible()
        page.get_by_role("link", name="Predict").first.click()
        expect(page.get_by_role("heading", name="Predict", exact=True)).to_be_visible()
        ask(page, f"film was {scheme}")
        expect(page.locator(".answers .card")).to_have_count(2)
        for name in ("Runs", "Data", "Train", "How models read", "Glossary"):
            page.get_by_role("link", name=name).first.click()
            expect(page.locator("h1").first).to_be_visible()
    page.get_by_role("link", name="Look inside").first.click()
    assert download(page, "Heatmaps as HTML").startswith(b"<!doctype html>")
    page.get_by_role("link", name="Runs").first.click()
    assert download(page, "Bundle").startswith(b"PK")


def test_the_policy_lets_no_inline_script_and_no_other_origin_in(browser: Browser, app_url: str) -> None:
    with browser.new_context() as context:
        page, said = context.new_page(), list[str]()
        page.on("console", lambda message: said.append(message.text))
        page.goto(app_url)
        expect(page.locator("h1").first).to_be_visible()
        page.evaluate("""() => {
            document.title = 'before'
            for (const wanted of [{textContent: "document.title = 'inline ran'"}, {src: 'http://127.0.0.2:9/x.js'}])
                document.head.append(Object.assign(document.createElement('script'), wanted))
            fetch('http://127.0.0.2:9/').catch(() => 0)
        }""")
        until(lambda: sum("Content Security Policy" in line for line in said) >= 3 or page.wait_for_timeout(50))
        assert page.title() == "before"
