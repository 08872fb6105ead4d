from collections.abc import Iterator

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from seqcore.ui.people.workspaces import COOKIE, HOST_COOKIE, valid_key
from seqcore.ui.server import cookies
from seqcore.ui.server.cookies import VisitorCookie
from seqcore.ui.server.login_return import COOKIE as RETURN
from seqcore.ui.server.login_return import LoginReturn

LAB = "http://lab.example.org"


async def page(_request: Request) -> Response:
    return HTMLResponse("<html></html>", headers={"cache-control": "no-cache", "set-cookie": "own=1; Path=/"})


async def script(_request: Request) -> Response:
    return JSONResponse({})


async def unchanged(_request: Request) -> Response:
    return Response(status_code=304)


async def missing(_request: Request) -> Response:
    return HTMLResponse("nothing", status_code=404)


async def logged_in(_request: Request) -> Response:
    return RedirectResponse("/", status_code=302, headers={"set-cookie": "_streamlit_user=signed; Path=/"})


async def logged_out(_request: Request) -> Response:
    return RedirectResponse("https://id.example.org/end", status_code=302)


ROUTES = [
    Route("/", page, methods=["GET", "POST"]),
    Route("/compare", page),
    Route("/script.js", script),
    Route("/unchanged", unchanged),
    Route("/missing", missing),
    Route("/oauth2callback", logged_in),
    Route("/auth/logout", logged_out),
]


def client(setting: str, url: str = LAB) -> TestClient:
    layers = [Middleware(VisitorCookie, setting=lambda: setting), Middleware(LoginReturn, setting=lambda: setting)]
    return TestClient(Starlette(routes=ROUTES, middleware=layers), base_url=url, follow_redirects=False)


@pytest.fixture
def lab() -> Iterator[TestClient]:
    with client("auto") as visitor:
        yield visitor


def cookies_of(response: Response) -> list[str]:
    return [line for line in response.headers.get_list("set-cookie") if not line.startswith("own=")]


def test_a_first_visit_gets_a_key_that_no_script_can_read_for_a_year(lab: TestClient) -> None:
    (line,) = cookies_of(lab.get("/"))
    assert line.startswith(f"{COOKIE}=")
    assert set(line.split("; ")[1:]) == {"HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"}
    assert valid_key(lab.cookies[COOKIE])


def test_the_pages_own_cookies_stay_and_nobody_may_keep_the_answer(lab: TestClient) -> None:
    response = lab.get("/")
    assert "own=1; Path=/" in response.headers.get_list("set-cookie")
    assert response.headers.get_list("cache-control") == ["no-store"]


def test_a_key_is_kept_and_lasts_another_year(lab: TestClient) -> None:
    lab.get("/")
    key = lab.cookies[COOKIE]
    (line,) = cookies_of(lab.get("/compare"))
    assert f"{COOKIE}={key};" in line
    assert "Max-Age=31536000" in line


@pytest.mark.parametrize("forged", ["admin", "", "personal", "k" * 42, '"quoted"'])
def test_what_is_not_a_key_is_replaced(lab: TestClient, forged: str) -> None:
    response = lab.get("/", headers={"cookie": f"{COOKIE}={forged}"})
    assert valid_key(response.cookies[COOKIE])


def test_two_browsers_get_two_keys() -> None:
    with client("browser") as first, client("browser") as second:
        first.get("/")
        second.get("/")
        assert first.cookies[COOKIE] != second.cookies[COOKIE]


@pytest.mark.parametrize("headers", [{"x-forwarded-proto": "https"}, {"x-forwarded-proto": "https, http"}])
def test_over_https_the_key_is_secure_and_of_this_host_only(lab: TestClient, headers: dict[str, str]) -> None:
    planted = {"cookie": f"{COOKIE}={'p' * 43}"}
    for response in (lab.get("/", headers=headers | planted), client("auto", "https://lab.example.org").get("/")):
        (line,) = cookies_of(response)
        assert line.startswith(f"{HOST_COOKIE}=")
        assert "p" * 43 not in line
        assert line.endswith("Secure")
        assert "Path=/;" in line


