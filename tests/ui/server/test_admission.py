"""A page and its websocket for whom there is room, a place in the line for others."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from seqcore.ui.server.admission import COOKIE, PLACE_PATH, TRY_AGAIN_LATER, Admission, waiting_routes

STREAM = "/_stcore/stream"
HTML = {"accept": "text/html,*/*"}


async def page(_request: Request) -> Response:
    return HTMLResponse("<p>the page</p>")


async def file(_request: Request) -> Response:
    return PlainTextResponse("a file")


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    async for _ in websocket.iter_text():
        pass


def app_with_room_for(most: int) -> Starlette:
    routes = [
        WebSocketRoute(STREAM, stream), Route("/media/x", file), Route("/oauth2callback", file), *waiting_routes(),
        Route("/", page), Route("/train", page),
    ]  # fmt: skip
    return Starlette(routes=routes, middleware=[Middleware(Admission, most=lambda: most)])


def visitor(app: Starlette) -> TestClient:
    return TestClient(app)


def test_a_newcomer_to_a_full_server_gets_a_place_in_line_and_goes_on_when_there_is_room() -> None:
    app = app_with_room_for(1)
    first, second, third = visitor(app), visitor(app), visitor(app)
    assert first.get("/", headers=HTML).text == "<p>the page</p>"
    with first.websocket_connect(STREAM):
        waits = second.get("/train", headers=HTML)
        assert waits.status_code == 503 and 'number <span id="place">1</span> in line' in waits.text
        assert 'number <span id="place">2</span>' in third.get("/", headers=HTML).text
        assert second.get(PLACE_PATH).json() == {"place": 1}
    assert second.get(PLACE_PATH).json() == {"place": 0}
    assert third.get(PLACE_PATH).json() == {"place": 1}
    assert second.get("/train", headers=HTML).status_code == 200
    with second.websocket_connect(STREAM):
        assert third.get(PLACE_PATH).json() == {"place": 1}


def test_a_reload_in_a_full_server_finds_the_page_again() -> None:
    app = app_with_room_for(1)
    first, second = visitor(app), visitor(app)
    first.get("/", headers=HTML)
    with first.websocket_connect(STREAM):
        assert second.get("/", headers=HTML).status_code == 503
        assert first.get("/", headers=HTML).status_code == 200
    second.get("/", headers=HTML)
    with second.websocket_connect(STREAM):
        assert first.get("/", headers=HTML).status_code == 200
        with first.websocket_connect(STREAM):
            pass


def test_a_connection_without_room_is_closed_before_a_session_is_made() -> None:
    app = app_with_room_for(1)
    with visitor(app).websocket_connect(STREAM):
        with pytest.raises(WebSocketDisconnect) as closed, visitor(app).websocket_connect(STREAM):
            pass
        assert closed.value.code == TRY_AGAIN_LATER


@pytest.mark.parametrize("path", ["/media/x", "/oauth2callback"])
def test_what_is_no_page_is_answered_in_a_full_server_too(path: str) -> None:
    app = app_with_room_for(1)
    with visitor(app).websocket_connect(STREAM):
        assert visitor(app).get(path, headers=HTML).text == "a file"


def test_the_waiting_page_is_not_kept_runs_nothing_inline_and_finds_its_files() -> None:
    app = app_with_room_for(1)
    with visitor(app).websocket_connect(STREAM):
        waits = visitor(app).get("/train", headers=HTML)
        assert waits.headers["cache-control"] == "no-store" and int(waits.headers["retry-after"])
        assert "<script>" not in waits.text and "<style" not in waits.text and "{" not in waits.text
        linked = [part.split('"')[0].removeprefix(".") for part in waits.text.split('="') if part.startswith("./")]
        assert len(linked) == 2
        for address in linked:
            assert visitor(app).get(address).status_code == 200


def test_the_key_of_a_place_is_for_no_script_and_one_that_was_made_up_is_none() -> None:
    app = app_with_room_for(1)
    given = visitor(app).get("/", headers=HTML).headers["set-cookie"]
    assert given.startswith(f"{COOKIE}=") and "HttpOnly" in given and "SameSite=Lax" in given
    again = visitor(app).get("/", headers=HTML | {"cookie": f"{COOKIE}=short"})
    assert again.headers["set-cookie"].startswith(f"{COOKIE}=")


def test_without_a_limit_nothing_is_counted_or_set() -> None:
    app = app_with_room_for(0)
    first = visitor(app)
    assert "set-cookie" not in first.get("/", headers=HTML).headers
    with first.websocket_connect(STREAM), visitor(app).websocket_connect(STREAM):
        assert visitor(app).get("/", headers=HTML).status_code == 200
