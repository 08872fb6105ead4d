"""The websocket without a network: what is dropped, what waits, what is closed."""

import asyncio
from collections.abc import Iterable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from seqcore.ui.server import messages
from seqcore.ui.server.messages import AT_ONCE, FILES_AT_ONCE, MOST_DROPPED, BrowserMessages, Pace

RERUN = BackMsg()
RERUN.rerun_script.page_name = "train"
GOOD, CLEAR = RERUN.SerializeToString(), BackMsg(clear_cache=True).SerializeToString()


def converse(said: Iterable[Message]) -> tuple[list[Message], list[Message]]:
    """What Streamlit heard, and what the browser was sent."""
    waiting, heard, sent = iter([{"type": "websocket.connect"}, *said]), list[Message](), list[Message]()

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        while not heard or heard[-1]["type"] != "websocket.disconnect":
            heard.append(await receive())
        await send({"type": "websocket.send", "bytes": b"late"})

    async def receive() -> Message:
        return next(waiting, {"type": "websocket.disconnect", "code": 1001})

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(BrowserMessages(app)({"type": "websocket"}, receive, send))
    return heard, sent


def binary(content: bytes) -> Message:
    return {"type": "websocket.receive", "bytes": content}


def test_clearing_everybodys_caches_is_dropped_and_the_conversation_goes_on() -> None:
    heard, sent = converse([binary(GOOD), binary(CLEAR), binary(GOOD)])
    assert [each.get("bytes") for each in heard] == [None, GOOD, GOOD, None]
    assert [each["type"] for each in sent] == ["websocket.send"]


def test_whoever_goes_on_is_closed_and_hears_nothing_more() -> None:
    heard, sent = converse([binary(CLEAR)] * (MOST_DROPPED + 5))
    assert [each["type"] for each in heard] == ["websocket.connect", "websocket.disconnect"]
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_one_line_is_logged_for_the_first_and_one_for_the_end(caplog: pytest.LogCaptureFixture) -> None:
    converse([binary(CLEAR)] * (MOST_DROPPED + 5))
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "A message of 2 bytes from a browser was dropped", "The connection of a browser was closed",
    ]  # fmt: skip


def test_a_text_is_closed_without_a_traceback() -> None:
    heard, sent = converse([{"type": "websocket.receive", "text": "hello"}])
    assert heard[-1] == {"type": "websocket.disconnect", "code": 1003}
    assert sent == [{"type": "websocket.close", "code": 1003}]


def test_a_connection_that_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "FIRST_SECONDS", 0.01)
    sent: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        assert (await receive())["type"] == "websocket.disconnect"

    async def never() -> Message:
        return await asyncio.Future()

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(BrowserMessages(app)({"type": "websocket"}, never, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_page_never_waits_and_a_flood_is_read_at_the_pace_of_one() -> None:
    now = 0.0
    pace = Pace(AT_ONCE, 25.0, lambda: now)
    assert {pace.next_in() for _ in range(AT_ONCE)} == {0.0}
    for _ in range(1000):
        wait = pace.next_in()
        assert wait == pytest.approx(1 / 25)
        now += wait
    now += 1000.0
    assert pace.next_in() == 0.0


def test_a_flood_is_not_read_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(messages.asyncio, "sleep", sleep)
    heard, _ = converse([binary(GOOD)] * (AT_ONCE + 50))
    assert len(heard) == AT_ONCE + 52
    assert sum(seconds > 0 for seconds in slept) == pytest.approx(50, abs=20)


def test_files_that_are_made_for_downloads_wait_sooner_than_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(messages.asyncio, "sleep", sleep)
    file = BackMsg()
    file.backend_operation_request.deferred_file.file_id = "f" * 32
    heard, _ = converse([binary(file.SerializeToString())] * (FILES_AT_ONCE + 3))
    assert len(heard) == FILES_AT_ONCE + 5
    assert [round(seconds) for seconds in slept if seconds > 0] == [2, 4, 6]


def test_requests_are_left_alone() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    asyncio.run(BrowserMessages(app)({"type": "http"}, None, None))  # type: ignore[arg-type]
    assert seen == [{"type": "http"}]
