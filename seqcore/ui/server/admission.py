"""Lets no more people in than the server can serve well; the others get a page that tells their place in a line."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.settings import get_settings
from seqcore.ui.compat import LOGIN_CALLBACK
from seqcore.ui.kit.style import LinkedFile
from seqcore.ui.server.cookies import is_https, name_below_base, set_cookie, visit_of
from seqcore.ui.server.line import Line
from seqcore.ui.server.page_head import sender

COOKIE = "seqlab_place"
PLACE_PATH = "/line/place"
TRY_AGAIN_LATER = 1013  # of a websocket

_FOLDER = Path(__file__).parent
_STYLE = LinkedFile("waiting.css", (_FOLDER / "waiting.css").read_text(encoding="utf-8"), "text/css")
_SCRIPT = LinkedFile("waiting.js", (_FOLDER / "waiting.js").read_text(encoding="utf-8"), "text/javascript")
_PAGE = (_FOLDER / "waiting.html").read_text(encoding="utf-8")
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 random bits
_SECONDS = 24 * 60 * 60  # that a browser keeps the key
_STREAM = "/_stcore/stream"


class Admission:
    """Stands before Streamlit: a page and its websocket for whom there is room, a place in the line for others.

    Args:
        app: What answers the requests.
        most: Gives `SEQLAB_MAX_SESSIONS`, once; 0: nobody waits.
    """

    def __init__(self, app: ASGIApp, most: Callable[[], int] = lambda: get_settings().max_sessions) -> None:
        self.app = app
        self._most = most()
        self.line = Line(self._most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is room for."""
        if self._most == 0:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"].endswith(_STREAM):
            await self._connect(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].endswith(PLACE_PATH):
            await self._tell_place(scope, receive, send)
        elif scope["type"] == "http" and asks_for_page(scope):
            await self._show_page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _show_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page itself, or the one that tells the place."""
        known = key_of(scope)
        key = known or secrets.token_urlsafe(16)
        place = self.line.ask(key)
        give = partial(_send_with_key, send, scope, key) if known is None else send
        if place == 0:
            await self.app(scope, receive, give)
        else:
            await waiting_page(place)(scope, receive, give)

    async def _tell_place(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The place of whoever waits; 0 for who may come in, or has no place and has to ask for the page."""
        key = key_of(scope)
        place = self.line.ask(key) if key else 0
        await JSONResponse({"place": place}, headers={"cache-control": "no-store"})(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a connection for as long as it is open."""
        key = key_of(scope)
        if not self.line.open(key):
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.line.close(key)


def waiting_routes() -> list[Route]:
    """Where the files are that the page of whoever waits links to."""
    return [Route(file.url, sender(file)) for file in (_STYLE, _SCRIPT)]


def asks_for_page(scope: Scope) -> bool:
    """Whether a browser asks for one of the pages, and not for a file or an answer behind them."""
    if scope["method"] != "GET" or "text/html" not in Headers(scope=scope).get("accept", ""):
        return False
    name = name_below_base(scope["path"])
    return "/" not in name and "." not in name and f"/{name}" != LOGIN_CALLBACK


def key_of(scope: Scope) -> str | None:
    """The key that the browser keeps, or None when it has none of ours."""
    value = cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")
    return value if _KEY.fullmatch(value) else None


def waiting_page(place: int) -> Response:
    """What one sees who waits: the place; it asks by itself, and goes on when there is room."""
    page = _PAGE.replace("{style}", f".{_STYLE.url}").replace("{script}", f".{_SCRIPT.url}")
    headers = {"cache-control": "no-store", "retry-after": "5"}
    return HTMLResponse(page.replace("{place}", str(place)), 503, headers=headers)


async def _send_with_key(send: Send, scope: Scope, key: str, message: Message) -> None:
    """Add the key to the head of an answer."""
    if message["type"] == "http.response.start":
        message = {**message, "headers": list(message.get("headers", ()))}
        set_cookie(message, COOKIE, key, seconds=_SECONDS, secure=is_https(scope, visit_of(scope)))
    await send(message)
