"""Connections that are open, and which of them are closed so that a newcomer is still served.

A connection waits when it is the client's turn: to send the head of a request, or the rest of its body. That costs a
client nothing and the server a descriptor, of which it has a bounded number. So connections that wait are bounded, all
together and from one address; beyond that the one that has waited longest is closed for one that has just come.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

HEAD_SECONDS = 20.0  # for a whole head, from the opening of the connection or from the last answer
STALLED_SECONDS = 60.0  # without a byte taken of what was sent
_MOST = 8192  # connections, however many descriptors there are
_MOST_WAITING = 2048  # each of which may hold 64 KB of an unfinished head
_SAY_AGAIN = 60.0  # seconds

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bounds:
    """How many connections there may be.

    Attributes:
        open: At a time; the rest of the descriptors is for files, the database and the engine.
        waiting: Of those, for the client.
        waiting_of_one: Of those, from one address.
    """

    open: int
    waiting: int
    waiting_of_one: int

    @classmethod
    def within(cls, descriptors: int) -> Bounds:
        """What so many descriptors allow: a quarter of them, and 128 at least, are never connections."""
        most = max(1, min(descriptors - max(128, descriptors // 4), _MOST))
        waiting = max(1, min(most // 2, _MOST_WAITING))
        return cls(most, waiting, max(1, waiting // 2))


class OpenConnection:
    """One connection.

    Attributes:
        address: Where it comes from.
        deadline: When it is closed if the client has not done its part; None while it is our turn.
    """

    def __init__(self, transport: asyncio.Transport, now: float) -> None:
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else ""
        self.deadline: float | None = None
        self._transport = transport
        self._unsent, self._unsent_since = 0, now

    def is_closed(self) -> bool:
        """Whether it is closed and nothing of an answer is left that still holds it open."""
        return self._transport.is_closing() and not self._transport.get_write_buffer_size()

    def is_late(self, now: float) -> bool:
        """Whether the client takes too long, to say what it wants or to take what it gets."""
        unsent = self._transport.get_write_buffer_size()
        if unsent:
            if unsent != self._unsent:
                self._unsent, self._unsent_since = unsent, now
            return now - self._unsent_since > STALLED_SECONDS
        return self.deadline is not None and now > self.deadline

    def drop(self) -> None:
        """Close it now, whatever is on its way."""
        self._transport.abort()


class Connections:
    """All connections of this server.

    Args:
        bounds: How many there may be.
        clock: Seconds that only go forward.
    """

    def __init__(self, bounds: Bounds, clock: Callable[[], float] = time.monotonic) -> None:
        self._bounds, self._clock = bounds, clock
        self._open: set[OpenConnection] = set()
        self._waiting: dict[OpenConnection, None] = {}  # the one that has waited longest first
        self._of_address: Counter[str] = Counter()  # of those that wait
        self._said = -_SAY_AGAIN

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def opened(self, transport: asyncio.Transport) -> OpenConnection | None:
        """Take a new one in, and close another for it where there are too many; None: there is no place.

        Looks at no more of them than it must: in a flood of connections this is what each of them costs.
        """
        if len(self._open) >= self._bounds.open and not self._close_longest_waiting():
            self._say_full()
            return None
        connection = OpenConnection(transport, self._clock())
        self._open.add(connection)
        self.wait_for_client(connection, HEAD_SECONDS)
        if self._of_address[connection.address] > self._bounds.waiting_of_one:
            self._close_longest_waiting(connection.address)
        elif len(self._waiting) > self._bounds.waiting:
            self._close_longest_waiting()
        return connection

    def wait_for_client(self, connection: OpenConnection, seconds: float) -> None:
        """It is the client's turn from now on, for so long; a connection that is gone already is left alone."""
        self.our_turn(connection)
        if connection in self._open:
            connection.deadline = self._clock() + seconds
            self._waiting[connection] = None
            self._of_address[connection.address] += 1

    def our_turn(self, connection: OpenConnection) -> None:
        """The client has done its part."""
        connection.deadline = None
        if connection in self._waiting:
            del self._waiting[connection]
            self._of_address[connection.address] -= 1
            if not self._of_address[connection.address]:
                del self._of_address[connection.address]

    def close_late(self) -> None:
        """Close every connection whose client takes too long; forget those that are closed."""
        now = self._clock()
        for connection in list(self._open):
            if connection.is_closed():
                self._forget(connection)
            elif connection.is_late(now):
                self._drop(connection)

    def _close_longest_waiting(self, address: str | None = None) -> bool:
        """Whether there was one, of this address or of any."""
        of_address = (each for each in self._waiting if address is None or each.address == address)
        longest = next(of_address, None)
        if longest is not None:
            self._drop(longest)
        return longest is not None

    def _drop(self, connection: OpenConnection) -> None:
        connection.drop()
        self._forget(connection)

    def _forget(self, connection: OpenConnection) -> None:
        self.our_turn(connection)
        self._open.discard(connection)

    def _say_full(self) -> None:
        if self._clock() - self._said >= _SAY_AGAIN:
            self._said = self._clock()
            _log.warning("%d connections are open, none of which waits: new ones are refused", len(self._open))
