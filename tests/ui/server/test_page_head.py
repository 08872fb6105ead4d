import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from seqcore.ui.kit.style import ACCESS_SCRIPT, STYLE_SHEET
from seqcore.ui.server.page_head import PageHead, linked_routes

PAGE = "<html><head></head><body>Train</body></html>"
BROWSER = {"accept": "text/html,*/*", "accept-encoding": "gzip", "if-none-match": '"old"', "range": "bytes=0-3"}


def answer(response: Response, headers: dict[str, str] = BROWSER) -> Response:
    asked: list[dict[str, str]] = []

    def page(request) -> Response:
        asked.append(dict(request.headers))
        return response

    found = TestClient(PageHead(Starlette(routes=[Route("/train", page)]))).get("/train", headers=headers)
    found.asked = asked[0]
    return found


def test_a_page_links_to_our_files_is_sent_whole_and_always_anew() -> None:
    found = answer(
        HTMLResponse(PAGE, headers={"etag": '"old"', "last-modified": "yesterday", "accept-ranges": "bytes"})
    )
    assert found.text.index(STYLE_SHEET.url) < found.text.index(ACCESS_SCRIPT.url) < found.text.index("</body>")
    assert int(found.headers["content-length"]) == len(found.content)
    assert not {"etag", "last-modified", "accept-ranges"} & set(found.headers)
    assert not {"if-none-match", "range"} & set(found.asked)


@pytest.mark.parametrize(
    "response",
    [PlainTextResponse(PAGE), HTMLResponse(PAGE, 404), HTMLResponse(PAGE, headers={"content-encoding": "identity"})],
)
def test_what_is_no_page_passes_as_it_is(response: Response) -> None:
    assert answer(response).text == PAGE


def test_who_asks_for_no_page_gets_what_there_is() -> None:
    assert answer(HTMLResponse(PAGE), {"accept": "application/json"}).text == PAGE


def test_what_the_head_links_to_is_there_for_ever_under_a_name_of_its_content() -> None:
    browser = TestClient(Starlette(routes=list(linked_routes())))
    for file in (STYLE_SHEET, ACCESS_SCRIPT):
        found = browser.get(file.url)
        assert found.text == file.content
        assert found.headers["content-type"].startswith(file.media_type)
        assert "immutable" in found.headers["cache-control"]
