import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime.session_manager import SessionInfo

from seqcore.ui import compat
from seqcore.ui.server import left_sessions
from seqcore.ui.server.left_sessions import CLOSED_SECONDS, MOST_SESSIONS, Goodbyes, LeftSessions

KB = 1000


class Session:
    """As much of a session as is kept."""

    def __init__(self, name: str, size: int = 0) -> None:
        self.id, self.data, self.ended = name, bytes(size), False


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> LeftSessions:
    monkeypatch.setattr(compat, "held_by_session", lambda session: [session.data])
    monkeypatch.setattr(compat, "end_session", lambda session: setattr(session, "ended", True))
    return LeftSessions(600.0, 100 * KB, clock)


@pytest.fixture(autouse=True)
def nobody_said_goodbye() -> Iterator[None]:
    token = left_sessions._closed.set(False)
    yield
    left_sessions._closed.reset(token)


def leave(sessions: LeftSessions, session: Session, *, closed: bool = False) -> Session:
    left_sessions._closed.set(closed)
    sessions.save(SessionInfo(client=None, session=session))  # type: ignore[arg-type]
    return session


def test_a_lost_connection_finds_its_session_again(sessions: LeftSessions, clock: Clock) -> None:
    lost = leave(sessions, Session("lost", KB))
    clock.now = 599
    found = sessions.get("lost")
    assert found is not None
    assert found.session is lost
    sessions.delete("lost")
    assert not lost.ended
    assert sessions.bytes == 0


def test_after_its_time_it_is_found_no_more_and_ended(sessions: LeftSessions, clock: Clock) -> None:
    lost = leave(sessions, Session("lost"))
    clock.now = 600
    assert sessions.get("lost") is None
    assert sessions.let_go_of_old() == 1
    assert lost.ended


def test_a_closed_tab_is_ended_soon(sessions: LeftSessions, clock: Clock) -> None:
    closed, lost = leave(sessions, Session("closed"), closed=True), leave(sessions, Session("lost"))
    clock.now = CLOSED_SECONDS
    sessions.let_go_of_old()
    assert (closed.ended, lost.ended) == (True, False)


def test_thirty_tabs_that_are_closed_at_once_hold_no_more_than_the_bound(sessions: LeftSessions) -> None:
    tabs = [leave(sessions, Session(f"{number}", 27 * KB), closed=True) for number in range(30)]
    assert sessions.bytes <= 100 * KB
    assert [tab.ended for tab in tabs] == [True] * 27 + [False] * 3


def test_closed_ones_make_room_for_lost_ones(sessions: LeftSessions) -> None:
    lost = [leave(sessions, Session(f"lost {number}", 30 * KB)) for number in range(2)]
    closed = leave(sessions, Session("closed", 30 * KB), closed=True)
    leave(sessions, Session("lost last", 30 * KB))
    assert closed.ended
    assert not any(each.ended for each in lost)


def test_one_that_is_too_large_alone_is_ended_at_once(sessions: LeftSessions) -> None:
    assert leave(sessions, Session("large", 101 * KB)).ended
    assert sessions.list() == []


def test_there_are_never_more_than_so_many(sessions: LeftSessions) -> None:
    for number in range(MOST_SESSIONS + 5):
        leave(sessions, Session(str(number)))
    assert len(sessions.list()) == MOST_SESSIONS


@pytest.mark.parametrize(("code", "closed"), [(1000, True), (1001, True), (1006, False), (1005, False)])
def test_a_browser_that_closes_a_tab_says_so_and_one_that_is_lost_does_not(code: int, closed: bool) -> None:
    said: list[bool] = []

    async def endpoint(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()
        said.append(left_sessions._closed.get())

    async def receive() -> Message:
        return {"type": "websocket.disconnect", "code": code}

    async def send(_message: Message) -> None:
        """Nobody listens."""

    scope: dict[str, Any] = {"type": "websocket"}
    asyncio.run(Goodbyes(endpoint)(scope, receive, send))
    assert said == [closed]


def test_streamlit_keeps_left_sessions_where_we_put_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.runtime import Runtime
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    manager = WebsocketSessionManager(LeftSessions(1.0), None, None, None)  # type: ignore[arg-type]
    assert isinstance(manager._session_storage, LeftSessions)
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(_session_mgr=manager))
    ours = LeftSessions(2.0)
    compat.keep_left_sessions_in(ours)
    assert manager._session_storage is ours
