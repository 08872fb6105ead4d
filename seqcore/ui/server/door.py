"""Where connections come in: each is counted before the web server sees it, and asked whose turn it is with a request.

The web server (uvicorn) has no limit of time for the head or the body of a request. It opens its door with
`loop.create_server` as soon as the app says that it has started: while the app lives, that call passes through here.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, cast

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.ui.server.connections import HEAD_SECONDS, Bounds, Connections, OpenConnection
from seqcore.ui.server.descriptors import raise_limit

BODY_SECONDS = 30.0  # of waiting for a body
SLOWEST = 500  # bytes a second of a body that is longer
ACCEPTED_AT_ONCE = 16  # in a turn of the loop; a few turns pass until one is counted, or closed for another
_EVERY = 1.0  # seconds between two looks for those that are late

_doorkeeper: ContextVar[_Doorkeeper | None] = ContextVar("doorkeeper", default=None)


@asynccontextmanager
async def guarded_door() -> AsyncIterator[Connections]:
    """Bound the connections of the server that is started from this event loop, and close those that are late."""
    clock = _OurTime()
    connections = Connections(Bounds.within(raise_limit()), clock.now)
    looking = asyncio.create_task(_close_late(connections, clock), name="seqlab-late-connections")
    try:
        with _every_door_of(asyncio.get_running_loop(), connections):
            yield connections
    finally:
        looking.cancel()


class WhoseTurn:
    """Says of each connection whether its client or we are to act; a body that does not come is answered with 408.

    Args:
        app: What answers the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; then it is the client's turn again."""
        keeper = _doorkeeper.get()
        if keeper is None or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        with keeper.answering():
            await self.app(scope, _Body(receive, keeper).next if scope["type"] == "http" else receive, send)


class _Doorkeeper(asyncio.Protocol):
    """Counts a connection, then leaves what comes through it to the web server.

    The tasks that answer its requests find it in their context, which they have from the connection's first task.
    """

    def __init__(self, connections: Connections, server: asyncio.BaseProtocol) -> None:
        self._connections, self._server = connections, server
        self._connection: OpenConnection | None = None
        self._being_answered = 0  # requests: the next one may come while the last one is tidied up

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand it over, or close it where there is no place."""
        transport = cast("asyncio.Transport", transport)
        self._connection = self._connections.opened(transport)
        if self._connection is None:
            transport.abort()
            return
        send_at_once(transport)
        transport.set_protocol(self._server)
        self._server.connection_made(transport)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """The head of a request has come; at the end it is answered, and the client may ask again."""
        self._being_answered += 1
        self.our_turn()
        try:
            yield
        finally:
            self._being_answered -= 1
            if not self._being_answered:
                self.wait_for_client(HEAD_SECONDS)

    def our_turn(self) -> None:
        """The client has done its part."""
        if self._connection is not None:
            self._connections.our_turn(self._connection)

    def wait_for_client(self, seconds: float) -> None:
        """The client has so long to do its part."""
        if self._connection is not None:
            self._connections.wait_for_client(self._connection, seconds)


def send_at_once(transport: asyncio.BaseTransport) -> None:
    """Let the body of an answer follow its head without waiting until the client has confirmed the head.

    Clients confirm late, after 40 ms on Linux: once a file, sixty files a first visit. asyncio asks for this itself,
    but only where the protocol was named when the socket was made, and Streamlit names none.
    """
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class _Body:
    """The body of a request, which has to come at a bearable pace."""

    def __init__(self, receive: Receive, keeper: _Doorkeeper) -> None:
        self._receive, self._keeper = receive, keeper
        self._bytes, self._waited, self._is_whole = 0, 0.0, False

    async def next(self) -> Message:
        """Its next part, or after the last one that the client has left.

        Raises:
            HTTPException: 408, it did not come.
        """
        if self._is_whole:
            return await self._receive()
        patience, start = BODY_SECONDS + self._bytes / SLOWEST - self._waited, time.monotonic()
        self._keeper.wait_for_client(patience + HEAD_SECONDS)  # the answer comes first
        try:
            async with asyncio.timeout(patience):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "The rest of this request did not come", {"connection": "close"}) from None
        finally:
            self._keeper.our_turn()
        self._waited += time.monotonic() - start
        self._bytes += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        return message


@contextmanager
def _every_door_of(loop: asyncio.AbstractEventLoop, connections: Connections) -> Iterator[None]:
    """Let every server that this loop starts count its connections."""
    create_server = loop.create_server

    async def create_guarded(factory: Callable[[], asyncio.BaseProtocol], *args: Any, **options: Any) -> Any:
        def make() -> _Doorkeeper:
            keeper = _Doorkeeper(connections, factory())
            _doorkeeper.set(keeper)
            return keeper

        queue = options.get("backlog", ACCEPTED_AT_ONCE)
        server = await create_server(make, *args, **{**options, "backlog": min(queue, ACCEPTED_AT_ONCE)})
        if options.get("sock") is not None:
            options["sock"].listen(queue)  # so many may queue before the door, as was asked for
        return server

    loop.create_server = create_guarded  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        loop.create_server = create_server  # type: ignore[method-assign]


class _OurTime:
    """Seconds in which this server could have read what a client sent: while it was busy itself, nobody was late."""

    def __init__(self) -> None:
        self._seconds, self._looked = 0.0, time.monotonic()

    def now(self) -> float:
        """So many until the last look."""
        return self._seconds

    def look(self) -> None:
        """Count the time since the last look, of a long one only what a look apart should be."""
        now = time.monotonic()
        self._seconds += min(now - self._looked, 2 * _EVERY)
        self._looked = now


async def _close_late(connections: Connections, clock: _OurTime) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        clock.look()
        connections.close_late()
