"""Where an account is asked for: the page before all others, and whose things are shown after it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.settings import get_settings
from seqcore.store import Store
from seqcore.ui.people import login, visitor
from seqcore.ui.session import sitemap
from tests.pages.conftest import NotingRoom, opened, words
from tests.pages.finished import HOSTILE, WORKSPACE, finished_experiment

PAGES = [f"{entry.section}/{entry.name}.py" for entry in sitemap.PAGES]
ADA = {"is_logged_in": True, "iss": "https://id.example.org", "sub": "ada", "name": f"Ada {HOSTILE}"}


@pytest.fixture
def account(room: NotingRoom, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Who is logged in: nobody, until somebody is written into it."""
    monkeypatch.setenv("SEQLAB_AUTH", "oidc")
    get_settings.cache_clear()
    claims: dict[str, Any] = {}
    monkeypatch.setattr(visitor, "current_account", lambda: dict(claims))
    return claims


def secrets(**changes: Any) -> dict[str, Any]:
    auth = {
        "redirect_uri": "https://lab.example.org/oauth2callback", "cookie_secret": "s" * 40, "client_id": "lab",
        "client_secret": "secret", "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
    }  # fmt: skip
    return {key: value for key, value in (auth | changes).items() if value is not None}


@pytest.mark.parametrize("page", PAGES)
def test_without_an_account_every_page_is_the_login_page(
    lab: AppTest, account: dict[str, Any], store: Store, page: str
) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    lab.secrets["auth"] = secrets()
    found = opened(lab, page, experiment=experiment.id)
    assert [button.label for button in found.button] == ["Log in"]
    assert "Your link opens as soon as you have logged in" in words(found)
    assert found.title[0].value == "Sequence Lab"


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        (None, "no section"),
        (secrets(client_id=None), "client\\_id"),
        (secrets(cookie_secret=None), "cookie\\_secret"),
        (secrets(cookie_secret="xxx"), "too short"),
        (secrets(redirect_uri="https://lab.example.org/"), "oauth2callback"),
        (secrets(google={"client_id": "a", "client_secret": "b"}), "server\\_metadata\\_url"),
    ],
)
def test_a_server_that_is_not_set_up_for_logging_in_says_so_calmly(
    lab: AppTest, account: dict[str, Any], auth: dict[str, Any] | None, said: str
) -> None:
    lab.secrets["other"] = "here"
    if auth is not None:
        lab.secrets["auth"] = auth
    found = opened(lab, "lab/data.py")
    assert "Nobody can log in yet" in words(found)
    assert said in words(found)
    assert "s" * 40 not in words(found)
    assert not found.button


def test_several_providers_have_a_button_each() -> None:
    section = {"client_id": "a", "client_secret": "b", "server_metadata_url": "https://id.example.org/"}
    shared_keys = {"redirect_uri": "https://lab/oauth2callback", "cookie_secret": "s" * 40}
    assert login.providers(shared_keys | {"google": section}) == {"google": "Log in"}
    both = login.providers(shared_keys | {"google": section, "school": section})
    assert both == {"google": "Log in with Google", "school": "Log in with School"}


def test_an_account_has_a_workspace_of_its_own_and_its_name_is_harmless(
    lab: AppTest, account: dict[str, Any], store: Store
) -> None:
    account.update(ADA)
    found = opened(lab, "lab/data.py")
    assert "Ada" in "\n".join(str(each.value) for each in found.sidebar.caption)
    assert "<img" not in "\n".join(str(each.value) for each in found.sidebar.caption).replace("\\<img", "")
    found.button(key="train-now").click().run()
    assert not store.experiments.all(WORKSPACE)
    assert found.button(key="log-out").label == "Log out"


def test_somebody_else_at_the_same_session_sees_nothing_of_it(
    lab: AppTest, account: dict[str, Any], store: Store
) -> None:
    account.update(ADA)
    found = opened(lab, "lab/data.py")
    found.button(key="train-now").click().run()
    account.update(sub="bob")
    found.switch_page("lab/runs.py").run()
    assert "Nothing has been trained yet" in words(found)
