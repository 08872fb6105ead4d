"""Every route of Streamlit's, read from its source: open to a visitor, or to the operator at the server alone."""

import asyncio

import pytest
import streamlit as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.web.server.starlette import starlette_agent_routes as agent
from streamlit.web.server.starlette import starlette_auth_routes as auth
from streamlit.web.server.starlette import starlette_routes as routes
from streamlit.web.server.starlette import starlette_websocket as websocket

from seqcore.ui.server.open_routes import OpenRoutes, is_open

OPEN = {
    routes.ROUTE_HEALTH, routes.ROUTE_HOST_CONFIG, routes._ROUTE_MEDIA, routes._ROUTE_UPLOAD_FILE,
    routes._ROUTE_COMPONENTS_V2, websocket._ROUTE_WEBSOCKET_STREAM, f"{routes.BASE_ROUTE_STATIC}/js/index.js",
    auth._ROUTE_AUTH_LOGIN, auth._ROUTE_AUTH_LOGOUT, auth._ROUTE_OAUTH_CALLBACK, "", "compare", "no/such/page",
}  # fmt: skip
TOOLS = {routes.ROUTE_METRICS, routes.ROUTE_SCRIPT_HEALTH, routes._ROUTE_COMPONENTS_V1, routes._ROUTE_APP_STATIC}
AGENT = {agent._ROUTE_AGENT_INTERACT, agent._ROUTE_AGENT_SCHEMA, agent._ROUTE_AGENT_MCP}


def ask(path: str, peer: str = "127.0.0.1", **headers: str) -> int:
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Message) -> None:
        sent.append(message)

    given = {"host": "localhost:8501"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope: Scope = {
        "type": "http", "method": "GET", "path": path, "client": (peer, 1),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    asyncio.run(OpenRoutes(app)(scope, None, send))  # type: ignore[arg-type]
    return int(sent[0]["status"])


def test_no_route_of_streamlit_is_forgotten() -> None:
    known = {value for module in (routes, agent, auth, websocket) for name, value in vars(module).items()
             if name.lstrip("_").startswith("ROUTE_") and isinstance(value, str)}  # fmt: skip
    assert known - OPEN == TOOLS | AGENT


@pytest.mark.parametrize("path", sorted(OPEN))
def test_a_visitor_may_ask_for_what_a_page_needs(path: str) -> None:
    assert ask(f"/{path}", "192.0.2.7") == 200


@pytest.mark.parametrize("path", sorted(TOOLS | AGENT))
def test_a_visitor_finds_no_tool(path: str) -> None:
    assert ask(f"/{path}", "192.0.2.7") == 404
    assert ask(f"/{path}", x_forwarded_for="192.0.2.7") == 404
    assert ask(f"/{path}", host="lab.example.org") == 404


@pytest.mark.parametrize("path", sorted(TOOLS))
def test_the_operator_at_the_server_does(path: str) -> None:
    assert st.get_option("server.address") == "127.0.0.1"
    assert ask(f"/{path}") == 200


@pytest.mark.parametrize("path", sorted(AGENT))
def test_nobody_opens_a_session_past_the_websocket(path: str) -> None:
    assert ask(f"/{path}") == 404


@pytest.mark.parametrize("path", ["//_stcore/metrics", "/_stcore//metrics", "///_stcore/metrics"])
def test_more_slashes_are_no_way_around(path: str) -> None:
    assert not is_open(path)


def test_below_a_base_path_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seqcore.ui.server.open_routes.base_path", lambda: "/lab")
    assert not is_open("/lab/_stcore/metrics")
    assert is_open("/lab/_stcore/health")
