"""What the browser may say: every kind that Streamlit knows, and what goes beyond a page of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg

from seqcore.ui.server import message_bounds
from seqcore.ui.server.kept_uploads import FILES_KEPT
from seqcore.ui.server.message_bounds import LONG, WIDGETS, MessageBounds

BOUNDS = MessageBounds(longest=2_000_000)
SPOKEN = {"rerun_script", "file_urls_request", "backend_operation_request", "stop_script", "app_heartbeat"}
KNOWN = {each.name for each in BackMsg.DESCRIPTOR.fields}


def problem(message: BackMsg) -> str | None:
    return BOUNDS.problem(message.SerializeToString())


def with_text(key: str, text: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id=f"$$ID-5f-{key}", string_value=text)
    return message


def of_kind(name: str) -> BackMsg:
    message = BackMsg()
    if BackMsg.DESCRIPTOR.fields_by_name[name].message_type is None:
        setattr(message, name, True)
    else:
        getattr(message, name).SetInParent()
    return message


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_only_what_pages_send_may_pass(name: str) -> None:
    assert (problem(of_kind(name)) is None) == (name in SPOKEN)


@pytest.mark.parametrize("name", ["install_skills", "dismiss_skills_nudge"])
def test_nobody_may_have_files_written_into_the_folder_of_the_app(name: str) -> None:
    message = BackMsg()
    getattr(message.backend_operation_request, name).SetInParent()
    assert "which no page sends" in str(problem(message))


def test_what_a_page_says_may_pass() -> None:
    message = BackMsg()
    rerun = message.rerun_script
    rerun.query_string, rerun.page_script_hash, rerun.page_name = (
        "experiment=a1&text=" + "x" * 2000,
        "ab" * 16,
        "compare",
    )
    rerun.fragment_id, rerun.is_auto_rerun, rerun.is_history_navigation = "f" * 32, True, True
    rerun.context_info.url, rerun.context_info.timezone_offset = "http://lab/compare?" + "x" * 2000, -60
    rerun.cached_message_hashes.extend(["c" * 32] * 100)
    for number in range(400):
        rerun.widget_states.widgets.add(id=f"$$ID-{number:032}-key", bool_value=True)
    rerun.widget_states.widgets.add(id="$$ID-1-slider").double_array_value.data.extend([1.0, 2.0])
    rerun.widget_states.widgets.add(id="$$ID-1-pills").string_array_value.data.extend(["LSTM", "GRU"])
    rerun.widget_states.widgets.add(id="$$ID-1-words", json_value="[1, 2]")
    files = rerun.widget_states.widgets.add(id="$$ID-1-data-file").file_uploader_state_value
    for number in range(FILES_KEPT):
        files.uploaded_file_info.add(name=f"class {number}.txt", size=9, file_id="1" * 36)
    assert problem(message) is None


def test_the_longest_paste_may_pass_and_no_other_text_is_nearly_as_long() -> None:
    assert problem(with_text("data-pasted", "\U0001f600" * 2_000_000)) is None
    assert problem(with_text("data-pasted", "x" * (8_000_000 + 1))) is not None
    assert problem(with_text("version-suspects", "x" * LONG)) is None
    assert "another widget" in str(problem(with_text("version-suspects", "x" * (LONG + 1))))


def test_the_paste_box_is_called_so() -> None:
    from streamlit.testing.v1 import AppTest

    def page():
        import streamlit as st

        st.text_area("Paste", key="data-pasted")

    (box,) = AppTest.from_function(page).run().text_area
    assert box.id.encode().endswith(message_bounds.PASTED)


def test_a_million_names_of_files_are_refused_by_their_bytes() -> None:
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 1_000_000)
    assert "bytes of file_urls_request" in str(problem(message))


def test_no_more_names_than_a_session_keeps_files() -> None:
    message = BackMsg()
    message.file_urls_request.file_names.extend(["a.csv"] * FILES_KEPT)
    assert problem(message) is None
    message.file_urls_request.file_names.append("a.csv")
    assert "file_names more than" in str(problem(message))


def test_no_more_widgets_than_a_page_has() -> None:
    message = BackMsg()
    for number in range(WIDGETS + 1):
        message.rerun_script.widget_states.widgets.add(id=str(number))
    assert "widgets more than" in str(problem(message))


def test_two_messages_in_one_and_none_at_all_are_refused() -> None:
    two = of_kind("stop_script").SerializeToString() + of_kind("rerun_script").SerializeToString()
    assert "2 messages" in str(BOUNDS.problem(two))
    assert BOUNDS.problem(b"") is not None


def test_an_unknown_field_is_refused_wherever_it_stands() -> None:
    unknown = b"\xfa\x3e\x01x"  # field 1007
    assert BOUNDS.problem(unknown) is not None
    assert BOUNDS.problem(b"\x5a" + bytes([len(unknown)]) + unknown) is not None  # in a rerun


@pytest.mark.parametrize("broken", [b"\x5a", b"\x5a\xff", b"\x5a\x7f", b"\xff" * 30, b"\x5b\x5c", b"\x2d\x00"])
def test_what_is_no_message_is_refused(broken: bytes) -> None:
    assert BOUNDS.problem(broken) is not None


@given(st.binary(max_size=300))
def test_nothing_at_all_makes_it_stumble(content: bytes) -> None:
    said = BOUNDS.problem(content)
    assert said is None or said
    if said is None:  # what may pass can be read by Streamlit
        BackMsg().ParseFromString(content)
