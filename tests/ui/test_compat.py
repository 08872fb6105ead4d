"""What Streamlit does not promise to keep is still there; where it is not, `seqcore/ui/compat.py` wants mending."""

import asyncio
import inspect
import logging
import re
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from starlette.datastructures import Headers
from streamlit import delta_generator, error_util
from streamlit.components.v2 import component_manager, manifest_scanner
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_app, starlette_auth_routes, starlette_routes, starlette_websocket

from seqcore.errors import NotFoundError, SeqlabError
from seqcore.ui import compat
from seqcore.ui.kit import style

FRONT_END = Path(st.__file__).parent / "static"


def test_the_page_of_streamlit_holds_inline_scripts_and_no_other_kind_of_them() -> None:
    page = (FRONT_END / "index.html").read_text(encoding="utf-8")
    every = [tag for tag in re.findall(r"<script\b[^>]*>", page) if "src=" not in tag]
    assert every
    assert len(every) == len(compat.inline_scripts())
    assert not re.search(r"\son[a-z]+=", page)  # handlers in attributes, which a hash would not let run


def test_the_paths_of_uploads_and_log_ins_are_those_of_streamlit() -> None:
    assert f"/{starlette_routes.BASE_ROUTE_UPLOAD_FILE}/" == compat.UPLOAD_PATH
    assert f"/{starlette_auth_routes._ROUTE_OAUTH_CALLBACK}" == compat.LOGIN_CALLBACK
    assert f"/{starlette_auth_routes._ROUTE_AUTH_LOGOUT}" == compat.LOGOUT_PATH
    assert server_util.AUTH_COOKIE_NAME == compat.LOGIN_COOKIE


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    manager = MemoryUploadedFileManager(compat.UPLOAD_PATH)
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    return manager


def test_uploads_are_found_in_their_order_and_let_go_of(uploads: MemoryUploadedFileManager) -> None:
    for name in ("first", "second", "third"):
        uploads.add_file("session", UploadedFileRec(name, "a.csv", "text/csv", bytes(len(name))))
    assert compat.kept_uploads("session") == [
        compat.KeptUpload("first", 5), compat.KeptUpload("second", 6), compat.KeptUpload("third", 5),
    ]  # fmt: skip
    compat.forget_upload("session", "second")
    assert [file.file_id for file in compat.kept_uploads("session")] == ["first", "third"]
    assert compat.kept_uploads("somebody else") == []


def test_files_that_are_let_go_of_are_counted_where_the_browser_still_shows_them() -> None:
    from streamlit.runtime.uploaded_file_manager import DeletedFile

    def page() -> None:
        import streamlit as st

        from seqcore.ui import compat

        st.text(str([compat.lost_uploads(key) for key in ("one", "several", "none", "never")]))

    app = AppTest.from_function(page)
    app.session_state["one"], app.session_state["several"] = (
        DeletedFile("a"),
        [DeletedFile("b"), "kept", DeletedFile("c")],
    )
    app.session_state["none"] = None
    assert app.run().text[0].value == "[1, 2, 0, 0]"


def test_what_a_script_is_given_of_an_upload_shares_its_bytes(uploads: MemoryUploadedFileManager) -> None:
    compat.share_bytes_of_uploads()
    content = b"what was uploaded"
    uploads.add_file("session", UploadedFileRec("1", "a.csv", "text/csv", content))
    (held,) = uploads.get_files("session", ["1"])
    file = UploadedFile(held, FileURLs(file_id="1"))
    given = deepcopy([file])[0]
    assert given == file
    assert given is not file
    assert (given.name, given.type, given.size, given._file_urls.file_id) == ("a.csv", "text/csv", len(content), "1")
    assert given.getvalue() is content
    assert given.read(4) == b"what"
    assert file.tell() == 0


def test_upload_addresses_hold_the_other_name_of_a_session(uploads: MemoryUploadedFileManager) -> None:
    compat.call_sessions_otherwise_in_upload_addresses(str.upper)
    (place,) = uploads.get_upload_urls("session", ["a.csv"])
    assert place.upload_url == place.delete_url
    assert place.upload_url.endswith(f"/SESSION/{place.file_id}")


def test_a_field_of_a_message_is_found_by_its_names_and_an_unknown_one_is_a_mistake_of_ours() -> None:
    assert compat.number_of_field(("rerun_script", "widget_states", "widgets", "id")) == 1
    with pytest.raises(KeyError):
        compat.number_of_field(("rerun_script", "no_such_field"))


def test_streamlit_compares_the_header_that_it_is_told_of() -> None:
    compat.compare_on_return("x-visitor")
    told = starlette_websocket.gather_user_info(Headers({"x-visitor": "ann"}))
    assert told["x-visitor"] == "ann"
    assert "_user_info == user_info" in inspect.getsource(AppSession.matches_user_info)


def test_nobody_is_logged_in_without_a_signed_cookie() -> None:
    assert compat.account_in({}) == {}


def test_the_server_holds_uploads_where_we_look_for_them() -> None:
    assert "MemoryUploadedFileManager(" in inspect.getsource(starlette_app)
    assert isinstance(inspect.getattr_static(Runtime, "uploaded_file_mgr"), property)


def test_uploads_of_another_kind_of_server_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=object()))
    assert compat.kept_uploads("session") == []
    compat.forget_upload("session", "file")


