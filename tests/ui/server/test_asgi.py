import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from seqcore.ui.kit.plotly_script import PLOTLY_URL
from seqcore.ui.server import asgi
from seqcore.ui.session import sitemap

ROOT = Path(__file__).resolve().parents[3]
EVERY_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
from seqcore.ui.server import asgi
from seqcore.ui.session import cache, engine_room, sitemap
import seqcore.engine
engine_room.EngineRoom.start = lambda self: None
lab = AppTest.from_file("pages/shell.py", default_timeout=120).run()
for entry in sitemap.PAGES:
    if entry.path.is_file():
        lab.switch_page(str(entry.path.relative_to(sitemap.PAGES_FOLDER))).run()
        assert not lab.exception, (entry.name, lab.exception[0].message)
heavy = sorted({name.partition(".")[0] for name in sys.modules} & {"tensorflow", "keras", "sklearn", "torch"})
sys.exit(f"loaded: {heavy}" if heavy else 0)
"""


def test_no_page_makes_the_server_load_tensorflow_keras_or_sklearn(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", EVERY_PAGE], cwd=ROOT, env={"SEQLAB_HOME": str(tmp_path), "PATH": ""},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-2000:]


FIRST_TITLE = """
import sys
from seqcore.ui.kit import style
from seqcore.ui.people import login, visitor, workspaces
from seqcore.ui.server import asgi
from seqcore.ui.session import header, plan_link, shared, sitemap, state
sys.exit(", ".join({"numpy", "pandas", "sqlalchemy", "seqcore.kinds", "seqcore.store"} & set(sys.modules)) or 0)
"""
FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
from seqcore.ui.session import engine_room
engine_room.EngineRoom.start = lambda self: None
lab = AppTest.from_file("pages/shell.py", default_timeout=120).run()
assert not lab.exception
sys.exit(", ".join({"scipy", "seqcore.inspections", "distributed"} & set(sys.modules)) or 0)
"""


@pytest.mark.parametrize("script", [FIRST_TITLE, FIRST_PAGE], ids=["title", "page"])
def test_nobody_waits_for_libraries_that_the_first_page_does_without(script: str, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={"SEQLAB_HOME": str(tmp_path), "PATH": ""},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-2000:]


def answer_through_middleware(kind: str) -> list[Message]:
    sent: list[Message] = []

    async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": f"{kind}.response.start", "status": 200, "headers": [(b"x-own", b"1")]})

    async def keep(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{kind}.request"}

    asyncio.run(asgi.SecurityHeaders(inner)({"type": kind}, receive, keep))
    return sent


def test_every_answer_carries_the_security_headers_beside_its_own() -> None:
    (start,) = answer_through_middleware("http")
    headers = dict(start["headers"])
    assert headers[b"x-own"] == b"1"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]


def test_a_failure_is_answered_with_the_headers_and_stays_loud() -> None:
    sent: list[Message] = []

    async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise KeyError("secret")

    async def keep(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    with pytest.raises(KeyError):
        asyncio.run(asgi.SecurityHeaders(failing)({"type": "http"}, receive, keep))
    assert sent[0]["status"] == 500
    assert dict(sent[0]["headers"])[b"x-content-type-options"] == b"nosniff"
    assert b"secret" not in sent[1]["body"]


def test_a_websocket_is_left_alone() -> None:
    (start,) = answer_through_middleware("websocket")
    assert start["headers"] == [(b"x-own", b"1")]


def test_plotly_has_its_place() -> None:
    assert PLOTLY_URL in [route.path for route in asgi.routes()]


def test_every_page_of_the_menu_has_its_script_and_a_name_of_its_own() -> None:
    assert len({entry.name for entry in sitemap.PAGES}) == len(sitemap.PAGES)
    missing = [entry.name for entry in sitemap.PAGES if not entry.path.is_file()]
    assert not missing


def test_an_unknown_page_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        sitemap.entry("nosuchpage")
