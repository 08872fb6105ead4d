"""What a message from the browser may hold: what our pages send, with room, and nothing else.

What is not named here is refused, whether Streamlit knows it or not. The front end comes from the same package as the
server, so no page of ours can send a field that is new to us; the ones that Streamlit knows and we leave out empty
everybody's caches (`clear_cache`), run Git (`load_git_info`), watch files (`set_run_on_save`), write into the app's
folder (`install_skills`) or belong to widgets that no page has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from seqcore.ui.compat import number_of_field
from seqcore.ui.server.kept_uploads import FILES_KEPT
from seqcore.ui.server.limits import ADDRESS_BYTES
from seqcore.ui.server.wire import WireError, wire_fields

KILOBYTE = 1024
PASTED = b"-data-pasted"  # how the id of the paste box ends: no other text of a page is longer than LONG
SHORT, NAME, LONG = (
    256,
    2 * KILOBYTE,
    256 * KILOBYTE,
)  # bytes of an id or a hash, of a name, of a text or what was chosen
WIDGETS = 1000  # of a page; a page of fifty experiments has some four hundred
_NUMBER = 10  # bytes


@dataclass(frozen=True)
class Most:
    """The most that a field may hold.

    Attributes:
        bytes: Of it, all together where it stands several times.
        times: How often it may stand.
        parts: Of a message, what it may hold; None: its bytes are not looked into.
        also: Of a message, what its parts, by name, have to be together; says what is wrong.
    """

    bytes: int
    times: int = 1
    parts: Mapping[str, Most] | None = None
    also: Callable[[Mapping[str, memoryview]], str | None] = lambda _parts: None


_FLAG = _VALUE = Most(_NUMBER)
_FILES = Most(LONG, parts={"uploaded_file_info": Most(LONG, times=FILES_KEPT)})


def _only_a_paste_is_long(parts: Mapping[str, memoryview]) -> str | None:
    """Other widgets read JSON from their text, and five million keys of that hold Python's lock for five seconds."""
    is_long = len(parts.get("string_value", b"")) > LONG
    return "a long text of another widget" if is_long and not bytes(parts.get("id", b"")).endswith(PASTED) else None


def _widget(longest: int) -> Mapping[str, Most]:
    return {
        "id": Most(NAME),
        "trigger_value": _FLAG,
        "bool_value": _FLAG,
        "double_value": _VALUE,
        "int_value": _VALUE,
        "string_value": Most(longest),
        "double_array_value": Most(NAME),
        "int_array_value": Most(NAME),
        "string_array_value": Most(LONG, parts={"data": Most(LONG, times=WIDGETS)}),
        "json_value": Most(LONG),
        "json_trigger_value": Most(LONG),
        "file_uploader_state_value": _FILES,
    }


def _messages(longest: int) -> Mapping[str, Most]:
    """What a browser may say.

    Args:
        longest: Bytes of the longest text that may be pasted.
    """
    whole = longest + 4 * LONG  # of what is chosen on all of a page, beside the pasted text
    widgets = Most(whole, parts={"widgets": Most(whole, WIDGETS, _widget(longest), _only_a_paste_is_long)})
    rerun = {
        "query_string": Most(ADDRESS_BYTES),
        "widget_states": widgets,
        "page_script_hash": Most(SHORT),
        "page_name": Most(NAME),
        "fragment_id": Most(SHORT),
        "is_auto_rerun": _FLAG,
        "cached_message_hashes": Most(64 * KILOBYTE, times=WIDGETS),
        "context_info": Most(ADDRESS_BYTES + NAME),
        "is_history_navigation": _FLAG,
    }
    rows = {name: _VALUE for name in ("offset", "limit")} | {"source_id": Most(SHORT), "sort": Most(NAME)}
    operation = {
        "request_id": Most(SHORT),
        "session_id": Most(SHORT),
        "deferred_file": Most(NAME, parts={"file_id": Most(SHORT)}),
        "dataframe_chunk": Most(2 * NAME, parts=rows),
    }
    files = {"request_id": Most(SHORT), "file_names": Most(LONG, times=FILES_KEPT), "session_id": Most(SHORT)}
    return {
        "rerun_script": Most(whole + 2 * LONG, parts=rerun),
        "file_urls_request": Most(2 * LONG, parts=files),
        "backend_operation_request": Most(4 * NAME, parts=operation),
        "stop_script": _FLAG,
        "app_heartbeat": _FLAG,
    }


class Asked(Enum):
    """What is asked of the server: a whole page, a file for a download, or less: a part of a page, a sign of life."""

    PAGE, FILE, LITTLE = range(3)


class MessageBounds:
    """Says why a message goes beyond what a page of ours sends.

    Args:
        longest: Characters that may be pasted.
    """

    def __init__(self, longest: int) -> None:
        messages = _messages(4 * longest)  # a character has at most four bytes
        most = sum(kind.bytes for kind in messages.values())
        self._whole = _Numbered((), Most(most, parts=messages, also=_is_one))

    def problem(self, message: bytes) -> str | None:
        """What is wrong with a message, in words of ours; None: it may pass.

        It costs a few microseconds a field, and no more fields are looked at than are allowed.
        """
        try:
            return self._whole.problem(memoryview(message))
        except WireError as error:
            return str(error)


def _is_one(parts: Mapping[str, memoryview]) -> str | None:
    return None if len(parts) == 1 else f"{len(parts)} messages in one"


def asked_for(message: bytes) -> Asked:
    """What a message that may pass asks the server to do."""
    rerun, work = number_of_field(("rerun_script",)), number_of_field(("backend_operation_request",))
    part = number_of_field(("rerun_script", "fragment_id"))
    for field in wire_fields(memoryview(message)):
        if field.number == work:
            return Asked.FILE
        if field.number == rerun and all(each.number != part for each in wire_fields(field.content)):
            return Asked.PAGE
    return Asked.LITTLE


class _Numbered:
    """A bound whose parts are found by the numbers that they have in a message.

    Args:
        path: Names of the fields that lead to it, from the whole message on.
        most: What it may hold.
    """

    def __init__(self, path: tuple[str, ...], most: Most) -> None:
        self.name, self.most = path[-1] if path else "the message", most
        parts = ((*path, name) for name in most.parts or ())
        self._parts = {number_of_field(part): _Numbered(part, (most.parts or {})[part[-1]]) for part in parts}

    def problem(self, content: memoryview) -> str | None:
        """What is wrong with the content of one such field."""
        if self.most.parts is None:
            return None
        bytes_of, times_of, found = dict[int, int](), dict[int, int](), dict[str, memoryview]()
        for field in wire_fields(content):
            number = field.number
            part = self._parts.get(number)
            if part is None:
                return f"{self.name} with a field {number}, which no page sends"
            bytes_of[number] = bytes_of.get(number, 0) + len(field.content)
            times_of[number] = times_of.get(number, 0) + 1
            if bytes_of[number] > part.most.bytes:
                return f"more than {part.most.bytes} bytes of {part.name}"
            if times_of[number] > part.most.times:
                return f"{part.name} more than {part.most.times} times"
            problem = part.problem(field.content)
            if problem:
                return problem
            found[part.name] = field.content
        return self.most.also(found)
