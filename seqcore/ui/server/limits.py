"""What a request may bring: an address and a body no larger than it needs."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.settings import get_settings
from seqcore.ui import compat
from seqcore.ui.compat import UPLOAD_PATH

MEGABYTE = 1024 * 1024
FORM_BYTES = 64 * 1024  # around a file, in a form
ADDRESS_BYTES = 16 * 1024  # behind the question mark: pages keep a few texts of 2,000 bytes each there
OTHER_BYTES = 1 * MEGABYTE  # of a request that brings no file: a login, a report of the browser


class RequestLimits:
    """Refuses large bodies (413) and long addresses (414).

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the limits."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if len(scope.get("query_string", b"")) > ADDRESS_BYTES:
            await PlainTextResponse("This address is too long", 414)(scope, receive, send)
            return
        limit, received = largest_body(scope["path"]), 0
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared[:19]) > limit:
            await PlainTextResponse(_too_large(limit), 413)(scope, receive, send)
            return

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:  # no length was declared, or a false one
                raise HTTPException(413, _too_large(limit))
            return message

        await self.app(scope, receive_counted, send)


def largest_body(path: str) -> int:
    """Most bytes that a request for this path may bring."""
    if UPLOAD_PATH in path:
        return get_settings().max_file_mb * MEGABYTE + FORM_BYTES
    return OTHER_BYTES


def follow_settings() -> None:
    """Let Streamlit's own limit of an upload be that of our settings."""
    compat.limit_uploads(get_settings().max_file_mb)


def _too_large(limit: int) -> str:
    return f"This is more than {limit // MEGABYTE} MB, the most that is accepted here"
