"""Names of this server and pages that may speak to it, without a server."""

import asyncio

import pytest
import streamlit as st
from starlette.types import Message, Receive, Scope, Send

from seqcore.ui.server.hosts import OurHosts

LOOPBACK = ["localhost", "127.0.0.1", "::1"]
OPTIONS: dict[str, list[str]] = {}


@pytest.fixture(autouse=True)
def options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", OPTIONS.get)
    OPTIONS.clear()


def ask(headers: dict[str, str], kind: str = "http", *, allowed: list[str] | None = None) -> list[Message]:
    """What is answered; "passed on" stands for the app behind."""
    OPTIONS["server.allowedHosts"] = LOOPBACK if allowed is None else allowed
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        sent.append({"type": "passed on"})

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope: Scope = {"type": kind, "method": "POST", "path": "/", "headers": raw}
    asyncio.run(OurHosts(app)(scope, receive, send))
    return sent


def is_our_host(host: str, allowed: list[str]) -> bool:
    first = ask({"host": host}, allowed=allowed)[0]
    assert first["type"] == "passed on" or first["status"] == 400
    return bool(first["type"] == "passed on")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:1", "[::1]:8501", "localhost."])
def test_our_own_names_are_let_in(host: str) -> None:
    assert is_our_host(host, LOOPBACK)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "127.0.0.2", "localhost@evil.example", "[::1",
     "evil.example#localhost", "localhost:port", "localhost/evil", "0x7f.1", "[::2]:80"],
)  # fmt: skip
def test_other_names_are_not(host: str) -> None:
    assert not is_our_host(host, LOOPBACK)


def test_a_star_stands_for_what_it_says() -> None:
    assert is_our_host("a.lab.example", ["*.lab.example"]) and is_our_host("anything", ["*"])
    assert not is_our_host("lab.example.evil", ["*.lab.example"])
    assert not is_our_host("evillab.example", ["*.lab.example"])
    assert is_our_host("anything", [])
    assert not is_our_host("a.lab.example", ["a*.example", "*lab.example", "*.*.example"])


def test_names_are_compared_as_dns_does() -> None:
    assert is_our_host("a.lab.example.", [" *.Lab.Example. "]) and is_our_host("LAB.example", ["lab.example"])
    assert not is_our_host("www.lab.example", ["lab.example"]) and not is_our_host("lab.example", ["www.lab.example"])


def test_a_request_without_a_host_is_refused_where_hosts_are_named() -> None:
    assert ask({})[0]["status"] == 400


def test_a_foreign_host_is_refused_before_anything_is_read() -> None:
    start, *rest = ask({"host": "evil.example"})
    assert (start["status"], [each["type"] for each in rest]) == (400, ["http.response.body"])


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:9", "null", ""])
def test_a_websocket_is_closed_to_pages_of_other_sites(origin: str) -> None:
    assert ask({"host": "localhost:8501", "origin": origin}, "websocket") == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("headers", [{}, {"origin": "http://localhost:8501"}, {"origin": "https://LOCALHOST:8501"}])
def test_a_websocket_opens_to_our_own_page_and_to_what_is_no_browser(headers: dict[str, str]) -> None:
    assert ask({"host": "localhost:8501"} | headers, "websocket") == [{"type": "passed on"}]


def test_a_websocket_opens_to_a_page_that_the_configuration_names() -> None:
    OPTIONS["server.corsAllowedOrigins"] = ["https://lab.example"]
    assert ask({"host": "localhost", "origin": "https://lab.example"}, "websocket") == [{"type": "passed on"}]
