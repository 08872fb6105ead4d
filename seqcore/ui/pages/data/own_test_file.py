"""The upload of a file to test on, beside the one to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import state
from seqcore.ui.session.uploads import say_what_was_lost

if TYPE_CHECKING:
    from seqcore.settings import Settings
    from seqcore.ui.session.uploads import KeptFile, Uploads


def offer_test_file(uploads: Uploads, limits: Settings) -> KeptFile | None:
    """Draw the upload; None until there is a file."""
    known = uploads.test is not None
    with st.expander("I have a test file of my own", key="test-file-expander", type="compact", expanded=known):
        new = st.file_uploader(
            "Test file with the same columns", key="data-test-file", max_upload_size=limits.max_file_mb,
            on_change=_test_file_changed,
        )  # fmt: skip
        say_what_was_lost("data-test-file")
        uploads.take_test(new)
        if uploads.test is not None and new is None:
            st.caption(f"In use: {escape_markdown(uploads.test.name, 60)}.")
            if st.button("Leave the test file out", key="no-test-file"):
                uploads.test = None
                st.rerun()
    return uploads.test


def _test_file_changed() -> None:
    if st.session_state["data-test-file"] is None:
        state.memory().uploads.test = None
