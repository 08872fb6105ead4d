"""The websocket without a network: what is dropped, what waits, what is closed."""

import asyncio
import time
from collections.abc import Callable, Iterable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from seqcore.ui.server import messages
from seqcore.ui.server.message_bounds import Asked
from seqcore.ui.server.messages import EVERY, MOST_DROPPED, OF_EACH, BrowserMessages, Pace

RERUN = BackMsg()
RERUN.rerun_script.page_name = "train"
GOOD, CLEAR = RERUN.SerializeToString(), BackMsg(clear_cache=True).SerializeToString()


def converse(
    said: Iterable[Message], clock: Callable[[], float] = time.monotonic
) -> tuple[list[Message], list[Message]]:
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

    asyncio.run(BrowserMessages(app, clock)({"type": "websocket"}, receive, send))
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
    pace = Pace(10, 25.0, lambda: now)
    assert {pace.next_in() for _ in range(10)} == {0.0}
    for _ in range(1000):
        wait = pace.next_in()
        assert wait == pytest.approx(1 / 25)
        now += wait
    now += 1000.0
    assert pace.next_in() == 0.0


def look() -> bytes:
    message = BackMsg()
    message.rerun_script.fragment_id = "f" * 32
    return message.SerializeToString()


def file() -> bytes:
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = "f" * 32
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("said", "bound"), [(look(), EVERY), (GOOD, OF_EACH[Asked.PAGE]), (file(), OF_EACH[Asked.FILE])]
)
def test_a_flood_waits_and_what_costs_more_waits_sooner(
    said: bytes, bound: tuple[int, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    now, at_once = 0.0, bound[0]

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(messages.asyncio, "sleep", sleep)
    heard, _ = converse([binary(said)] * (at_once + 50), lambda: now)
    assert len(heard) == at_once + 52  # all of them, at last
    assert now == pytest.approx(50 / bound[1])


def test_requests_are_left_alone() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    asyncio.run(BrowserMessages(app)({"type": "http"}, None, None))  # type: ignore[arg-type]
    assert seen == [{"type": "http"}]
