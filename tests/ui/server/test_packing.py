import asyncio
import gzip

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from scripts.fetch_plotly import version_of_installed
from seqcore.ui.kit.plotly_script import PLOTLY_URL, PLOTLY_VERSION, plotly_path
from seqcore.ui.server.packing import PackedFiles, plotly_script, takes_gzip

SCRIPT = "const line = 1;\n" * 2000
FILE = "/static/js/index.AbC_-1.js"
LASTING = {"cache-control": "public, immutable, max-age=31536000", "etag": '"one"', "accept-ranges": "bytes"}


class Front:
    """Streamlit's front end, in small: counts what it is asked for."""

    def __init__(self, **headers: str) -> None:
        self.asked: list[str] = []
        self.headers = LASTING | {name.replace("_", "-"): value for name, value in headers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        response = Response(SCRIPT, media_type="text/javascript", headers=self.headers)
        await response(scope, receive, send)


def client(front: Front) -> TestClient:
    return TestClient(PackedFiles(front))


def test_a_script_is_packed_once_and_reads_the_same() -> None:
    front = Front()
    browser = client(front)
    for _ in range(3):
        answer = browser.get(FILE, headers={"accept-encoding": "br, gzip"})
        assert answer.text == SCRIPT
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["etag"] == 'W/"one"'
        assert answer.headers["cache-control"] == LASTING["cache-control"]
        assert "accept-ranges" not in answer.headers
    assert front.asked == [FILE]


def test_thirty_who_come_at_once_wait_for_one_packing() -> None:
    front = Front()
    packed = PackedFiles(front)
    scope = {"type": "http", "method": "GET", "path": FILE, "headers": [(b"accept-encoding", b"gzip")]}
    starts: list[int] = []

    async def ask() -> None:
        async def receive() -> dict[str, str]:
            return {"type": "http.request"}

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                starts.append(int(str(message["status"])))

        await packed(scope, receive, send)  # type: ignore[arg-type]

    async def all_at_once() -> None:
        await asyncio.gather(*(ask() for _ in range(30)))

    asyncio.run(all_at_once())
    assert starts == [200] * 30
    assert front.asked == [FILE]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (FILE, {"accept-encoding": "identity"}),
        (FILE, {"accept-encoding": "gzip;q=0"}),
        (FILE, {"accept-encoding": "gzip", "range": "bytes=0-9"}),
        (FILE, {"accept-encoding": "gzip", "if-none-match": '"one"'}),
        ("/", {"accept-encoding": "gzip"}),
        ("/media/answers.csv", {"accept-encoding": "gzip"}),
        ("/static/media/font.woff2", {"accept-encoding": "gzip"}),
        ("/static/js/../../secret.js", {"accept-encoding": "gzip"}),
        ("/_stcore/upload_file/session/file", {"accept-encoding": "gzip"}),
    ],
)
def test_everything_else_passes_as_it_is(path: str, headers: dict[str, str]) -> None:
    front = Front()
    scope_path = PackedFiles(front)
    answer = TestClient(scope_path).request("GET", path, headers=headers)
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


@pytest.mark.parametrize("headers", [{"cache_control": "no-cache"}, {"set_cookie": "who=me"}])
def test_what_is_not_for_everybody_and_for_ever_is_not_kept(headers: dict[str, str]) -> None:
    front = Front(**headers)
    browser = client(front)
    answers = [browser.get(FILE, headers={"accept-encoding": "gzip"}) for _ in range(2)]
    assert all("content-encoding" not in answer.headers for answer in answers)
    assert len(front.asked) == 2


def test_a_file_that_is_not_there_is_not_kept() -> None:
    app = Starlette(routes=[Route("/other", lambda _: PlainTextResponse("x" * 5000))])
    browser = TestClient(PackedFiles(app))
    assert [browser.get(FILE).status_code for _ in range(2)] == [404, 404]


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [("gzip", True), ("br, GZIP ;q=0.5", True), ("", False), ("gzip; q=0", False), ("x-gzip", False), ("*", False)],
)
def test_who_takes_gzip(accepted: str, takes: bool) -> None:
    assert takes_gzip([accepted]) is takes


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_plotly_is_sent_packed_or_not_and_for_ever(accepted: str) -> None:
    browser = TestClient(Starlette(routes=[Route(PLOTLY_URL, plotly_script)]))
    answer = browser.get(PLOTLY_URL, headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == (None if accepted == "identity" else "gzip")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text.startswith("/**\n* plotly.js (cartesian - minified)")


def test_the_plotly_that_draws_is_the_one_that_the_figures_are_written_for() -> None:
    assert version_of_installed() == PLOTLY_VERSION
    assert f"v{PLOTLY_VERSION}".encode() in gzip.decompress(plotly_path().read_bytes())[:200]


@pytest.mark.parametrize("says_it_ends", [False, True])
def test_what_ends_in_the_middle_because_a_browser_left_is_not_kept_for_others(says_it_ends: bool) -> None:
    class LeavesOnce(Front):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if self.asked:
                await super().__call__(scope, receive, send)
                return
            self.asked.append(scope["path"])
            length = (b"content-length", str(len(SCRIPT)).encode())
            headers = [*((name.encode(), value.encode()) for name, value in LASTING.items()), length]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            half = SCRIPT[: len(SCRIPT) // 2].encode()
            await send({"type": "http.response.body", "body": half, "more_body": not says_it_ends})

    front = LeavesOnce()
    browser = client(front)
    browser.get(FILE, headers={"accept-encoding": "gzip"})
    assert browser.get(FILE, headers={"accept-encoding": "gzip"}).text == SCRIPT
    assert front.asked == [FILE, FILE]
