"""Many people on one server: each has a place of their own, a link shows a result, an account is a place too."""

import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, RunningApp, free_port
from scripts.running_app import running_app as start_app
from seqcore.ui.people.workspaces import COOKIE, valid_key
from tests.browser.conftest import PATIENCE, TRAINED, note_policy
from tests.browser.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenidProvider, openid_provider
from tests.browser.steps import choose_models, copy_link, press_train, set_epochs, set_number, wait_for_points

pytestmark = pytest.mark.browser

Visitors = Callable[[], Page]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app as a class would reach it, every browser on its own."""
    with start_app(tmp_path_factory.mktemp("people"), SEQLAB_AUTH="browser", SEQLAB_WORKERS="2") as app:
        yield app


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Visitors]:
    """Makes people who have nothing to do with each other; no script of theirs may fail."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def visitor() -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: note_policy(message, problems))
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert not problems, problems


def train(page: Page, url: str, *models: str, epochs: int = 3) -> str:
    page.goto(f"{url}/train")
    choose_models(page, *models)
    set_epochs(page, epochs)
    return press_train(page)


def key_of(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)


def test_two_browsers_have_two_workspaces_and_a_link_shows_one_to_the_other(
    visitors: Visitors, lab: RunningApp
) -> None:
    ada, bob = visitors(), visitors()
    experiment = train(ada, lab.url, "rnn", "lstm_attention", epochs=400)
    wait_for_points(ada, 0)
    expect(ada.get_by_role("button", name="Stop all")).to_be_visible()

    bob.goto(f"{lab.url}/runs")
    expect(bob.get_by_text("Nothing has been trained yet")).to_be_visible()

    bob.goto(f"{lab.url}/train?experiment={experiment}")
    expect(bob.get_by_text("Ask whoever sent it for a link")).to_be_visible()
    bob.goto(copy_link(ada))
    expect(bob.get_by_text("Shared with you")).to_be_visible()
    seen = wait_for_points(bob, 0)
    wait_for_points(bob, seen)  # the curves are alive for him too
    expect(bob.get_by_role("button", name="Stop")).to_have_count(0)
    expect(bob.get_by_role("button", name="Delete")).to_have_count(0)
    expect(bob.get_by_role("button", name="Rename")).to_have_count(0)

    ada.get_by_role("button", name="Stop all").click()
    expect(ada.get_by_text("All 2 models are ready")).to_be_visible(timeout=TRAINED)
    expect(bob.get_by_role("button", name="Compare the models")).to_be_visible()
    bob.get_by_role("button", name="Compare the models").click()
    expect(bob.get_by_text("test texts right")).to_be_visible()
    expect(bob.get_by_text("Shared with you")).to_be_visible()
    bob.get_by_role("link", name="Look inside").first.click()
    expect(bob.locator(".look").first).to_be_visible()

    bob.get_by_role("button", name="Train your own").click()
    choose_models(bob, "rnn")
    set_number(bob, "train-training-epochs", 2)
    own = press_train(bob)
    assert own != experiment
    expect(bob.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)
    for page, mine, other in ((ada, experiment, own), (bob, own, experiment)):
        page.goto(f"{lab.url}/runs")
        expect(page.locator(f".st-key-open-{mine}")).to_be_visible()
        expect(page.locator(f".st-key-open-{other}")).to_have_count(0)


def test_a_reload_keeps_the_workspace_and_the_link_to_give_away_works(visitors: Visitors, lab: RunningApp) -> None:
    ada, bob = visitors(), visitors()
    experiment = train(ada, lab.url, "bag_of_words")
    expect(ada.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)
    ada.goto(f"{lab.url}/runs")
    expect(ada.locator(f".st-key-open-{experiment}")).to_be_visible()
    ada.reload()
    expect(ada.locator(f".st-key-open-{experiment}")).to_be_visible()

    ada.locator(f".st-key-open-{experiment} button").click()
    bob.goto(copy_link(ada))
    expect(bob.get_by_text("Shared with you")).to_be_visible()
    expect(bob.get_by_text("test texts right")).to_be_visible()
    bob.reload()
    expect(bob.get_by_text("Shared with you")).to_be_visible()

    ada.locator(".st-key-share button").first.click()
    ada.get_by_role("button", name="Take back").click()
    expect(ada.get_by_role("button", name="Take back")).to_have_count(0)
    bob.get_by_role("tab", name="Confusion").click()
    expect(bob.get_by_text("Ask whoever sent it for a link")).to_be_visible()
    expect(bob.get_by_text("test texts right")).to_have_count(0)


