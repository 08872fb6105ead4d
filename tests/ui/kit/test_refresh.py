"""A fragment tells the browser when to run it again; a whole page is never asked for again."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import AppTest


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[ForwardMsg]:
    messages: list[ForwardMsg] = []
    monkeypatch.setattr(script_run_context, "enqueue_message", messages.append)
    return messages


def test_a_fragment_asks_for_itself(sent: list[ForwardMsg]):
    def page():
        import streamlit as st

        from seqcore.ui.kit.refresh import run_again_every

        @st.fragment
        def part():
            run_again_every(1.5)

        part()

    assert not AppTest.from_function(page).run().exception
    (message,) = sent
    assert message.auto_rerun.interval == 1.5
    assert message.auto_rerun.fragment_id


def test_a_whole_page_is_not_asked_for_again(sent: list[ForwardMsg]):
    def page():
        from seqcore.ui.kit.refresh import run_again_every

        run_again_every(1.5)

    assert not AppTest.from_function(page).run().exception
    assert sent == []
