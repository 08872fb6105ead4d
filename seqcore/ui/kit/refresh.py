"""Running a fragment again and again, at an interval that may change while it runs."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState, enqueue_message


def run_again_every(seconds: float) -> None:
    """Let the browser run the fragment that is being drawn again, every so many seconds from now on.

    `st.fragment(run_every=...)` says the same, but only when the whole page is drawn, and where its message is lost
    (Streamlit drops what a page has left to say when a fragment's request overtakes it) the page stands still. Said
    with every look it is neither fixed nor lost. Outside a fragment it does nothing.
    """
    fragment = ThreadState.get().fragment_id
    if fragment:
        message = ForwardMsg()
        message.auto_rerun.interval, message.auto_rerun.fragment_id = seconds, fragment
        enqueue_message(message)