def test_a_script_knows_whether_the_browser_went_back() -> None:
    def page():
        import streamlit as st
        from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

        from seqcore.ui import compat

        st.write(compat.came_by_history())
        get_script_run_ctx().is_history_navigation = True
        st.write(compat.came_by_history())

    assert [element.value for element in AppTest.from_function(page).run().markdown] == ["`False`", "`True`"]


def test_the_limit_of_uploads_can_be_set() -> None:
    before = st.get_option("server.maxUploadSize")
    compat.limit_uploads(7)
    try:
        assert st.get_option("server.maxUploadSize") == 7
    finally:
        compat.limit_uploads(before)


def test_a_script_knows_its_session_and_what_runs_without_one_has_none() -> None:
    def page():
        import streamlit as st

        from seqcore.ui import compat

        st.text(compat.session_id())

    assert AppTest.from_function(page).run().text[0].value
    assert compat.session_id() == ""


def test_what_a_session_holds_is_found_and_gone_when_it_has_ended(uploads: MemoryUploadedFileManager) -> None:
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.script_data import ScriptData
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache

    async def live_and_end() -> tuple[str, str, str]:
        session = AppSession(ScriptData("page.py"), uploads, ScriptCache(), None, {})
        uploads.add_file(session.id, UploadedFileRec("file", "a.csv", "text/csv", b"what was uploaded"))
        session.session_state["draft"] = "what was read"
        before = repr(compat.held_by_session(session))
        compat.end_session(session)
        return before, repr(compat.held_by_session(session)), session.id

    before, after, _ = asyncio.run(live_and_end())
    for what in ("what was uploaded", "what was read"):
        assert what in before
        assert what not in after


def test_a_fragment_knows_its_id_and_a_page_has_none() -> None:
    def page():
        import streamlit as st

        from seqcore.ui import compat

        st.caption(f"page {compat.fragment_being_drawn()}")

        @st.fragment
        def part():
            st.text(compat.fragment_being_drawn())

        part()

    found = AppTest.from_function(page).run()
    assert not found.exception
    assert found.caption[0].value == "page None"
    assert found.text[0].value not in ("", "None")


def test_the_browser_can_be_told_to_ask_for_a_fragment_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.runtime.scriptrunner_utils import script_run_context

    sent = []
    monkeypatch.setattr(script_run_context, "enqueue_message", sent.append)
    compat.let_browser_rerun("fragment", 1.5)
    (message,) = sent
    assert (message.auto_rerun.fragment_id, message.auto_rerun.interval) == ("fragment", 1.5)


def test_a_section_of_the_secrets_is_found_and_a_missing_one_is_none() -> None:
    def page():
        import streamlit as st

        from seqcore.ui import compat

        st.text(str(compat.secrets_section("auth")))
        st.text(str(compat.secrets_section("other")))

    app = AppTest.from_function(page)
    app.secrets["auth"] = {"client_id": "lab"}
    found = app.run()
    assert not found.exception
    assert "lab" in found.text[0].value
    assert found.text[1].value == "None"


def test_what_our_style_sheet_calls_by_name_is_called_so_by_the_front_end() -> None:
    ours = style.STYLE_SHEET.content + style.ACCESS_SCRIPT.content
    names = set(re.findall(r"\.(st[A-Z]\w+)", ours)) | set(re.findall(r'data-testid="(\w+)"', ours))
    names |= set(re.findall(r'aria-label="([\w ]+)"', ours)) | {"st-key-"}
    code = "".join(script.read_text(encoding="utf-8") for script in (FRONT_END / "static" / "js").glob("*.js"))
    assert len(names) > 5
    assert not {name for name in names if name not in code}


def test_the_start_leaves_out_what_streamlit_would_search_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta_generator, "_use_warning_has_been_displayed", False)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", manifest_scanner.scan_component_manifests)
    assert "scan_component_manifests()" in inspect.getsource(component_manager)
    assert "_use_warning_has_been_displayed:" in inspect.getsource(delta_generator._maybe_print_use_warning)
    compat.leave_out_of_start()
    assert manifest_scanner.scan_component_manifests() == []
    assert delta_generator._use_warning_has_been_displayed


def test_the_log_has_no_traceback_of_an_unknown_id_but_of_every_mistake_of_ours() -> None:
    compat.log_mistakes_only(SeqlabError)
    compat.log_mistakes_only(SeqlabError)  # a server that starts twice in a process changes nothing
    written = Written()
    log = logging.getLogger("streamlit.error_util")
    log.addHandler(written)
    try:
        error_util._log_uncaught_app_exception(NotFoundError("No run with this id"))
        error_util._log_uncaught_app_exception(ZeroDivisionError("ours"))
    finally:
        log.removeHandler(written)
        log.filters.clear()
    assert [str(record.exc_info[1]) for record in written.records if record.exc_info] == ["ours"]


class Written(logging.Handler):
    """What a log is given."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def test_what_is_drawn_for_now_is_not_drawn_again_from_a_cache() -> None:
    def script() -> None:
        import streamlit as st

        from seqcore.ui import compat

        @st.cache_data
        def cached() -> int:
            with compat.drawn_for_now():
                st.caption("for now")
            return 1

        cached()
        st.caption("always")

    page = AppTest.from_function(script).run()
    assert [caption.value for caption in page.caption] == ["for now", "always"]
    assert [caption.value for caption in page.run().caption] == ["always"]


def test_a_script_can_ask_whether_it_is_wanted_still() -> None:
    from streamlit.runtime.scriptrunner_utils import script_run_context

    assert callable(script_run_context.get_run_yield_check)
    compat.end_if_no_longer_wanted()  # outside of a script nobody asks
