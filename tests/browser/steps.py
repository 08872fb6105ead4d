"""What a visitor does on the pages, step by step."""

import re

from playwright.sync_api import Page, expect

from seqcore.architectures import architectures
from tests.waiting import until

CURVES = ".seqlab-curves"
COUNT_POINTS = """() => (document.querySelector('.seqlab-curves')?._fullData ?? [])
    .filter((trace) => !trace.uid.includes('-legend-')) // which has a point that is not drawn
    .reduce((sum, trace) => sum + (trace._length ?? 0), 0)"""


def upload(page: Page, file) -> None:
    """Bring a file on the Data page."""
    page.get_by_text("Upload", exact=True).click()
    page.locator("input[type=file]").first.set_input_files(file)


def choose_models(page: Page, *names: str) -> None:
    """Tick exactly these cards, of those that read texts."""
    for architecture in architectures("tokens"):
        card = page.locator(f".st-key-use-{architecture.name}")
        box = card.get_by_role("checkbox")
        expect(box).to_be_attached()
        if box.is_checked() != (architecture.name in names):
            card.locator("label").click()
        expect(box).to_be_checked(checked=architecture.name in names)


def set_number(page: Page, key: str, value: float) -> None:
    box = page.locator(f".st-key-{key} input")
    box.fill(str(value))
    box.press("Enter")
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)


def set_epochs(page: Page, epochs: int) -> None:
    """Have exactly so many epochs trained: as the teaching notebook trains, which never stops early."""
    page.get_by_role("button", name="Notebook preset").click()
    expect(page.locator(".st-key-train-training-epochs input")).to_have_value("10")
    set_number(page, "train-training-epochs", epochs)


def press_train(page: Page) -> str:
    """Start the training; returns the experiment's id from the URL."""
    ready = page.locator(".st-key-train button:enabled")
    expect(ready).to_have_count(1)  # while the page is drawn anew, the button of before may stand beside the new one
    ready.click()
    page.wait_for_url(re.compile("experiment="))
    page.wait_for_selector(f"{CURVES} .main-svg")
    return page.url.partition("experiment=")[2].partition("&")[0]


def open_tab(page: Page, name: str) -> None:
    """Press a tab until it is open: while the page is still drawn for the tab before, it may go back to that one."""
    tab = page.get_by_role("tab", name=name)

    def pressed() -> bool:
        if tab.get_attribute("aria-selected") != "true":
            tab.click()
        return tab.get_attribute("aria-selected") == "true"

    until(pressed, 60)
    expect(tab).to_have_attribute("aria-selected", "true")


def copy_link(page: Page) -> str:
    """Press Share and Copy link; returns the link once it opens what it shows."""
    page.locator(".st-key-share button").first.click()
    links = page.get_by_role("button", name="Take back").count()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(links + 1)
    link = page.get_by_test_id("stPopoverBody").locator("input[aria-label=Link]").input_value()
    page.keyboard.press("Escape")
    return link


def wait_for_points(page: Page, more_than: int) -> int:
    """Wait until the live curves have more points than that; returns how many they have."""
    # Not wait_for_function: it evaluates text inside the page, which the page's security policy forbids.
    until(lambda: page.evaluate(COUNT_POINTS) > more_than, 300)
    return int(page.evaluate(COUNT_POINTS))


def ask(page: Page, text: str) -> None:
    """Type a text on Look inside or Predict."""
    box = page.get_by_role("textbox", name="Your text")
    box.fill(text)
    box.press("Control+Enter")
