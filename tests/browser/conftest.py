"""The real app on a free port with a home folder of its own, and a real Chromium that looks at it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, RunningApp
from scripts.running_app import running_app as start_app

PATIENCE = 60_000  # milliseconds; a loaded machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
REPORT_VIOLATIONS = """document.addEventListener('securitypolicyviolation', event => console.error(
    'Content Security Policy broken: ' + event.violatedDirective + ' by ' + event.blockedURI))"""


@pytest.fixture(scope="session")
def running_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with start_app(tmp_path_factory.mktemp("home")) as app:
        yield app


@pytest.fixture(scope="session")
def app_url(running_app: RunningApp) -> str:
    """Where the app is, without a slash at the end."""
    return running_app.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor; the test fails when a script of ours fails or the security policy is broken."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(REPORT_VIOLATIONS)  # the console alone does not tell of every one
    visitor = context.new_page()
    problems: list[str] = []
    visitor.on("pageerror", lambda error: problems.append(str(error)))
    visitor.on("console", lambda message: note_policy(message, problems))
    yield visitor
    context.close()
    assert not problems, problems


def note_policy(message: ConsoleMessage, problems: list[str]) -> None:
    """Keep what the browser says about the content security policy."""
    if "Content Security Policy" in message.text or "Refused to" in message.text:
        problems.append(message.text)
