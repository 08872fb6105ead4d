"""The page that Streamlit serves, with links to our style sheet and script at its end.

Streamlit takes a style sheet only from a running script, after its own first paint: until then the page would stand
without it, and jump when it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.ui.kit.style import HEAD, LINKED_FILES, LinkedFile

_LINKS = HEAD.encode()
_END_OF_BODY = b"</body>"  # after the styles that Streamlit writes into the head, so that ours win
_LARGEST_PAGE = 256 * 1024  # bytes: Streamlit's has eight thousand
_CONDITIONS = frozenset({b"if-none-match", b"if-modified-since", b"range", b"if-range", b"accept-encoding"})


class PageHead:
    """Writes our links into every page, which is then always sent whole.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no page."""
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or "text/html" not in Headers(scope=scope).get("accept", "")
        ):
            await self.app(scope, receive, send)
            return
        asked = {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in _CONDITIONS]}
        start: Message | None = None
        body = b""

        async def send_linked(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await send(_with_length(start, body := body.replace(_END_OF_BODY, _LINKS + _END_OF_BODY, 1)))
                    await send({"type": "http.response.body", "body": body})

        await self.app(asked, receive, send_linked)


def linked_routes() -> list[Route]:
    """Where the files are that the head links to."""
    return [Route(file.url, sender(file)) for file in LINKED_FILES]


def sender(file: LinkedFile) -> Callable[[Request], Awaitable[Response]]:
    """What sends a file that browsers may keep for ever."""

    async def send_file(_request: Request) -> Response:
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(file.content, media_type=file.media_type, headers=headers)

    return send_file


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message.get("headers", []))
    html = headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
    return html and message["status"] == 200 and int(headers.get("content-length", "0")) < _LARGEST_PAGE


def _with_length(start: Message, body: bytes) -> Message:
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["content-length"] = str(len(body))
    for name in ("etag", "last-modified", "accept-ranges"):  # of the file without our links
        del headers[name]
    return {**start, "headers": headers.raw}
