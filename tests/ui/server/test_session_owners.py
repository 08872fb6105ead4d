"""Whose a session is, without a server."""

import asyncio

import pytest
import streamlit as st
from starlette.types import Message, Receive, Scope, Send

from seqcore.settings import Settings
from seqcore.ui import compat
from seqcore.ui.people.workspaces import COOKIE, HOST_COOKIE, Visit, new_key
from seqcore.ui.server import session_owners
from seqcore.ui.server.session_owners import (
    UPLOADS_AT_ONCE,
    VISITOR_HEADER,
    SessionOwners,
    name_in_addresses,
    owner_of,
    session_named,
)

BROWSER, OIDC = Settings(auth="browser"), Settings(auth="oidc")
MINE, YOURS = new_key(), new_key()


def visit(key: str = "", name: str = COOKIE, **headers: str) -> Visit:
    return Visit({"host": "localhost"} | headers, {name: key} if key else {}, "127.0.0.1", "127.0.0.1")


def request(method: str, path: str, key: str) -> Scope:
    return {
        "type": "http", "method": method, "path": path, "client": ("192.0.2.7", 1), "raw_path": path.encode(),
        "headers": [(b"host", b"lab"), (b"cookie", f"{COOKIE}={key}".encode())],
    }  # fmt: skip


def upload(session: str, key: str) -> Scope:
    return request("PUT", f"/_stcore/upload_file/{name_in_addresses(session)}/file", key)


def ask(method: str, path: str, key: str, settings: Settings = BROWSER) -> tuple[int, list[Scope]]:
    seen, sent = list[Scope](), list[Message]()

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message: Message) -> None:
        sent.append(message)

    scope = request(method, path, key)
    asyncio.run(SessionOwners(app, lambda: settings)(scope, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], seen


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    sessions = {"session": {VISITOR_HEADER: owner_of(visit(MINE), BROWSER)}, "unowned": {}}
    monkeypatch.setattr(compat, "connected_sessions", lambda: sessions)
    monkeypatch.setattr(session_owners, "forget_old_uploads", lambda _session: None)
    return sessions


def test_a_browser_is_told_by_its_key_wherever_it_keeps_it() -> None:
    assert owner_of(visit(MINE), BROWSER) == owner_of(visit(MINE, HOST_COOKIE), BROWSER)
    assert owner_of(visit(MINE), BROWSER) != owner_of(visit(YOURS), BROWSER)


@pytest.mark.parametrize("forged", ["", "admin", "personal", "k" * 42])
def test_two_without_a_key_are_two(forged: str) -> None:
    assert owner_of(visit(forged), BROWSER) != owner_of(visit(forged), BROWSER)


def test_who_sits_at_this_machine_is_one_and_who_comes_through_a_proxy_is_not_the_same() -> None:
    auto = Settings(auth="auto")
    assert owner_of(visit(), auto) == owner_of(visit(MINE), auto)
    through = {"x-forwarded-for": "192.0.2.7"}
    assert owner_of(visit(MINE, **through), auto) != owner_of(visit(MINE), auto)


def test_an_account_is_told_by_issuer_and_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    def account(subject: str | None) -> str:
        said = {"is_logged_in": True, "iss": "https://id.example.org", "sub": subject} if subject else {}
        monkeypatch.setattr(compat, "account_in", lambda _cookies: said)
        return owner_of(visit(MINE), OIDC)

    assert account("ann") == account("ann")
    assert account("ann") != account("bob")
    assert account(None) != account(None)


def test_the_owner_is_a_hash_from_which_nobody_finds_the_key() -> None:
    assert MINE not in owner_of(visit(MINE), BROWSER)
    assert len(owner_of(visit(MINE), BROWSER)) == 64


def test_a_connection_says_who_opened_it_and_nothing_that_the_browser_claims() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    claimed = [(b"host", b"lab"), (b"X-SeqLab-Visitor", b"me"), (b"cookie", f"{COOKIE}={MINE}".encode())]
    scope: Scope = {"type": "websocket", "path": "/_stcore/stream", "headers": claimed, "client": ("192.0.2.7", 1)}
    asyncio.run(SessionOwners(app, lambda: BROWSER)(scope, None, None))  # type: ignore[arg-type]
    told = [value for name, value in seen[0]["headers"] if name.lower() == VISITOR_HEADER.encode()]
    assert told == [owner_of(visit(MINE), BROWSER).encode()]
    assert st.get_option("server.trustedUserHeaders")[VISITOR_HEADER] == VISITOR_HEADER


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.usefixtures("connected")
def test_a_file_of_the_owner_reaches_the_session_behind_its_name(method: str) -> None:
    status, (seen,) = ask(method, f"/lab/_stcore/upload_file/{name_in_addresses('session')}/file", MINE)
    assert status == 204
    assert seen["path"] == "/lab/_stcore/upload_file/session/file"
    assert seen["raw_path"] == seen["path"].encode()


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("name", "key"),
    [(name_in_addresses("session"), YOURS), (name_in_addresses("session"), ""), ("session", MINE), ("", MINE),
     (name_in_addresses("gone"), MINE), (name_in_addresses("unowned"), MINE), ("é", MINE)],
    ids=["another's cookie", "no cookie", "the id", "no name", "a session that is gone", "an unowned one", "no hash"],
)  # fmt: skip
@pytest.mark.usefixtures("connected")
def test_nobody_elses_does_and_no_id_is_an_address(method: str, name: str, key: str) -> None:
    assert ask(method, f"/_stcore/upload_file/{name}/file", key) == (403, [])


def test_a_name_leads_back_to_its_own_session_alone() -> None:
    assert session_named(name_in_addresses("other"), ["session", "other"]) == "other"
    assert session_named(name_in_addresses("other"), ["session"]) is None


def test_the_newest_upload_pushes_out_those_of_the_visitors_other_tabs_only(
    connected: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    connected |= {"mine too": connected["session"], "yours": {VISITOR_HEADER: owner_of(visit(YOURS), BROWSER)}}
    pushed: list[list[str]] = []
    monkeypatch.setattr(session_owners, "forget_old_uploads", pushed.append)
    ask("PUT", f"/_stcore/upload_file/{name_in_addresses('mine too')}/file", MINE)
    ask("DELETE", f"/_stcore/upload_file/{name_in_addresses('session')}/file", MINE)
    assert pushed == [["mine too", "session"]]


def test_a_visitors_uploads_wait_for_each_other_and_for_nobody_elses(connected: dict[str, dict[str, str]]) -> None:
    connected["yours"] = {VISITOR_HEADER: owner_of(visit(YOURS), BROWSER)}

    async def at_once() -> list[str]:
        started: list[str] = []
        go_on = asyncio.Event()

        async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
            started.append(scope["path"].split("/")[3])
            await go_on.wait()

        guard = SessionOwners(app, lambda: BROWSER)
        asked = [("session", MINE)] * (UPLOADS_AT_ONCE + 3) + [("yours", YOURS)]
        tasks = [
            asyncio.ensure_future(guard(upload(name, key), None, None))  # type: ignore[arg-type]
            for name, key in asked
        ]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        found = list(started)
        go_on.set()
        await asyncio.gather(*tasks)
        assert len(started) == len(asked)
        return found

    assert asyncio.run(at_once()) == ["session"] * UPLOADS_AT_ONCE + ["yours"]
