"""A full server: who comes then waits on a page of its own, and goes on by itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.running_app import RunningApp
from scripts.running_app import running_app as start_app
from tests.browser.conftest import PATIENCE, REPORT_VIOLATIONS, note_policy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app with room for one."""
    with start_app(tmp_path_factory.mktemp("small"), SEQLAB_MAX_SESSIONS="1") as app:
        yield app


@contextmanager
def visitor(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """Somebody with cookies of their own; what breaks the security policy is kept."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.on("console", lambda message: note_policy(message, problems))
    page.on("pageerror", lambda error: problems.append(str(error)))
    try:
        yield page
    finally:
        context.close()


def test_a_newcomer_waits_in_line_and_goes_on_by_themselves_when_somebody_leaves(
    browser: Browser, small_app: RunningApp
) -> None:
    problems: list[str] = []
    with visitor(browser, problems) as second:
        with visitor(browser, problems) as first:
            first.goto(small_app.url)
            expect(first.get_by_role("heading", name="Data", exact=True)).to_be_visible()
            second.goto(f"{small_app.url}/guide")
            expect(second.get_by_role("heading", name="You are number 1 in line")).to_be_visible()
            first.reload()  # meanwhile the second may be let in; the first is not turned out for it
            expect(first.get_by_role("heading", name="Data", exact=True)).to_be_visible()
        expect(second.get_by_role("heading", level=1)).to_have_text("How models read")
        expect(second).to_have_url(re.compile(rf"^{re.escape(small_app.url)}/guide(\?|$)"))
    assert not problems, problems
