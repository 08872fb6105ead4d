"""Which names this server answers to, and whose pages may open a websocket to it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class OurHosts:
    """Refuses a request to a host that we are not (400) and a websocket asked for by another site's page (403).

    A foreign name on our address is how DNS rebinding works. Streamlit looks at `server.allowedHosts` for its
    websocket alone, and opens that to pages of any port of its own host.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        names = host_patterns(st.get_option("server.allowedHosts") or ())
        self._of_our_hosts = TrustedHostMiddleware(app, names, www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant for us."""
        if scope["type"] == "http":
            await self._of_our_hosts(scope, receive, send)
        elif scope["type"] == "websocket" and not _from_our_page(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._app(scope, receive, send)


def host_patterns(allowed: Iterable[str]) -> list[str]:
    """Streamlit's list of allowed hosts as Starlette reads it.

    Starlette wants an IPv6 address in brackets, as it stands in a `Host` header, and takes a name with the dot of
    the root behind it for another one. Without any name, every host is ours.

    Args:
        allowed: Names or addresses; "*" stands for any, "*.example.org" for any below that.
    """
    names = [each.strip().lower().rstrip(".") for each in allowed]
    if not names:
        return ["*"]
    known = [f"[{name}]" if _is_ipv6(name) else name for name in names if _is_pattern(name)]
    return known + [f"{name}." for name in known if name != "*" and not name.endswith("]")]


def _is_pattern(name: str) -> bool:
    """Whether Starlette can read it; a star elsewhere stands for nothing, here as in Streamlit."""
    return bool(name) and (name == "*" or "*" not in name.removeprefix("*."))


def _is_ipv6(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).version == 6
    except ValueError:
        return False


def _from_our_page(headers: Headers) -> bool:
    """Whether a websocket is asked for by a page that this very server sent, or by something that is no browser."""
    origin = headers.get("origin")
    if origin is None or origin in (st.get_option("server.corsAllowedOrigins") or ()):
        return True
    return origin.partition("://")[2].lower() == headers.get("host", "").lower()
