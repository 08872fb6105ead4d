"""Whether this server is of use: it answers, and what it is given can be kept."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from seqcore.ui.compat import HEALTH_PATH
from seqcore.ui.server.cookies import base_path
from seqcore.ui.session import shared
from seqcore.ui.session.store_watch import HUNG

PATIENCE_SECONDS = 3.0  # what a look at the store is given; one that hangs goes on alone


class Health:
    """Answers a health check with 503 and a short reason where nothing can be kept; else Streamlit answers.

    An open page asks the same address before it connects, and never would after a 503: it is told that the server
    answers, and says itself what is wrong.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if is_health_check(scope):
            reason = await _what_is_wrong()
            if reason:
                answer = PlainTextResponse(reason, 503, headers={"cache-control": "no-cache"})
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def is_health_check(scope: Scope) -> bool:
    """Whether this is a health check: no page of ours, which brings cookies, or says that it is ours, or a browser."""
    if scope["type"] != "http" or scope["path"] != _path() or scope["method"] not in ("GET", "HEAD"):
        return False
    headers = Headers(scope=scope)
    if headers.get("user-agent", "").startswith("Mozilla/5.0 ("):  # monitors say "Mozilla/5.0+(compatible; ..."
        return False
    return "cookie" not in headers and headers.get("sec-fetch-site") != "same-origin"


async def _what_is_wrong() -> str:
    """Why nothing can be kept; empty where something can."""
    look = asyncio.wrap_future(shared.store_watch().look())
    try:
        trouble = (await asyncio.wait_for(asyncio.shield(look), PATIENCE_SECONDS)).trouble
    except TimeoutError:
        trouble = HUNG
    return trouble.problem if trouble is not None else ""


def _path() -> str:
    return base_path().rstrip("/") + HEALTH_PATH
