"""Streamlit's own scripts and style sheets, and Plotly's: sent packed, each packed once for everybody."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.ui.kit.plotly_script import plotly_path

_PATHS = re.compile(r"(?:/[\w.-]+)*/static/(?:js|css)/[\w.-]+\.(?:js|css)")
_LEAST = 1000  # bytes; below, packing gains nothing
_MOST_KEPT = 32 * 1024 * 1024  # bytes of packed files, all together: Streamlit's whole front end has 7 MB
_LEVEL = 6  # two per cent larger than the best, in half the time
_FOR_EVER = "public, max-age=31536000, immutable"  # their names change with what is in them


@dataclass
class _Answer:
    """An answer on its way to the browser.

    Attributes:
        is_whole: Whether it came to its end; that of a browser which left in the middle does not.
    """

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    is_whole: bool = False

    async def send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": self.body})


class PackedFiles:
    """Packs what is the same for everybody and never changes: nothing that knows a secret, no page, no upload.

    Streamlit leaves packing to a proxy in front of it, which a class on the local network does not have.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, _Answer] = {}
        self._bytes = 0
        self._packing = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the packed file, or pass on what cannot be packed."""
        if not _may_be_packed(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] not in self._kept:
            async with self._packing:  # thirty browsers that come at once wait for one packing
                if scope["path"] not in self._kept:
                    answer = await self._ask(scope, receive)
                    if not await self._pack_and_keep(scope["path"], answer):
                        await answer.send(send)
                        return
        await self._kept[scope["path"]].send(send)

    async def _ask(self, scope: Scope, receive: Receive) -> _Answer:
        answer, parts = _Answer(), list[bytes]()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message.get("headers", ()))
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                answer.is_whole = not message.get("more_body", False)

        await self.app(scope, receive, collect)
        answer.body = b"".join(parts)
        return answer

    async def _pack_and_keep(self, path: str, answer: _Answer) -> bool:
        headers = MutableHeaders(raw=answer.headers)
        whole = answer.is_whole and headers.get("content-length", str(len(answer.body))) == str(len(answer.body))
        lasting = whole and answer.status == 200 and "immutable" in headers.get("cache-control", "")
        if not lasting or "content-encoding" in headers or "set-cookie" in headers or len(answer.body) < _LEAST:
            return False
        packed = await asyncio.to_thread(gzip.compress, answer.body, _LEVEL, mtime=0)
        if self._bytes + len(packed) > _MOST_KEPT:
            return False
        headers["content-encoding"], headers["content-length"] = "gzip", str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        if headers.get("etag", "").startswith('"'):
            headers["etag"] = f"W/{headers['etag']}"  # the same content, not the same bytes
        del headers["accept-ranges"]
        self._kept[path] = _Answer(200, headers.raw, packed)
        self._bytes += len(packed)
        return True


async def plotly_script(request: Request) -> Response:
    """Plotly's script, packed as it lies here; unpacked for who cannot read that."""
    content = await asyncio.to_thread(plotly_path().read_bytes)
    headers = {"cache-control": _FOR_EVER, "vary": "Accept-Encoding"}
    if takes_gzip(request.headers.getlist("accept-encoding")):
        headers["content-encoding"] = "gzip"
    else:
        content = await asyncio.to_thread(gzip.decompress, content)
    return Response(content, media_type="text/javascript", headers=headers)


def takes_gzip(accepted: Sequence[str]) -> bool:
    """Whether these values of Accept-Encoding allow gzip; `gzip;q=0` forbids it."""
    for offer in ",".join(accepted).lower().split(","):
        name, _, weight = offer.replace(" ", "").partition(";")
        if name == "gzip":
            return weight not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _may_be_packed(scope: Scope) -> bool:
    """A plain request for a file of the front end, by a browser that can unpack it."""
    if scope["type"] != "http" or scope["method"] != "GET" or not _PATHS.fullmatch(scope["path"]):
        return False
    headers = Headers(scope=scope)
    special = {"range", "if-none-match", "if-modified-since", "if-range"}
    return takes_gzip(headers.getlist("accept-encoding")) and not special.intersection(headers.keys())
