"""The cookie that makes a browser's workspace its own."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.settings import get_settings
from seqcore.ui.people.workspaces import COOKIE, HOST_COOKIE, Mode, Visit, mode_for, new_key, valid_key
from seqcore.ui.session import shared

_YEAR = 365 * 24 * 60 * 60  # seconds


class VisitorCookie:
    """Gives every browser a key of its own with the page; the websocket that the page opens carries it back.

    A browser that has a key keeps it, for another year from now. Where a workspace is personal or an account's,
    nothing is set.

    Args:
        app: What answers the requests.
        setting: Gives `SEQLAB_AUTH`.
    """

    def __init__(self, app: ASGIApp, setting: Callable[[], str] = lambda: get_settings().auth) -> None:
        self.app = app
        self._setting = setting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the key to the page that answers it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        visit = visit_of(scope)
        if mode_for(self._setting(), visit) is not Mode.BROWSER:
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and is_page(message, visit):
                _add_cookie(message, visit, secure=is_https(scope, visit))
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def visit_of(scope: Scope) -> Visit:
    """What a request says."""
    headers = {name.lower(): value for name, value in Headers(scope=scope).items()}
    client = scope.get("client")
    bound_to = str(st.get_option("server.address") or "")
    return Visit(headers, cookie_parser(headers.get("cookie", "")), client[0] if client else "", bound_to)


def is_page(message: Message, visit: Visit) -> bool:
    """Whether this is the head of an answer that shows a page, fetched or unchanged."""
    if message["status"] == 304:
        return "text/html" in visit.headers.get("accept", "")
    return bool(message["status"] == 200) and Headers(raw=message["headers"]).get("content-type", "").startswith(
        "text/html"
    )


def is_https(scope: Scope, visit: Visit) -> bool:
    """Whether the browser spoke https, to us or to who passed the request on."""
    forwarded = visit.headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
    return "https" in (scope.get("scheme"), forwarded)


def base_path() -> str:
    """Where the app lies on its host: "/" or "/lab"."""
    return "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")


def name_below_base(path: str) -> str:
    """What of a path stands behind where the app lies, without slashes around it: "train", "_stcore/health"."""
    return path.removeprefix(base_path().rstrip("/")).strip("/")


def set_cookie(message: Message, name: str, value: str, *, seconds: int, secure: bool) -> None:
    """Add a cookie that no script can read to the head of an answer; one that lasts no second is deleted."""
    cookie: SimpleCookie = SimpleCookie({name: value})
    cookie[name].update({"path": base_path(), "max-age": str(seconds), "httponly": "1", "samesite": "Lax"})
    if secure:
        cookie[name]["secure"] = "1"
    MutableHeaders(raw=message["headers"]).append("set-cookie", cookie.output(header="").strip())


def _add_cookie(message: Message, visit: Visit, *, secure: bool) -> None:
    name = HOST_COOKIE if secure and base_path() == "/" else COOKIE
    message["headers"] = list(message.get("headers", ()))
    key = None if shared.fresh_starts().is_due(visit.cookies) else valid_key(visit.cookies.get(name))
    set_cookie(message, name, key or new_key(), seconds=_YEAR, secure=secure)
    # Whoever keeps this answer for others would give them the same key.
    MutableHeaders(raw=message["headers"])["cache-control"] = "no-store"
