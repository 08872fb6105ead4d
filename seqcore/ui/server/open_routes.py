"""Which of Streamlit's own addresses a visitor may ask for: those that a page needs.

Its metrics walk through every session and cache, its agent interface opens sessions without a cookie or a websocket,
and components and static files of an older kind are none that we have.
"""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from seqcore.ui.compat import AGENT_PATHS, PAGE_PATHS, TOOL_PATHS
from seqcore.ui.people.workspaces import Mode, mode_for
from seqcore.ui.server.cookies import base_path, visit_of


class OpenRoutes:
    """Answers 404 where only the operator, at the server itself, has something to look for.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what a page asks for, and what the operator does."""
        if scope["type"] != "http" or is_open(scope["path"]) or (_is_operator(scope) and not _is_agent(scope["path"])):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Not found", 404)(scope, receive, send)


def is_open(path: str) -> bool:
    """Whether everybody may ask for this path."""
    place = _below_base(path)
    needed = any(place == one or (one.endswith("/") and place.startswith(one)) for one in PAGE_PATHS)
    return needed or not place.startswith(TOOL_PATHS)


def _is_agent(path: str) -> bool:
    return _below_base(path).startswith(AGENT_PATHS)


def _below_base(path: str) -> str:
    """Where it lies below the app, with as few slashes as a router may read it."""
    while "//" in path:
        path = path.replace("//", "/")
    return "/" + path.removeprefix(base_path().rstrip("/")).lstrip("/")


def _is_operator(scope: Scope) -> bool:
    """Whether somebody at this very machine asks, of a server that listens there only, with nothing in between."""
    return mode_for("auto", visit_of(scope)) is Mode.PERSONAL
