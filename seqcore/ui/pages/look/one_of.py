"""One of several things to look at: a model, a layer, a gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown

ChosenT = TypeVar("ChosenT")


def one_of(title: str, choices: Sequence[ChosenT], key: str, names: Sequence[str]) -> ChosenT:
    """The one that is chosen, at first the first; where there is one only there is nothing to choose.

    Args:
        title: What is chosen.
        choices: At least one.
        key: Of the control.
        names: Of the choices, in their order; they may be other people's text.
    """
    if len(choices) == 1:
        return choices[0]
    if st.session_state.get(key, 0) not in range(len(choices)):
        st.session_state[key] = 0
    place = st.segmented_control(
        title, range(len(choices)), default=0, required=True, key=key, wrap=True, persist_state="session",
        format_func=lambda number: escape_markdown(names[number], 40),
    )  # fmt: skip
    return choices[place]
