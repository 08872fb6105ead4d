"""What a browser says over its websocket, before Streamlit hears it: what pages send, no faster than people."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.settings import get_settings
from seqcore.ui.server.message_bounds import Asked, MessageBounds, asked_for

# Messages that may come together, and so many a second from then on.
EVERY = 200, 25.0  # fifty running experiments on one page that look again every two seconds
OF_EACH = {
    Asked.PAGE: (40, 5.0),  # a slider that is dragged tells four times a second; a script that is not stopped goes on
    Asked.FILE: (10, 0.5),  # Streamlit makes any number of them side by side
}
MOST_DROPPED = 20  # of a connection, until it is closed
FIRST_SECONDS = 180.0  # within which a page says something; it does so at once, on a machine that is not overloaded

_POLICY, _NOT_BINARY = 1008, 1003  # codes of a closed websocket: against the rules, data of the wrong kind
_LOG = logging.getLogger("seqcore.ui")


class BrowserMessages:
    """Drops what no page of ours sends, and lets a flood wait in its own connection.

    Whoever sends faster than a page can is read at the pace of one: the rest waits at the sender, for the connection
    is not read from meanwhile. Nothing is lost, and no other visitor notices.

    Args:
        app: What answers.
        clock: Tells seconds that pass.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._clock = app, clock
        self._bounds = MessageBounds(get_settings().max_pasted_characters)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is none of a websocket's."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        of_each = {asked: Pace(*bound, self._clock) for asked, bound in OF_EACH.items()}
        conversation = _Conversation(receive, send, self._bounds, Pace(*EVERY, self._clock), of_each)
        await self._app(scope, conversation.receive, conversation.send)


class Pace:
    """Says how long the next one has to wait (a token bucket).

    Args:
        at_once: So many come without waiting.
        a_second: And so many a second from then on.
        clock: Tells seconds that pass.
    """

    def __init__(self, at_once: float, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._a_second, self._clock = at_once, a_second, clock
        self._left, self._then = at_once, clock()

    def next_in(self) -> float:
        """Seconds that the next one waits; it is counted as come."""
        now = self._clock()
        self._left = min(self._at_once, self._left + (now - self._then) * self._a_second) - 1
        self._then = now
        return max(0.0, -self._left / self._a_second)


class _Conversation:
    """One connection, between the browser and Streamlit."""

    def __init__(
        self, receive: Receive, send: Send, bounds: MessageBounds, every: Pace, of_each: Mapping[Asked, Pace]
    ) -> None:
        self._receive, self._send, self._bounds, self._every, self._of_each = receive, send, bounds, every, of_each
        self._dropped, self._said_something, self._closed = 0, False, False

    async def send(self, message: Message) -> None:
        """What Streamlit says; nothing once we have closed."""
        if not self._closed:
            await self._send(message)

    async def receive(self) -> Message:
        """The next thing that Streamlit may hear."""
        while True:
            try:
                message = await asyncio.wait_for(self._receive(), None if self._said_something else FIRST_SECONDS)
            except TimeoutError:
                return await self._close(_POLICY, "nothing was said")
            if message["type"] != "websocket.receive":
                return message
            self._said_something = True
            await asyncio.sleep(self._every.next_in())
            said = message.get("bytes")
            if said is None:
                return await self._close(_NOT_BINARY, "a text")
            problem = self._bounds.problem(said)
            if problem is None:
                pace = self._of_each.get(asked_for(said))
                if pace is not None:
                    await asyncio.sleep(pace.next_in())
                return message
            self._dropped += 1
            if self._dropped == 1:
                _LOG.warning("A message of %d bytes from a browser was dropped: %s", len(said), problem)
            if self._dropped >= MOST_DROPPED:
                return await self._close(_POLICY, problem)

    async def _close(self, code: int, why: str) -> Message:
        _LOG.warning("The connection of a browser was closed: %s", why)
        await self.send({"type": "websocket.close", "code": code})
        self._closed = True
        return {"type": "websocket.disconnect", "code": code}
