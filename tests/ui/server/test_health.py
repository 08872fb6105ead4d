import threading
from collections.abc import Iterator

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from seqcore.errors import StorageError
from seqcore.ui.server import health
from seqcore.ui.session import shared
from tests.waiting import PATIENCE

HEALTH = "/_stcore/health"


@pytest.fixture
def answers() -> threading.Event:
    return threading.Event()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, answers: threading.Event) -> Iterator[list[Exception | None]]:
    """What trying to write leads to: the last of the list."""
    outcome: list[Exception | None] = [None]
    answers.set()

    class Store:
        def try_to_write(self) -> None:
            answers.wait(PATIENCE)
            if outcome[-1] is not None:
                raise outcome[-1]

        class engines:
            @staticmethod
            def all() -> list[object]:
                return []

    shared.forget_all()
    monkeypatch.setattr(shared, "get_store", Store)
    yield outcome
    answers.set()
    shared.forget_all()


@pytest.fixture
def client() -> TestClient:
    return TestClient(health.Health(PlainTextResponse("ok")))


def test_a_server_that_can_keep_things_is_well(client: TestClient, store: list[Exception | None]) -> None:
    answer = client.get(HEALTH)
    assert (answer.status_code, answer.text) == (200, "ok")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_full_disk_is_503_with_the_reason_and_nothing_else(
    client: TestClient, store: list[Exception | None], method: str
) -> None:
    store.append(StorageError("The disk is full", received="/srv/lab", remedy="Make room"))
    answer = client.request(method, HEALTH)
    assert answer.status_code == 503
    assert answer.text == ("The disk is full" if method == "GET" else "")
    assert client.get("/").status_code == 200  # pages are served all the same


@pytest.mark.parametrize("headers", [{"cookie": "seqlab_visitor=x"}, {"sec-fetch-site": "same-origin"}])
def test_a_page_that_asks_before_it_connects_is_let_in_to_say_what_is_wrong(
    client: TestClient, store: list[Exception | None], headers: dict[str, str]
) -> None:
    store.append(StorageError("The disk is full"))
    assert client.get(HEALTH, headers=headers).status_code == 200
    assert client.get(HEALTH, headers={"sec-fetch-site": "cross-site"}).status_code == 503


def test_a_disk_that_hangs_is_503_in_time_and_the_server_goes_on(
    client: TestClient, store: list[Exception | None], answers: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.01)
    answers.clear()
    answer = client.get(HEALTH)
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)
    assert client.get("/").status_code == 200
    answers.set()
    shared.store_watch().look().result(PATIENCE)
    assert client.get(HEALTH).status_code == 200


def test_the_health_check_of_a_server_below_a_path_is_found(
    client: TestClient, store: list[Exception | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda name: "lab" if name == "server.baseUrlPath" else None)
    store.append(StorageError("The disk is full"))
    assert client.get(f"/lab{HEALTH}").status_code == 503


@pytest.mark.parametrize(
    "headers", [{"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140"}, {"sec-fetch-site": "same-origin"}]
)
def test_a_page_that_asks_whether_it_may_connect_is_let_in_to_say_what_is_wrong(
    client: TestClient, store: list[Exception | None], headers: dict[str, str]
) -> None:
    store.append(StorageError("The disk is full"))
    assert client.get(HEALTH, headers=headers).status_code == 200
    assert client.get(HEALTH, headers={"user-agent": "curl/8.0"}).status_code == 503
