"""Bodies, without a server."""

import asyncio

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from seqcore.settings import Settings
from seqcore.ui.server import limits
from seqcore.ui.server.limits import MEGABYTE, OTHER_BYTES, RequestLimits

UPLOAD = "/_stcore/upload_file/session/file"


def ask(path: str, body: list[bytes], headers: dict[str, str] | None = None) -> tuple[int, int]:
    """Status of the answer and bytes that the app behind saw."""
    seen, sent = 0, list[Message]()
    pieces = iter(body)

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal seen
        more = True
        while more:
            message = await receive()
            seen, more = seen + len(message["body"]), message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        piece = next(pieces, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    async def send(message: Message) -> None:
        sent.append(message)

    given = {"host": "localhost"} | (headers or {})
    scope: Scope = {
        "type": "http", "method": "POST", "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    try:
        asyncio.run(RequestLimits(app)(scope, receive, send))
    except HTTPException as error:
        return error.status_code, seen
    return int(sent[0]["status"]), seen


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "get_settings", lambda: Settings(max_file_mb=2))


def test_a_body_within_the_limit_passes_whole() -> None:
    assert ask("/", [b"x" * 1000] * 3) == (200, 3000)
    assert ask(UPLOAD, [b"x" * MEGABYTE] * 2) == (200, 2 * MEGABYTE)


@pytest.mark.parametrize(("path", "limit"), [("/", OTHER_BYTES), (UPLOAD, 2 * MEGABYTE + limits.FORM_BYTES)])
def test_a_body_over_the_limit_is_not_read_to_its_end(path: str, limit: int) -> None:
    status, seen = ask(path, [b"x" * 100_000] * 100)
    assert status == 413
    assert seen <= limit


@pytest.mark.parametrize("length", [str(3 * MEGABYTE), "9" * 400, "-1", "1e9", "٣"])
def test_a_length_that_is_too_large_or_none_is_refused_before_anything_is_read(length: str) -> None:
    assert ask(UPLOAD, [b"x"], {"content-length": length}) == (413, 0)


def test_a_long_address_is_refused_and_one_of_a_page_is_not() -> None:
    def status(length: int) -> int:
        sent: list[Message] = []

        async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message: Message) -> None:
            sent.append(message)

        scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"x" * length}
        asyncio.run(RequestLimits(app)(scope, None, send))  # type: ignore[arg-type]
        return int(sent[0]["status"])

    assert status(limits.ADDRESS_BYTES) == 200
    assert status(limits.ADDRESS_BYTES + 1) == 414
