"""Every name of Streamlit that it does not promise to keep, behind a function that says what it is for.

A new version may rename them without a word: `tests/ui/test_compat.py` notices. What is documented (`st.*`,
options, `--st-*` variables of style sheets) is used where it is needed.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.session_manager import SessionStorage
    from streamlit.runtime.uploaded_file_manager import UploadFileUrlInfo

STREAM_PATH = "/_stcore/stream"  # of the websocket
HEALTH_PATH = "/_stcore/health"
UPLOAD_PATH = "/_stcore/upload_file/"  # followed by the session's id and the file's
# What a page asks for beside itself, and where the rest of what only Streamlit's own tools ask for lies.
PAGE_PATHS = (HEALTH_PATH, "/_stcore/host-config", STREAM_PATH, UPLOAD_PATH, "/_stcore/bidi-components/")
TOOL_PATHS = ("/_stcore/", "/component/", "/app/static/")
AGENT_PATHS = "/_stcore/agent/"
LOGIN_COOKIE = "_streamlit_user"  # of an account
LOGIN_CALLBACK = "/oauth2callback"
LOGOUT_PATH = "/auth/logout"


@dataclass(frozen=True)
class KeptUpload:
    """A file that the server holds in memory for a session."""

    file_id: str
    bytes: int


def inline_scripts() -> list[bytes]:
    """The scripts that stand in Streamlit's own page, each exactly as it stands there."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    return re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)


def icon_fonts() -> list[str]:
    """The font that icons are written with, as a link of Streamlit's page; none where it is called otherwise."""
    folder = Path(st.__file__).parent / "static"
    return [str(font.relative_to(folder)) for font in folder.glob("static/media/MaterialSymbols-Rounded.*.woff2")]


def number_of_field(path: Sequence[str]) -> int:
    """The number by which a field stands in a message of the browser.

    Args:
        path: Names of the messages that it lies in, the outermost first, then its own.

    Raises:
        KeyError: there is no such field.
    """
    from streamlit.proto.BackMsg_pb2 import BackMsg

    described = BackMsg.DESCRIPTOR
    for name in path[:-1]:
        described = described.fields_by_name[name].message_type
    return int(described.fields_by_name[path[-1]].number)


def compare_on_return(header: str) -> None:
    """Let Streamlit give a session back only to a connection whose header of this name says the same as the first's."""
    from streamlit import config

    told = dict(st.get_option("server.trustedUserHeaders") or {})
    if told.get(header) != header:
        config.set_option("server.trustedUserHeaders", told | {header: header})


def connected_sessions() -> dict[str, dict[str, str]]:
    """The sessions that have a connection now, by their ids, each with the headers of its connection."""
    from streamlit.runtime import Runtime

    found = Runtime.instance()._session_mgr.list_active_sessions()
    contexts = {each.session.id: each.client.client_context for each in found}
    return {session: dict(context.headers) for session, context in contexts.items() if context is not None}


