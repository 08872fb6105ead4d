"""Sessions of the real server in the hands of somebody else: other people's ids, other people's caches."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from benchmarks.streamlit_http import XSRF, Web
from scripts.running_app import RunningApp
from scripts.running_app import running_app as start_app
from seqcore.settings import Settings
from seqcore.ui.people.workspaces import COOKIE, Visit
from seqcore.ui.server.messages import MOST_DROPPED
from seqcore.ui.server.session_owners import VISITOR_HEADER, owner_of
from tests.browser.raw_socket import raw_socket, visitor_of
from tests.waiting import PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app where every browser has a workspace of its own."""
    with start_app(tmp_path_factory.mktemp("lab"), SEQLAB_AUTH="browser") as app:
        yield app


def log_of(app: RunningApp) -> str:
    return (app.home / "server.log").read_text(encoding="utf-8", errors="replace")


def send_file(visitor: Web, path: str, method: str = "PUT") -> int:
    body = b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nx,y\r\n--cut--\r\n'
    connection = http.client.HTTPConnection(urlsplit(visitor.url).netloc, timeout=PATIENCE)
    headers = {"Cookie": visitor.cookie_header(), "X-Xsrftoken": visitor.cookie(XSRF)}
    try:
        connection.request(method, path, body, headers | {"Content-Type": "multipart/form-data; boundary=cut"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_session_comes_back_to_its_own_visitor(lab: RunningApp) -> None:
    owner = visitor_of(lab.url)
    with raw_socket(owner) as first:
        session = first.session
    with raw_socket(owner, session) as again:
        assert again.session == session


def test_nobody_else_comes_back_to_it_with_its_id(lab: RunningApp) -> None:
    with raw_socket(visitor_of(lab.url)) as first:
        session = first.session
        with raw_socket(visitor_of(lab.url), session) as thief:  # while its owner is there
            assert thief.session not in ("", session)
        first.place_for_file()  # and the owner stays
    for thief_cookies in (visitor_of(lab.url), Web(lab.url)):  # and when they have left
        with raw_socket(thief_cookies, session) as thief:
            assert thief.session not in ("", session)


def test_no_header_of_the_browser_makes_it_somebody_else(lab: RunningApp) -> None:
    owner = visitor_of(lab.url)
    with raw_socket(owner) as first:
        session = first.session
    visit = Visit({"host": "lab"}, {COOKIE: owner.cookie(COOKIE)}, "127.0.0.1", "127.0.0.1")
    forged = {VISITOR_HEADER: owner_of(visit, Settings(auth="browser"))}
    with raw_socket(visitor_of(lab.url), session, forged) as thief:
        assert thief.session not in ("", session)


def test_no_address_holds_the_id_of_a_session(lab: RunningApp) -> None:
    owner = visitor_of(lab.url)
    with raw_socket(owner) as first:
        place = first.place_for_file()
        assert first.session not in place
        by_id = place.rsplit("/", 2)[0] + f"/{first.session}/file"
        assert send_file(owner, by_id) == 403
        assert send_file(owner, place) == 204


def test_only_the_owner_uploads_into_a_session_and_takes_files_out_of_it(lab: RunningApp) -> None:
    owner, thief = visitor_of(lab.url), visitor_of(lab.url)
    with raw_socket(owner) as first, raw_socket(thief):
        place = first.place_for_file()
        assert send_file(thief, place) == 403
        assert send_file(owner, place) == 204
        assert send_file(thief, place, "DELETE") == 403
        assert send_file(owner, place, "DELETE") == 204
    assert send_file(owner, place) == 403  # it has no connection any more


def test_nobody_empties_the_caches_of_all(lab: RunningApp) -> None:
    with raw_socket(visitor_of(lab.url)) as visitor:
        visitor.say(BackMsg(clear_cache=True))
        visitor.draw_page()  # the rest of the session goes on
    assert "A message of 2 bytes from a browser was dropped" in log_of(lab)


def test_a_million_names_of_files_get_no_answer_and_one_does(lab: RunningApp) -> None:
    million = BackMsg()
    million.file_urls_request.request_id = "million"
    million.file_urls_request.file_names.extend([""] * 1_000_000)
    with raw_socket(visitor_of(lab.url)) as visitor:
        visitor.say(million)
        assert "/_stcore/upload_file/" in visitor.place_for_file()  # the first answer is that of the second question


def test_whoever_goes_on_with_what_no_page_sends_is_shut_out_and_another_is_not(lab: RunningApp) -> None:
    with raw_socket(visitor_of(lab.url)) as other, raw_socket(visitor_of(lab.url)) as visitor:
        for _ in range(MOST_DROPPED):
            visitor.say(BackMsg(load_git_info=True))
        with pytest.raises(ConnectionClosed) as closed:
            visitor.hear("git_info_changed")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008
        other.draw_page()


def test_a_text_instead_of_a_message_leaves_no_traceback(lab: RunningApp) -> None:
    with raw_socket(visitor_of(lab.url)) as visitor:
        visitor.socket.send("hello")
        with pytest.raises(ConnectionClosed):
            visitor.hear("git_info_changed")
    assert "Traceback" not in log_of(lab)


def test_messages_are_not_packed_so_none_grows_on_its_way(lab: RunningApp) -> None:
    with raw_socket(visitor_of(lab.url)) as visitor:  # this client offers permessage-deflate
        assert not visitor.socket.protocol.extensions
