"""A real server on the loopback interface, and clients that keep it waiting."""

import asyncio
import contextlib
import os
import resource
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from scripts.running_app import free_port
from seqcore.ui.server import connections, descriptors, door
from tests.waiting import PATIENCE, until

HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nab"


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


@contextlib.asynccontextmanager
async def serving(**options: object) -> AsyncIterator[int]:
    """A small app behind the door, as `streamlit run` starts ours; gives its port."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with door.guarded_door():
            yield

    routes = [Route("/", length, methods=["GET", "POST"]), WebSocketRoute("/echo", echo)]
    app = Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(door.WhoseTurn)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="websockets-sansio", **options))
    listening = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        await task


async def speak(port: int, said: bytes) -> bytes:
    """All that is answered until the server closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    async with asyncio.timeout(PATIENCE):
        answer = await reader.read()
    writer.close()
    return answer


def test_the_body_of_an_answer_does_not_wait_until_its_head_is_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, waits = door.Connections.opened, list[bool]()

    def look(self: door.Connections, transport: asyncio.Transport) -> connections.OpenConnection | None:
        asyncio.get_running_loop().call_soon(look_again, transport.get_extra_info("socket"))
        return opened(self, transport)

    def look_again(connection: socket.socket) -> None:
        waits.append(not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(door.Connections, "opened", look)

    async def ask() -> bytes:
        async with serving() as port:
            return await speak(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 200 ")
    assert waits == [False]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(door, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(door, "BODY_SECONDS", 0.2)
    monkeypatch.setattr(door, "_EVERY", 0.05)


@pytest.mark.parametrize("said", [b"", b"G", HALF_A_HEAD, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + HALF_A_HEAD])
def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(impatient: None, said: bytes):
    async def ask() -> bytes:
        async with serving(timeout_keep_alive=1000) as port:
            return await speak(port, said)

    answer = asyncio.run(ask())
    assert answer.count(b"200 OK") == said.count(b"\r\n\r\n")


def test_a_head_of_which_a_byte_comes_now_and_then_is_not_waited_for_either(impatient: None):
    async def ask() -> None:
        async with serving() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(HALF_A_HEAD)
            ended = asyncio.create_task(reader.read())
            async with asyncio.timeout(PATIENCE):
                while not ended.done():
                    writer.write(b"x")
                    await asyncio.sleep(0.02)
            assert ended.exception() is not None or ended.result() == b""

    asyncio.run(ask())


def test_a_body_that_does_not_come_is_answered_with_408_and_the_connection_ends(impatient: None):
    async def ask() -> bytes:
        async with serving(timeout_keep_alive=1000) as port:
            return await speak(port, HALF_A_BODY)

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_comes_in_time_is_read_whole():
    async def ask() -> bytes:
        async with serving() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for part in (HALF_A_BODY, b"x" * 50, b"x" * 48):
                writer.write(part)
                await asyncio.sleep(0.02)
            answer = await reader.readuntil(b"100")
            writer.close()
            return answer

    assert b"200 OK" in asyncio.run(ask())


def test_nobody_is_late_while_the_server_itself_is_busy(monkeypatch: pytest.MonkeyPatch):
    seconds = iter([100.0, 101.0, 190.0])
    monkeypatch.setattr(door.time, "monotonic", lambda: next(seconds))
    clock = door._OurTime()
    clock.look()
    clock.look()
    assert clock.now() == 1 + 2 * door._EVERY


def test_an_open_websocket_is_not_late(impatient: None):
    import websockets

    async def ask() -> str | bytes:
        async with serving() as port, websockets.connect(f"ws://127.0.0.1:{port}/echo") as opened:
            await asyncio.sleep(1)  # five times what a head may take
            await opened.send("still here")
            return await opened.recv()

    assert asyncio.run(ask()) == "still here"


@contextlib.contextmanager
def few_descriptors(number: int, tmp_path) -> Iterator[int]:
    """The real app in a process that may not have more open files; gives its port."""
    port, log = free_port(), tmp_path / "server.log"
    program = (
        "import resource, sys; from streamlit.web.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({number // 2}, {number}));"
        f"sys.argv = ['streamlit', 'run', 'app.py', '--server.port', '{port}', '--server.headless', 'true']; main()"
    )
    environment = os.environ | {"SEQLAB_HOME": str(tmp_path)}
    with log.open("wb") as output:
        server = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=output, stderr=output)
    try:
        until(lambda: is_served(port))
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def is_served(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 and its neighbours are an address each on Linux alone")
@pytest.mark.parametrize(
    ("said", "addresses"), [(HALF_A_HEAD, 20), (HALF_A_BODY.replace(b"POST / ", b"PUT /_stcore/upload_file/a/b "), 1)]
)
def test_a_newcomer_is_served_beside_more_half_open_connections_than_there_are_descriptors(tmp_path, said, addresses):
    with few_descriptors(300, tmp_path) as port, contextlib.ExitStack() as opened:
        for number in range(450):
            attacker = socket.socket()
            opened.callback(attacker.close)
            attacker.bind((f"127.0.0.{number % addresses + 2}", 0))
            attacker.connect(("127.0.0.1", port))
            with contextlib.suppress(ConnectionError):
                attacker.sendall(said)
        assert is_served(port)
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "Too many open files" not in log and "out of system resource" not in log


def test_the_process_takes_as_many_descriptors_as_it_may_have(monkeypatch: pytest.MonkeyPatch):
    taken = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: taken.append(limits))
    assert descriptors.raise_limit() == 4096
    assert taken == [(4096, 4096)]


def test_a_system_that_allows_any_number_is_not_asked_for_all_of_them(monkeypatch: pytest.MonkeyPatch):
    taken = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: taken.append(limits))
    assert descriptors.raise_limit() == descriptors.ENOUGH == taken[0][0]


def test_a_system_that_gives_fewer_than_it_promises_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: (_ for _ in ()).throw(ValueError))
    assert descriptors.raise_limit() == 1024