def test_a_forged_cookie_is_replaced(visitors: Visitors, lab: RunningApp) -> None:
    eve = visitors()
    eve.context.add_cookies([{"name": COOKIE, "value": "personal", "url": lab.url}])
    eve.goto(lab.url)
    expect(eve.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    assert valid_key(key_of(eve))
    assert not eve.evaluate("document.cookie").count(COOKIE)  # no script can read it


def test_a_browser_that_refuses_cookies_is_told_and_can_work(browser: Browser, lab: RunningApp, tmp_path: Path) -> None:
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))  # 2: block
    context = browser.browser_type.launch_persistent_context(tmp_path, executable_path=find_chromium(), args=FLAGS)
    try:
        page = context.new_page()
        page.goto(lab.url)
        expect(page.get_by_text("keeps no cookie for this site")).to_be_visible()
        expect(page.get_by_role("button", name="Train 4 models")).to_be_visible()
        assert not context.cookies()
    finally:
        context.close()


def test_at_this_machine_nobody_is_asked_anything(visitors: Visitors, app_url: str) -> None:
    page = visitors()
    page.goto(app_url)
    expect(page.get_by_role("button", name="Train 4 models")).to_be_visible()
    expect(page.get_by_text("cookie")).to_have_count(0)
    expect(page.get_by_role("button", name="Log in")).to_have_count(0)
    assert COOKIE not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenidProvider]:
    with openid_provider() as running:
        yield running


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, provider: OpenidProvider) -> Iterator[RunningApp]:
    """The app where one logs in with an account of the school."""
    home, port = tmp_path_factory.mktemp("school"), free_port()
    secret = home / "secrets.toml"
    secret.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secrets.token_hex()}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider.url}/.well-known/openid-configuration"
"""
    )
    with start_app(home, "--secrets.files", str(secret), port=port, SEQLAB_AUTH="oidc") as app:
        yield app


def log_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Who are you?").fill(name)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_an_account_is_a_workspace_that_any_browser_finds(visitors: Visitors, school: RunningApp) -> None:
    ada = visitors()
    ada.goto(school.url)
    expect(ada.get_by_role("button", name="Log in")).to_be_visible()
    expect(ada.get_by_role("link", name="Runs")).to_have_count(0)
    log_in(ada, "Ada <b>*L*</b>")
    expect(ada.get_by_text("Ada <b>*L*</b>")).to_be_visible()
    experiment = train(ada, school.url, "bag_of_words")
    expect(ada.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)

    elsewhere = visitors()
    elsewhere.goto(f"{school.url}/runs")
    log_in(elsewhere, "Ada <b>*L*</b>")
    expect(elsewhere.locator(f".st-key-open-{experiment}")).to_be_visible()  # the page that was asked for

    elsewhere.get_by_role("button", name="Log out").click()
    expect(elsewhere.get_by_role("button", name="Log in")).to_be_visible()
    elsewhere.goto(f"{school.url}/runs")
    expect(elsewhere.get_by_role("button", name="Log in")).to_be_visible()
    assert Path(school.home, "server.log").read_text().count("Traceback") == 0


def test_a_link_needs_a_login_and_nothing_more(visitors: Visitors, school: RunningApp) -> None:
    ada, bob = visitors(), visitors()
    ada.goto(school.url)
    log_in(ada, "Ada")
    train(ada, school.url, "bag_of_words")
    expect(ada.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)

    bob.goto(copy_link(ada).replace("/train?", "/compare?"))
    expect(bob.get_by_text("Your link opens as soon as you have logged in")).to_be_visible()
    expect(bob.get_by_text("test texts right")).to_have_count(0)
    log_in(bob, "Bob")
    expect(bob.get_by_text("Shared with you")).to_be_visible()
    expect(bob.get_by_text("test texts right")).to_be_visible()
    bob.goto(f"{school.url}/runs")
    expect(bob.get_by_text("Nothing has been trained yet")).to_be_visible()
