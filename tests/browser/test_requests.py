"""The real server, asked by something that is no browser: headers everywhere, no foreign host, no giant body."""

import http.client
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from scripts.running_app import RunningApp
from scripts.running_app import running_app as start_app
from seqcore.ui.kit.plotly_script import PLOTLY_URL
from tests.browser.steps import upload

pytestmark = pytest.mark.browser
PATHS = ["/", "/compare", "/no/such/page", "/_stcore/health", "/_stcore/host-config", "/media/nosuch.csv", PLOTLY_URL,
         "/_stcore/upload_file/nobody/file", "/static/nosuch.js", "/_stcore/metrics", "/~/+/x"]  # fmt: skip
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app that takes files of 1 MB."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SEQLAB_MAX_FILE_MB", "1")
        with start_app(tmp_path_factory.mktemp("small")) as app:
            yield app


def ask(
    url: str, path: str, method: str = "GET", *, body: object = None, headers: dict[str, str] | None = None,
    chunked: bool = False,
) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, path, body=body, headers=headers or {}, encode_chunked=chunked)  # type: ignore[arg-type]
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def assert_guarded(headers: dict[str, str]) -> None:
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "object-src 'none'" in policy
    assert "'unsafe-eval'" not in policy and "ws:" not in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts and "'unsafe-inline'" not in scripts[1]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST"])
def test_every_answer_carries_the_headers(small_app: RunningApp, method: str) -> None:
    for path in PATHS:
        status, headers, _ = ask(small_app.url, path, method)
        assert status < 500, (path, status)
        assert_guarded(headers)


def test_an_asset_of_the_front_end_carries_them_too(small_app: RunningApp) -> None:
    _, _, page = ask(small_app.url, "/")
    (script,) = re.findall(rb'src="\./(static/js/index[^"]*)"', page)
    status, headers, _ = ask(small_app.url, f"/{script.decode()}")
    assert status == 200
    assert_guarded(headers)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost@evil.example"]
)
def test_a_foreign_host_name_gets_nothing_but_a_refusal(small_app: RunningApp, host: str) -> None:
    for path in PATHS:
        status, headers, body = ask(small_app.url, path, headers={"Host": host})
        assert (status, body) == (400, b"Invalid host header"), path
        assert_guarded(headers)
        assert "set-cookie" not in headers


def shake_hands(url: str, **changes: str) -> int:
    headers = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Origin": url,
    }  # fmt: skip
    return ask(url, "/_stcore/stream", headers=headers | {k.replace("_", "-"): v for k, v in changes.items()})[0]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:9", "null"]
)
def test_a_websocket_is_opened_to_our_own_page_only(small_app: RunningApp, origin: str) -> None:
    assert shake_hands(small_app.url) == 101
    assert shake_hands(small_app.url, Origin=origin) == 403
    assert shake_hands(small_app.url, Host=urlsplit(origin).netloc or "x", Origin=origin) == (
        403 if "evil" in origin or origin == "null" else 101
    )


def test_other_sites_are_not_let_in_by_cors(small_app: RunningApp) -> None:
    for path in ("/", "/_stcore/health", "/_stcore/upload_file/nobody/file"):
        _, headers, _ = ask(small_app.url, path, headers={"Origin": "http://evil.example"})
        assert headers.get("access-control-allow-origin") not in ("*", "http://evil.example")


def test_an_upload_without_the_token_is_refused(small_app: RunningApp) -> None:
    assert ask(small_app.url, "/_stcore/upload_file/nobody/file", "PUT", body=b"x")[0] == 403


@pytest.mark.parametrize("path", ["/_stcore/upload_file/nobody/file", "/", "/auth/login", "/_stcore/health"])
def test_a_giant_body_is_refused_by_its_length_alone(small_app: RunningApp, path: str) -> None:
    status, headers, _ = ask(small_app.url, path, "PUT", headers={"Content-Length": str(10**11)})
    assert status == 413
    assert_guarded(headers)


def upload_request(page: Page, url: str, file: dict[str, object]) -> tuple[str, dict[str, str]]:
    """Path and headers of the request by which the browser uploads, of a session that lives."""
    page.goto(url)
    with page.expect_request(lambda request: request.method == "PUT") as sent:
        upload(page, file)
    request = sent.value
    return urlsplit(request.url).path, request.all_headers()


def test_the_upload_endpoint_itself_keeps_to_the_limit_of_the_settings(page: Page, small_app: RunningApp) -> None:
    small = {"name": "../../reviews.csv", "mimeType": "text/csv", "buffer": b"text,label\na film,good\na day,bad\n"}
    path, headers = upload_request(page, small_app.url, small)
    kept = {name: headers[name] for name in ("cookie", "x-xsrftoken")}
    form = kept | {"Content-Type": "multipart/form-data; boundary=cut"}

    def put(size: int, chunked: bool) -> int:
        opening = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="../a.csv"\r\n\r\n'
        body = opening + bytes(size) + b"\r\n--cut--\r\n"
        pieces = (body[at : at + 65536] for at in range(0, len(body), 65536))
        try:
            more = {"Transfer-Encoding": "chunked"} if chunked else {}
            return ask(
                small_app.url, path, "PUT", body=pieces if chunked else body, headers=form | more, chunked=chunked
            )[0]
        except (BrokenPipeError, ConnectionResetError):  # it answered and hung up while we were still talking
            return 413

    for chunked in (False, True):
        assert put(MEGABYTE - 1000, chunked) == 204
        assert put(MEGABYTE + 100, chunked) == 413
        assert put(20 * MEGABYTE, chunked) == 413
    assert not list(small_app.home.parent.rglob("reviews.csv")) and not list(small_app.home.parent.rglob("a.csv"))
