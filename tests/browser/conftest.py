"""The real app on a free port with a home folder of its own, and a real Chromium that looks at it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from scripts.find_chromium import find_chromium
from scripts.running_app import FLAGS, RunningApp
from scripts.running_app import running_app as start_app

PATIENCE = 180_000  # milliseconds; a loaded machine is slow, not wrong
TRAINED = 600_000  # ... until models are trained, by an engine that may have to start first
# None of them gives a picture to others.
PICTURE_BUTTONS = {"Download plot as a PNG", "Zoom", "Pan", "Reset axes", "Lasso Select", "Box Select"}
expect.set_options(timeout=PATIENCE)
# A microphone that beeps, and may be used by whoever asks: the server's policy says who that can be.
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
REPORT_VIOLATIONS = """document.addEventListener('securitypolicyviolation', event => console.error(
    'Content Security Policy broken: ' + event.violatedDirective + ' by ' + event.blockedURI))"""


@pytest.fixture(scope="session")
def running_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """At its end, nothing that a page said may have been dropped: its bounds belong to attackers."""
    with start_app(tmp_path_factory.mktemp("home")) as app:
        yield app
        log = (app.home / "server.log").read_text(encoding="utf-8", errors="replace")
        assert not [line for line in log.splitlines() if "of a browser was closed" in line or "was dropped" in line]


@pytest.fixture(scope="session")
def app_url(running_app: RunningApp) -> str:
    """Where the app is, without a slash at the end."""
    return running_app.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *MICROPHONE])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor; a test fails when a script of ours fails, the security policy is broken or a request leaves."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(REPORT_VIOLATIONS)  # the console alone does not tell of every one
    left = requests_that_leave(context)
    visitor = context.new_page()
    problems: list[str] = []
    visitor.on("pageerror", lambda error: problems.append(str(error)))
    visitor.on("console", lambda message: note_policy(message, problems))
    yield visitor
    context.close()
    assert not problems, problems
    assert not left, left


def note_policy(message: ConsoleMessage, problems: list[str]) -> None:
    """Keep what the browser says about the content security policy."""
    if "Content Security Policy" in message.text or "Refused to" in message.text:
        problems.append(message.text)


def requests_that_leave(context: BrowserContext) -> list[str]:
    """Addresses outside this machine that are asked for from now on, as they come."""
    left: list[str] = []

    def note(url: str) -> None:
        found = urlsplit(url)
        if found.scheme not in ("data", "blob") and found.hostname not in ("127.0.0.1", "localhost"):
            left.append(url)

    context.on("request", lambda request: note(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: note(socket.url)))
    return left
