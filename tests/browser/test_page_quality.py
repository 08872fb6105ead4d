"""Every page: nothing that axe-core objects to, jumps, cannot be seen or leaves the machine; all of it by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.page_measures import (
    WATCH_SHIFTS,
    BytesMoved,
    drawn_contrasts,
    layout_shift,
    picture_buttons,
    picture_names,
    settle,
    violations,
)
from seqcore.plots.contrast import LEAST_OF_LINES, LEAST_OF_TEXT
from tests.browser.conftest import PATIENCE, PICTURE_BUTTONS, TRAINED, requests_that_leave
from tests.browser.keyboard import press_on, ringless, tab_to

pytestmark = pytest.mark.browser

LOOKS = tuple(
    f"attention?{{}}&tab={tab}"
    for tab in (
        "Attention",
        "Reading+along",
        "Inside+the+cell",
        "Over+the+test+set",
        "Over+training",
        "Words+and+texts",
    )
)
PAGES = (
    "", "train", "train?{}", "compare?{}", "attention?{}", *LOOKS, "attention?{}&tab=What+if", "predict?{}", "sweep",
    "race", "runs?{}", "guide", "glossary",
)  # fmt: skip
PATHS_WITH_PICTURES = ("", "train?{}", "compare?{}", *LOOKS)
MOST_BYTES = 2_500_000  # of a first visit to Data and Train, everything counted


@pytest.fixture(scope="module")
def keyboard(browser: Browser) -> Iterator[Page]:
    """A page that nobody touches with a mouse."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def experiment(keyboard: Page, app_url: str) -> str:
    """Two models, trained without a mouse: from Data through the choice of models to Train."""
    keyboard.goto(app_url)
    settle(keyboard)
    press_on(keyboard, "Choose models")
    expect(keyboard.get_by_role("heading", name="Train", exact=True)).to_be_visible()
    settle(keyboard)
    for name in ("RNN", "BiLSTM"):
        press_on(keyboard, name, "Space")
    tab_to(keyboard, "Epochs")
    keyboard.keyboard.type("3")  # what is in a box is selected when one comes to it by Tab
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_role("button", name="Train 2 models")).to_be_visible()
    settle(keyboard)
    press_on(keyboard, "Train 2 models")
    keyboard.wait_for_url(re.compile("experiment="))
    expect(keyboard.get_by_role("progressbar", name="Progress: LSTM", exact=True)).to_be_visible()
    expect(keyboard.get_by_role("button", name="Stop LSTM", exact=True).first).to_be_visible()
    expect(keyboard.get_by_text("All 2 models are ready").first).to_be_visible(timeout=TRAINED)
    return keyboard.url.partition("experiment=")[2].partition("&")[0]


def test_the_whole_job_by_keyboard(keyboard: Page, experiment: str) -> None:
    assert experiment
    press_on(keyboard, "Compare the models")
    expect(keyboard.get_by_text("test texts right")).to_be_visible()
    tab_to(keyboard, "Learning curves")
    keyboard.keyboard.press("ArrowRight")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_role("tab", name="Confusion")).to_have_attribute("aria-selected", "true")
    press_on(keyboard, "Predict", backwards=True)
    expect(keyboard.get_by_role("heading", name="Predict", exact=True)).to_be_visible()
    tab_to(keyboard, "Your text")
    keyboard.keyboard.type("A wonderful film, not dull at all")
    keyboard.keyboard.press("Control+Enter")
    expect(keyboard.locator(".answers .card")).to_have_count(2)
    assert not ringless(keyboard), "controls that do not show that they have the focus"


def test_the_end_of_a_training_is_announced(keyboard: Page, app_url: str, experiment: str) -> None:
    keyboard.goto(f"{app_url}/train?experiment={experiment}")
    expect(keyboard.locator("[role=status].seqlab-said")).to_have_text(
        "Training has ended: 2 of 2 models can be compared"
    )


def test_the_theme_can_be_switched_by_keyboard(keyboard: Page, app_url: str) -> None:
    keyboard.goto(f"{app_url}/guide")
    settle(keyboard)
    press_on(keyboard, "Main menu")
    dark = keyboard.get_by_role("menuitemradio", name="Dark")
    expect(dark).to_be_visible()
    for _ in range(2):
        keyboard.keyboard.press("ArrowDown")
    expect(dark).to_be_focused()
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator(".stApp")).to_have_css("color-scheme", "dark")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_barrier_or_jumps(browser: Browser, app_url: str, experiment: str, path: str) -> None:
    context = visitor(browser)
    left = requests_that_leave(context)
    page = context.new_page()
    page.goto(f"{app_url}/{path.format(f'experiment={experiment}')}")
    settle(page)
    assert layout_shift(page) < 0.1, page.evaluate("window.seqlabShifts.sources")
    assert page.locator("h1").count() == 1
    assert not violations(page)
    assert picture_buttons(page) <= PICTURE_BUTTONS
    assert all(re.search(r"\d", name) for name in picture_names(page))  # not its kind only: what it says
    assert_pictures_can_be_seen(page, drawn_on=path in PATHS_WITH_PICTURES)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    settle(page)
    assert not violations(page, rules=["color-contrast"])  # nothing else differs between the themes
    assert_pictures_can_be_seen(page, drawn_on=path in PATHS_WITH_PICTURES)
    context.close()
    assert not left


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_of_several_can_be_read_under_the_mouse(browser: Browser, app_url: str, scheme: str) -> None:
    context = visitor(browser)
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(app_url)
    settle(page)
    page.get_by_role("radio", name="Sample").hover()
    assert not violations(page, rules=["color-contrast"])
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_any_number_of_seeds_can_be_chosen_where_one_sees_it(browser: Browser, app_url: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{app_url}/train")
    more = page.locator(".st-key-set-repeats [data-testid=stNumberInputStepUp]")
    more.wait_for()
    settle(page)
    box = more.bounding_box()
    assert box is not None and box["x"] + box["width"] <= width
    more.click()
    expect(page.get_by_role("button", name="2 seeds each")).to_be_visible()
    context.close()


def assert_pictures_can_be_seen(page: Page, *, drawn_on: bool) -> None:
    """What is drawn can be told from the page as it is now; axe-core does not look into pictures."""
    contrasts = drawn_contrasts(page)
    assert bool(contrasts["text"]) == bool(contrasts["line"]) == drawn_on
    assert min(contrasts["text"], default=21) >= LEAST_OF_TEXT
    assert min(contrasts["line"], default=21) >= LEAST_OF_LINES


def test_a_first_visit_moves_little(browser: Browser, app_url: str) -> None:
    context = visitor(browser)
    page = context.new_page()
    moved = BytesMoved(context, page)
    for path in ("", "train"):
        page.goto(f"{app_url}/{path}")
        settle(page)
    scripts = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    context.close()
    assert not [name for name in scripts if "PlotlyChart" in name]
    assert 500_000 < moved.total < MOST_BYTES


@pytest.mark.parametrize("width", [390, 1440])
def test_train_is_within_reach_wherever_one_is(browser: Browser, app_url: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{app_url}/train")
    button = page.locator(".st-key-train button:enabled >> visible=true")
    expect(button).to_be_visible()
    settle(page)
    main = page.locator("[data-testid=stMain]")
    for where in (0, 0.5, 1):
        main.evaluate("(main, where) => main.scrollTo(0, where * main.scrollHeight)", where)
        expect(button).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def visitor(browser: Browser) -> BrowserContext:
    # Without motion, so that no colour is looked at halfway.
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH_SHIFTS)
    return context
