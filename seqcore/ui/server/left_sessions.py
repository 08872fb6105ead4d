"""Sessions whose browser is gone: kept for a while in case it comes back, within a number of bytes.

A browser that closes a tab says so, one that lost its connection does not. Of what was closed next to nothing comes
back (a new page is a new session), so it is let go of soon; what was lost is kept for longer. When all of it together
is too much, the closed ones go first, then those that left first.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.ui import compat
from seqcore.ui.session.kept import shelf

if TYPE_CHECKING:
    from streamlit.runtime.session_manager import SessionInfo

MOST_BYTES = 64 * 1024 * 1024  # of all of them together
MOST_SESSIONS = 128
CLOSED_SECONDS = 20.0  # time enough for a page that is restored by Back
_SAID_GOODBYE = frozenset({1000, 1001})  # codes of a websocket that was closed on purpose

_closed: ContextVar[bool] = ContextVar("closed", default=False)


class Goodbyes:
    """Notes of a websocket whether the browser closed it on purpose; whoever keeps its session is told.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def noted() -> Message:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                _closed.set(message.get("code") in _SAID_GOODBYE)
            return message

        await self.app(scope, noted, send)


@dataclass(frozen=True)
class _Left:
    info: SessionInfo
    bytes: int
    closed: bool
    until: float


class LeftSessions:
    """Where Streamlit puts sessions without a browser. All of it runs in the event loop.

    Args:
        lost_seconds: For which one is kept whose connection was lost.
        most_bytes: Of all of them together.
        clock: Seconds that never go back.
    """

    def __init__(
        self, lost_seconds: float, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = monotonic
    ) -> None:
        self._seconds, self._most_bytes, self._clock = lost_seconds, most_bytes, clock
        self._left: dict[str, _Left] = {}

    @property
    def bytes(self) -> int:
        """Of all of them together."""
        return sum(left.bytes for left in self._left.values())

    def get(self, session_id: str) -> SessionInfo | None:
        """A session that may still be taken up again."""
        left = self._left.get(session_id)
        return left.info if left is not None and left.until > self._clock() else None

    def save(self, session_info: SessionInfo) -> None:
        """Keep one, and let go of what is too much then: this one, if it alone is."""
        from seqcore.ui.kit.bytes_held import bytes_held  # NumPy: a server starts without

        session, closed = session_info.session, _closed.get()
        shelf.forget(session.id)
        size = sum(map(bytes_held, compat.held_by_session(session)))
        seconds = CLOSED_SECONDS if closed else self._seconds
        self._left[session.id] = _Left(session_info, size, closed, self._clock() + seconds)
        while self._left and (self.bytes > self._most_bytes or len(self._left) > MOST_SESSIONS):
            first_closed = next((name for name, left in self._left.items() if left.closed), None)
            self._let_go(first_closed or next(iter(self._left)))

    def delete(self, session_id: str) -> None:
        """Keep one no more, because it is taken up again or has ended."""
        del self._left[session_id]

    def list(self) -> list[SessionInfo]:
        """All of them."""
        return [left.info for left in self._left.values()]

    def let_go_of_old(self) -> int:
        """End those that nobody came back to; their number."""
        old = [name for name, left in self._left.items() if left.until <= self._clock()]
        for name in old:
            self._let_go(name)
        return len(old)

    def _let_go(self, session_id: str) -> None:
        compat.end_session(self._left.pop(session_id).info.session)
