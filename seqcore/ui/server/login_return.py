"""Coming back to a link after logging in: Streamlit itself always returns to the first page."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.settings import get_settings
from seqcore.ui.compat import LOGIN_CALLBACK, LOGIN_COOKIE, LOGOUT_PATH
from seqcore.ui.people.workspaces import Mode, Visit
from seqcore.ui.server.cookies import base_path, is_https, is_page, name_below_base, set_cookie, visit_of
from seqcore.ui.session import sitemap

COOKIE = "seqlab_return"
_PATIENCE = 15 * 60  # seconds that somebody may take to log in
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class LoginReturn:
    """Remembers the page that a visitor without an account asked for, and leads there after the log-in.

    The cookie holds no address: page and ids are read out of it and put together again, so that nobody can be
    sent anywhere else.

    Args:
        app: What answers the requests.
        setting: Gives `SEQLAB_AUTH`.
    """

    def __init__(self, app: ASGIApp, setting: Callable[[], str] = lambda: get_settings().auth) -> None:
        self.app = app
        self._setting = setting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; complete the head of what answers it."""
        if scope["type"] != "http" or scope["method"] != "GET" or self._setting() != Mode.OIDC:
            await self.app(scope, receive, send)
            return
        visit = visit_of(scope)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = list(message.get("headers", ()))
                _complete_head(message, scope, visit)
            await send(message)

        await self.app(scope, receive, send_on)


def wanted_page(scope: Scope) -> str:
    """Page and ids that a request asks for, as the cookie keeps them; empty for the first page without any."""
    name = name_below_base(scope["path"])
    return _known_page(name, scope.get("query_string", b"").decode("latin-1"))


def _complete_head(message: Message, scope: Scope, visit: Visit) -> None:
    path, secure = scope["path"], is_https(scope, visit)
    if path.endswith(LOGIN_CALLBACK) and message["status"] == 302:
        wanted = _page_in_cookie(visit)
        headers = MutableHeaders(raw=message["headers"])
        if wanted and headers.get("location", "").rstrip("/") == base_path().rstrip("/"):
            headers["location"] = f"{base_path().rstrip('/')}/{wanted}"
        set_cookie(message, COOKIE, "", seconds=0, secure=secure)
    elif path.endswith(LOGOUT_PATH):  # whoever logs in next does not want to be where this one was
        set_cookie(message, COOKIE, "", seconds=0, secure=secure)
    elif is_page(message, visit) and LOGIN_COOKIE not in visit.cookies:
        wanted = wanted_page(scope)
        if wanted or COOKIE in visit.cookies:
            set_cookie(message, COOKIE, wanted, seconds=_PATIENCE if wanted else 0, secure=secure)


def _page_in_cookie(visit: Visit) -> str:
    name, _, query = visit.cookies.get(COOKIE, "").partition("?")
    return _known_page(name, query)


def _known_page(name: str, query: str) -> str:
    if name and name not in {page.name for page in sitemap.PAGES}:
        return ""
    ids = [(key, value) for key, value in parse_qsl(query) if key in ("experiment", "dataset") and _ID.fullmatch(value)]
    return f"{name}?{urlencode(ids)}" if ids else name