def account_in(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """What the provider said of who is logged in, from the cookie that Streamlit signed; empty when nobody is."""
    from streamlit.web.server.starlette import starlette_websocket

    signed = starlette_websocket._get_signed_cookie_with_chunks(dict(cookies), LOGIN_COOKIE)
    account = json.loads(signed) if signed else {}
    return account if isinstance(account, dict) else {}


def call_sessions_otherwise_in_upload_addresses(name: Callable[[str], str]) -> None:
    """Let the addresses that the browser uploads to hold another name of the session instead of its id."""
    uploads = _uploads_in_memory()
    if uploads is None:
        return
    give = type(uploads).get_upload_urls

    def give_renamed(session_id: str, file_names: Sequence[str]) -> list[UploadFileUrlInfo]:
        return give(uploads, name(session_id), file_names)

    uploads.get_upload_urls = give_renamed  # type: ignore[method-assign]


def kept_uploads(session: str) -> list[KeptUpload]:
    """The files that are held for a session, the oldest first."""
    uploads = _uploads_in_memory()
    files = {} if uploads is None else dict(uploads.file_storage.get(session, {}))
    return [KeptUpload(file.file_id, len(file.data)) for file in files.values()]


def forget_upload(session: str, file_id: str) -> None:
    """Let go of a file that is held for a session."""
    uploads = _uploads_in_memory()
    if uploads is not None:
        uploads.remove_file(session, file_id)


def share_bytes_of_uploads() -> None:
    """Let what a script is given of an upload, a copy at every rerun, share the bytes of the one that is held."""
    from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

    def copied(file: UploadedFile, _memo: dict[int, Any]) -> UploadedFile:
        return UploadedFile(UploadedFileRec(file.file_id, file.name, file.type, file.getvalue()), file._file_urls)

    UploadedFile.__deepcopy__ = copied  # type: ignore[attr-defined]


def lost_uploads(key: str) -> int:
    """How many of the files that an upload shows are held no more; the upload itself passes over them."""
    from streamlit.runtime.uploaded_file_manager import DeletedFile

    shown = st.session_state.get(key)
    return sum(isinstance(file, DeletedFile) for file in (shown if isinstance(shown, list) else [shown]))


def keep_left_sessions_in(storage: SessionStorage) -> None:
    """Let a running server put sessions without a browser there."""
    from streamlit.runtime import Runtime

    manager: Any = Runtime.instance()._session_mgr
    manager._session_storage = storage


def held_by_session(session: AppSession) -> list[object]:
    """What a session alone keeps alive: what its script remembers, and its uploads."""
    state: Any = session.session_state
    uploads = _uploads_in_memory()
    files = [] if uploads is None else [file.data for file in uploads.file_storage.get(session.id, {}).values()]
    return [state._old_state, state._new_session_state, files]


def end_session(session: AppSession) -> None:
    """End a session that no browser is connected to; even who still holds it holds nothing of its data."""
    session.shutdown()
    session.session_state.clear()
    fragments: Any = session._fragment_storage
    fragments.clear()


def limit_uploads(megabytes: int) -> None:
    """Let the upload widgets say and enforce this limit, whatever the configuration says."""
    from streamlit import config

    config.set_option("server.maxUploadSize", megabytes)  # st.set_option takes no option of the server


def fragment_being_drawn() -> str | None:
    """The id of the fragment that this script is drawing; None while it draws the whole page."""
    from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

    return ThreadState.get().fragment_id


def session_id() -> str:
    """The session whose script runs here; empty where none does."""
    from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id


def came_by_history() -> bool:
    """Whether this script runs because somebody pressed Back or Forward."""
    from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def end_if_no_longer_wanted() -> None:
    """End this script where it was asked for anew, or its page was closed, as `st.*` does; else do nothing.

    Raises:
        BaseException: what Streamlit ends a script with; to be let through.
    """
    from streamlit.runtime.scriptrunner_utils.script_run_context import get_run_yield_check

    check = get_run_yield_check()
    if check is not None:
        check()


@contextmanager
def drawn_for_now() -> Iterator[None]:
    """What is drawn in here is not drawn again when what is being cached is found in its cache."""
    from streamlit.runtime.scriptrunner_utils.script_run_context import in_cached_function

    token = in_cached_function.set(False)
    try:
        yield
    finally:
        in_cached_function.reset(token)


def let_browser_rerun(fragment: str, seconds: float) -> None:
    """Let the browser ask for a fragment again, every so many seconds from now on."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.scriptrunner_utils import script_run_context

    message = ForwardMsg()
    message.auto_rerun.interval, message.auto_rerun.fragment_id = seconds, fragment
    script_run_context.enqueue_message(message)


def secrets_section(name: str) -> Mapping[str, Any] | None:
    """A section of secrets.toml; None without the file or the section."""
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        section = st.secrets.get(name) if st.secrets.load_if_toml_exists() else None
    except StreamlitSecretNotFoundError:
        return None
    return section if isinstance(section, Mapping) else None


def leave_out_of_start() -> None:
    """Let Streamlit's start be without what takes a fifth of a second and serves nobody here.

    It reads about every installed package whether components of others are in it; ours come with their pages. And
    before the first page it looks through the source of every module for the console that this might run in.
    """
    from streamlit import delta_generator
    from streamlit.components.v2 import manifest_scanner

    manifest_scanner.scan_component_manifests = lambda max_workers=None: []
    delta_generator._use_warning_has_been_displayed = True


def log_mistakes_only(expected: type[Exception]) -> None:
    """Let Streamlit's log have no traceback of a page that ended with an error that a person can act on.

    Args:
        expected: The kind of such errors; the visitor sees what they say.
    """

    from streamlit import config

    def is_a_mistake(record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], expected))

    config.set_option("logger.enableRich", False)  # which would print to the terminal past every log
    log = logging.getLogger("streamlit.error_util")
    log.filters = [is_a_mistake]


def _uploads_in_memory() -> MemoryUploadedFileManager | None:
    """Where uploads are held; None where somebody else's manager holds them."""
    from streamlit.runtime import Runtime
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

    uploads = Runtime.instance().uploaded_file_mgr
    return uploads if isinstance(uploads, MemoryUploadedFileManager) else None
