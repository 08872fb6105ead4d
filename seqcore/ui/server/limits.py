"""What a request may bring: the name of a host that we are, a body no larger than it needs, few files at a time."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.settings import get_settings

MEGABYTE = 1024 * 1024
FORM_BYTES = 64 * 1024  # around a file, in a form
OTHER_BYTES = 1 * MEGABYTE  # of a request that brings no file: a login, a report of the browser
FILES_KEPT = 4  # of a session: data, test file, texts to predict, and one that is being replaced
_UPLOAD = "/_stcore/upload_file/"


class RequestLimits:
    """Refuses foreign host names (400) and large bodies (413), and lets go of a session's oldest uploads.

    Streamlit looks at `server.allowedHosts` for its websocket alone, opens that to pages of any port of its own
    host, and keeps every file that a session uploads, under ids that the client chooses, until the session ends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the limits."""
        if scope["type"] == "websocket" and not _from_our_page(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_our_host(headers.get("host", ""), st.get_option("server.allowedHosts")):
            await PlainTextResponse("This server has no such name", 400)(scope, receive, send)
            return
        limit, received = largest_body(scope["path"]), 0
        declared = headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared[:19]) > limit:
            await PlainTextResponse(_sentence(limit), 413)(scope, receive, send)
            return

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:  # no length was declared, or a false one
                raise HTTPException(413, _sentence(limit))
            return message

        await self.app(scope, receive_counted, send)
        if _UPLOAD in scope["path"] and scope["method"] == "PUT":
            forget_old_uploads(scope["path"])


def is_our_host(host: str, allowed: list[str] | None) -> bool:
    """Whether a `Host` header names this server; a foreign name on our address is how DNS rebinding works.

    Args:
        host: As received: a name or an address, perhaps with a port.
        allowed: Names; "*" stands for any, "*.example.org" for any below that.
    """
    if not allowed:
        return True
    try:
        address = urlsplit(f"//{host}")
        name, _port = address.hostname, address.port  # a port that is no number is an error
    except ValueError:
        return False
    if not name or address.username is not None or address.path or address.query or address.fragment:
        return False
    name = name.rstrip(".")
    wanted = [each.strip().lower().rstrip(".") for each in allowed]
    return any(each in ("*", name) or (each.startswith("*.") and name.endswith(each[1:])) for each in wanted)


def _from_our_page(headers: Headers) -> bool:
    """Whether a websocket is asked for by a page that this very server sent, or by something that is no browser."""
    origin = headers.get("origin")
    if origin is None or origin in (st.get_option("server.corsAllowedOrigins") or ()):
        return True
    return origin.partition("://")[2].lower() == headers.get("host", "").lower()


def largest_body(path: str) -> int:
    """Most bytes that a request for this path may bring."""
    if _UPLOAD in path:
        return get_settings().max_file_mb * MEGABYTE + FORM_BYTES
    return OTHER_BYTES


def forget_old_uploads(path: str) -> None:
    """Let go of a session's oldest files when it has more than it can use, or more than twice the largest."""
    from streamlit.runtime import Runtime
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

    session = path.partition(_UPLOAD)[2].partition("/")[0]
    uploads = Runtime.instance().uploaded_file_mgr
    if not isinstance(uploads, MemoryUploadedFileManager):
        return
    files = dict(uploads.file_storage.get(session, {}))  # the oldest first
    most = 2 * get_settings().max_file_mb * MEGABYTE
    newest, held = 0, 0
    for file in reversed(files.values()):
        newest, held = newest + 1, held + len(file.data)
        if newest > FILES_KEPT or held > most:
            uploads.remove_file(session, file.file_id)


def follow_settings() -> None:
    """Let Streamlit's own limit of an upload be that of our settings."""
    from streamlit import config

    config.set_option("server.maxUploadSize", get_settings().max_file_mb)


def _sentence(limit: int) -> str:
    return f"This is more than {limit // MEGABYTE} MB, the most that is accepted here"
