"""Measurements that a page asks for: begun by a press, watched until they are done, ended by another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.lab.measure.measurer import Measurer
from seqcore.ui.components.announcement import announce
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.refresh import run_again_every
from seqcore.ui.session import header, shared

if TYPE_CHECKING:
    from seqcore.lab.measure.room import Measuring
    from seqcore.ui.session.engine_room import EngineRoom

_EVERY = 0.5
_STARTING = "Starting the engine"


def draw_measuring(name: str, key: Hashable, button: str, about: str, work: Callable[[Measurer], Any]) -> Any:
    """Draw the button, or how far the measurement is.

    Args:
        name: Of the part of the page, for its keys.
        key: Of what is measured.
        button: What the button says.
        about: What is measured, and what for.
        work: Measures it.

    Returns:
        What was found; None before that.
    """
    measuring = shared.measuring_room().look(key)
    if measuring is not None and measuring.running and not measuring.over.is_set():
        st.fragment(_watch, run_every=_EVERY)(name, key)
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=name):
        st.button(button, icon=":material/timer:", key=f"{name}-begin", on_click=_begin, args=(key, work))
        st.caption(about, width="content")
    if measuring is not None and measuring.problem is not None:
        header.show_problem(measuring.problem)
    return None if measuring is None else measuring.found


def _begin(key: Hashable, work: Callable[[Measurer], Any]) -> None:
    room = shared.engine_room()
    room.start()
    shared.measuring_room().ask(key, partial(_measure, room, work))


def _measure(
    room: EngineRoom, work: Callable[[Measurer], Any], told: Callable[[str], None], over: threading.Event
) -> Any:
    """In a thread of its own, which knows no session: wait for the engine, then measure."""
    told(_STARTING)
    while (engine := room.engine()) is None:
        if over.wait(_EVERY):
            return None
    return work(Measurer(engine, told, over))


def _watch(name: str, key: Hashable) -> None:
    """How far it is, again and again; the page is drawn once more when it is done."""
    with header.guard():
        measuring: Measuring | None = shared.measuring_room().look(key)
        if measuring is None or not measuring.running or measuring.over.is_set():
            st.rerun()
        run_again_every(_EVERY)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=name):
            st.button(
                "Cancel", icon=":material/close:", key=f"{name}-cancel", on_click=shared.measuring_room().cancel,
                args=(key,),
            )  # fmt: skip
            st.markdown(f":material/hourglass_top: {escape_markdown(measuring.stage, 120)} …", width="content")
            announce(measuring.stage)
