"""Running a fragment again and again, at an interval that may change while it runs."""

from __future__ import annotations

from seqcore.ui import compat


def run_again_every(seconds: float) -> None:
    """Let the browser run the fragment that is being drawn again, every so many seconds from now on.

    `st.fragment(run_every=...)` says the same, but only when the whole page is drawn, and where its message is lost
    (Streamlit drops what a page has left to say when a fragment's request overtakes it) the page stands still. Said
    with every look it is neither fixed nor lost. Outside a fragment it does nothing.
    """
    fragment = compat.fragment_being_drawn()
    if fragment:
        compat.let_browser_rerun(fragment, seconds)
