"""A button that makes a file when it is pressed, from what is still there then.

An open page outlives what it shows: without this, its button would give answers of a model that was deleted since, or
that a link showed which has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.ui.session import state, still_there

if TYPE_CHECKING:
    from seqcore.lab.share import Viewer


def file_button(
    label: str,
    make: Callable[[], bytes],
    name: str,
    kind: str = "text/csv",
    *,
    runs: Iterable[str] | None = None,
    **look: Any,
) -> None:
    """Draw it, after what the file is made of was asked for: it refuses when any of that is gone, or no more for them.

    Args:
        label: What it says, in Markdown.
        make: Makes the file.
        name: Of the file, with its ending.
        kind: Its media type.
        runs: Ids of those that it is made of; None: of anything that the page has spoken of so far.
        look: Of the button, as `st.download_button` takes it.
    """
    things = state.memory().spoken_of if runs is None else {("model", run_id) for run_id in runs}
    made = partial(_made_of_what_is_there, make, frozenset(things), state.viewer())
    look = {"icon": ":material/download:"} | look
    st.download_button(label, made, name, kind, on_click="ignore", **look)


def _made_of_what_is_there(make: Callable[[], bytes], things: frozenset[tuple[str, str]], viewer: Viewer) -> bytes:
    still_there.check_may_see(things, viewer)
    return make()
