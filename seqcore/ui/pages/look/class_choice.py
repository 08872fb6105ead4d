"""The class that a tab speaks of."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.session import cache, in_address

_MOST_PRESSED = 6  # classes up to which each has a button
KEY = "look-class-shown"


def choose_class(run_id: str, help: str, default: str = "") -> str:
    """The label chosen; the default says that none was.

    Args:
        run_id: A run whose classes are meant.
        help: What the default is.
        default: What is taken where none was chosen.
    """
    return choose_among(list(cache.evaluation(run_id).classes), help, default)


def choose_among(classes: Sequence[str], help: str, default: str = "") -> str:
    """The same of classes that are known otherwise.

    Args:
        classes: Their labels.
        help: What the default is.
        default: What is taken where none was chosen.
    """
    given = in_address.take(in_address.CLASS)
    if given in classes:
        st.session_state[KEY] = given
    elif st.session_state.get(KEY) not in classes:  # of another experiment
        st.session_state[KEY] = None
    if len(classes) <= _MOST_PRESSED:
        chosen = st.pills(
            "Class", classes, key=KEY, help=help, format_func=lambda label: escape_markdown(label, 40), wrap=True
        )
    else:
        chosen = st.selectbox(
            "Class", classes, index=None, placeholder="The model's answer", key=KEY, help=help, width=460,
            format_func=lambda label: shorten(label, 60),
        )  # fmt: skip
    in_address.keep(in_address.CLASS, chosen)
    return chosen or default