def test_below_a_path_the_key_goes_to_that_path_only(lab: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cookies, "base_path", lambda: "/lab")
    (line,) = cookies_of(lab.get("/", headers={"x-forwarded-proto": "https"}))
    assert line.startswith(f"{COOKIE}=")
    assert "Path=/lab;" in line
    assert line.endswith("Secure")


@pytest.mark.parametrize("path", ["/script.js", "/missing", "/unchanged"])
def test_only_pages_bring_the_cookie(lab: TestClient, path: str) -> None:
    assert not cookies_of(lab.get(path))


def test_a_page_that_did_not_change_brings_it_too(lab: TestClient) -> None:
    assert cookies_of(lab.get("/unchanged", headers={"accept": "text/html,*/*"}))


def test_a_form_gets_no_cookie(lab: TestClient) -> None:
    assert not cookies_of(lab.post("/"))


@pytest.mark.parametrize("setting", ["personal", "oidc"])
def test_where_the_browser_makes_no_workspace_nothing_is_set(setting: str) -> None:
    with client(setting) as visitor:
        assert not cookies_of(visitor.get("/"))


def test_at_this_machine_nothing_is_set_unless_somebody_passed_the_request_on() -> None:
    here = Starlette(routes=ROUTES, middleware=[Middleware(VisitorCookie, setting=lambda: "auto")])
    assert st.get_option("server.address") == "127.0.0.1"
    with TestClient(here, base_url="http://localhost:8501", client=("127.0.0.1", 5000)) as visitor:
        assert not cookies_of(visitor.get("/"))
        assert cookies_of(visitor.get("/", headers={"x-forwarded-for": "127.0.0.1"}))
        assert cookies_of(visitor.get("/", headers={"host": "lab.example.org"}))
    with TestClient(here, base_url="http://localhost:8501", client=("10.0.0.9", 5000)) as stranger:
        assert cookies_of(stranger.get("/"))


def log_in(visitor: TestClient) -> Response:
    return visitor.get("/oauth2callback")


def test_after_the_login_the_link_opens_once() -> None:
    with client("oidc") as visitor:
        visitor.get("/compare?experiment=a_b-c&dataset=d&evil=1")
        assert log_in(visitor).headers["location"] == "/compare?experiment=a_b-c&dataset=d"
        assert visitor.cookies["_streamlit_user"] == "signed"
        assert log_in(visitor).headers["location"] == "/"


def test_a_link_to_the_first_page_is_kept_too() -> None:
    with client("oidc") as visitor:
        visitor.get("/?dataset=d")
        assert log_in(visitor).headers["location"] == "/?dataset=d"


def test_asking_for_the_first_page_forgets_the_link() -> None:
    with client("oidc") as visitor:
        visitor.get("/compare?experiment=a")
        visitor.get("/")
        assert log_in(visitor).headers["location"] == "/"


def test_who_logs_out_leaves_no_link_for_the_next_one() -> None:
    with client("oidc") as visitor:
        visitor.get("/compare?experiment=a")
        visitor.get("/auth/logout")
        assert log_in(visitor).headers["location"] == "/"


def test_somebody_who_is_logged_in_leaves_no_trace() -> None:
    with client("oidc") as visitor:
        log_in(visitor)
        assert RETURN not in visitor.get("/compare?experiment=a").cookies


@pytest.mark.parametrize(
    "forged",
    [
        "//evil.example",
        "https://evil.example",
        "compare/../../x",
        "nosuchpage?experiment=a",
        "\\evil",
        "oauth2callback",
    ],
)
def test_a_forged_cookie_leads_nowhere_else(forged: str) -> None:
    with client("oidc") as visitor:
        response = visitor.get("/oauth2callback", headers={"cookie": f'{RETURN}="{forged}"'})
        assert response.headers["location"] == "/"


def test_ids_that_are_none_are_dropped() -> None:
    with client("oidc") as visitor:
        response = visitor.get(
            "/oauth2callback", headers={"cookie": f'{RETURN}="compare?experiment=%0d%0aX&dataset=d"'}
        )
        assert response.headers["location"] == "/compare?dataset=d"


def test_without_accounts_no_link_is_kept() -> None:
    with client("browser") as visitor:
        visitor.get("/compare?experiment=a")
        assert RETURN not in visitor.cookies
