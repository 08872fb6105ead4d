import pytest

from seqcore.lab.workspace_names import account_workspace, browser_workspace
from seqcore.ui.people.workspaces import (
    COOKIE,
    HOST_COOKIE,
    Mode,
    Visit,
    is_loopback,
    mode_for,
    new_key,
    visitor_for,
)

AT_HOME = {"host": "localhost:8501", "origin": "http://localhost:8501"}
KEY, OTHER = "k" * 43, "o" * 43


def visit(
    headers: dict[str, str] | None = None,
    *,
    cookies: dict[str, str] | None = None,
    peer: str = "127.0.0.1",
    bound_to: str = "127.0.0.1",
) -> Visit:
    return Visit(AT_HOME if headers is None else headers, cookies or {}, peer, bound_to)


def workspace_of(mode: Mode, seen: Visit, **account: object) -> str | None:
    found = visitor_for(mode, seen, account=account, personal="mine")
    return None if found is None else found.workspace


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "lab.localhost"])
def test_somebody_at_this_machine_has_the_personal_workspace(host: str) -> None:
    seen = visit({"host": host})
    assert mode_for("auto", seen) is Mode.PERSONAL
    assert workspace_of(Mode.PERSONAL, seen) == "mine"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": ""},
        {"host": "lab.example.org"},
        {"host": "localhost.example.org"},
        {"host": "localhost@lab.example.org"},
        {"host": "[half"},
        AT_HOME | {"origin": "https://lab.example.org"},
        AT_HOME | {"origin": "null"},
        AT_HOME | {"x-forwarded-for": "127.0.0.1"},
        AT_HOME | {"x-forwarded-proto": "https"},
        AT_HOME | {"forwarded": "for=127.0.0.1"},
        AT_HOME | {"x-real-ip": "127.0.0.1"},
        AT_HOME | {"via": "1.1 proxy"},
    ],
)
def test_whoever_does_not_clearly_sit_at_this_machine_does_not_get_the_personal_workspace(
    headers: dict[str, str],
) -> None:
    assert mode_for("auto", visit(headers)) is Mode.BROWSER


@pytest.mark.parametrize("peer", ["192.168.0.7", "", "8.8.8.8", "::ffff:10.0.0.1"])
def test_a_forged_host_does_not_help_somebody_who_comes_over_the_network(peer: str) -> None:
    assert mode_for("auto", visit(peer=peer)) is Mode.BROWSER


@pytest.mark.parametrize("bound_to", ["", "0.0.0.0", "::", "192.168.0.20", "unix:///run/lab.sock"])
def test_a_server_on_the_network_has_no_personal_workspace_by_default(bound_to: str) -> None:
    assert mode_for("auto", visit(bound_to=bound_to)) is Mode.BROWSER


@pytest.mark.parametrize("setting", ["personal", "browser", "oidc"])
def test_what_the_deployment_says_is_what_holds(setting: str) -> None:
    assert mode_for(setting, visit({"host": "lab.example.org"}, peer="8.8.8.8")) == setting


def test_a_browser_finds_its_workspace_again_and_nobody_elses() -> None:
    first = workspace_of(Mode.BROWSER, visit(cookies={COOKIE: KEY}))
    assert first == workspace_of(Mode.BROWSER, visit(cookies={COOKIE: KEY}))
    assert first != workspace_of(Mode.BROWSER, visit(cookies={COOKIE: OTHER}))


def test_the_name_of_a_workspace_does_not_give_its_key_away() -> None:
    name = browser_workspace(KEY)
    assert KEY not in name
    assert workspace_of(Mode.BROWSER, visit(cookies={COOKIE: name})) != name
    assert workspace_of(Mode.BROWSER, visit(cookies={COOKIE: name.removeprefix("browser-")})) != name


def test_the_cookie_that_only_this_host_can_set_goes_first() -> None:
    planted = visit(cookies={COOKIE: OTHER, HOST_COOKIE: KEY})
    assert workspace_of(Mode.BROWSER, planted) == browser_workspace(KEY)


@pytest.mark.parametrize("value", [None, "", "short", "k" * 42, "k" * 44, "../" + "k" * 40, "ä" * 43, "k" * 43 + "\n"])
def test_without_a_key_the_workspace_is_new_each_time_and_says_that_it_will_not_last(value: str | None) -> None:
    seen = visit(cookies={} if value is None else {COOKIE: value})
    first = visitor_for(Mode.BROWSER, seen, account={}, personal="mine")
    second = visitor_for(Mode.BROWSER, seen, account={}, personal="mine")
    assert first is not None
    assert second is not None
    assert first.workspace != second.workspace
    assert not first.lasting


def test_a_connection_that_is_gone_is_not_taken_for_a_browser_without_cookies() -> None:
    gone = visitor_for(Mode.BROWSER, Visit({}, {}, "", "127.0.0.1"), account={}, personal="mine")
    assert gone is not None
    assert not gone.known


def test_keys_have_256_bits_and_their_own_shape() -> None:
    key = new_key()
    assert key != new_key()
    assert workspace_of(Mode.BROWSER, visit(cookies={COOKIE: key})) == browser_workspace(key)


@pytest.mark.parametrize(
    "account",
    [
        {},
        {"is_logged_in": False, "iss": "https://id", "sub": "1"},
        {"iss": "https://id", "sub": "1"},
        {"is_logged_in": "True", "iss": "https://id", "sub": "1"},
        {"is_logged_in": True, "iss": "https://id"},
        {"is_logged_in": True, "iss": "https://id", "sub": ""},
        {"is_logged_in": True, "iss": "", "sub": "1"},
        {"is_logged_in": True, "email": "a@example.org"},
    ],
)
def test_without_a_clear_account_nobody_is_logged_in(account: dict[str, object]) -> None:
    assert workspace_of(Mode.OIDC, visit(cookies={COOKIE: KEY}), **account) is None


def test_an_account_is_issuer_and_subject_whatever_name_it_bears() -> None:
    claims = {"is_logged_in": True, "iss": "https://id", "sub": "1"}
    first = workspace_of(Mode.OIDC, visit(), **claims, email="a@example.org")
    assert first == workspace_of(Mode.OIDC, visit(), **claims, email="b@example.org")
    assert first == account_workspace("https://id", "1")
    assert first != account_workspace("https://other", "1")
    assert account_workspace("a", "b\nc") != account_workspace("a\nb", "c")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ada", "email": "a@example.org"}, "Ada"),
        ({"name": " ", "email": "a@example.org"}, "a@example.org"),
        ({"name": 7}, ""),
        ({}, ""),
    ],
)
def test_an_account_is_called_by_the_best_name_it_has(claims: dict[str, object], name: str) -> None:
    account = {"is_logged_in": True, "iss": "https://id", "sub": "1"} | claims
    found = visitor_for(Mode.OIDC, visit(), account=account, personal="mine")
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("host", ["127.8.9.1", "::1", "[::1]", "localhost."])
def test_all_of_loopback_is_loopback(host: str) -> None:
    assert is_loopback(host)
