"""Can a result on these data be trusted? One word, or the press that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.labelled_text import LabelledText
from seqcore.ui.components.announcement import announce
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.refresh import run_again_every
from seqcore.ui.session import header, shared, state

if TYPE_CHECKING:
    from seqcore.analysis.xray import XRay
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.xray.room import Asked
    from seqcore.spec import SplitOptions

_QUESTION = "Can a result on these data be trusted?"
_LOOKED_FOR = (
    "Looks for texts that are both learned and tested, labels that may be wrong, words that give a class away, "
    "other languages and wrong encodings, and says what they do to the score. It takes seconds, for 50,000 long texts "
    "minutes."
)
_BADGES = {
    "yes": (":material/check_circle:", "green"), "with care": (":material/warning:", "orange"),
    "no": (":material/block:", "red"),
}  # fmt: skip
_EVERY = 1.0


def draw_trust(data: LabelledData, options: SplitOptions) -> XRay | None:
    """Draw the word and what stands in the way, the way to find it, or how far that is.

    Returns:
        What was found; None until it was looked for, and for data that are no text.
    """
    if not isinstance(data, LabelledText):
        return None
    asked = _asked(data, options)
    if asked is not None and asked.found is not None:
        _draw_word(asked.found)
        return asked.found
    if asked is not None and asked.running:
        st.fragment(_watch, run_every=_EVERY)(data, options)
    else:
        _draw_offer(data, options, asked)
    return None


def _asked(data: LabelledData, options: SplitOptions) -> Asked | None:
    return shared.xray_room().look(data, options) if isinstance(data, LabelledText) else None


def _draw_word(found: XRay) -> None:
    from seqcore.analysis.xray import findings_of, trust_in

    trust = trust_in(findings_of(found))
    icon, color = _BADGES[trust.word]
    reason = trust.sentence.partition(": ")[2]
    with st.container(key="trust", border=True):
        st.markdown(f"**{_QUESTION}** :{color}-badge[{icon} {trust.word.capitalize()}]")
        st.markdown(escape_markdown(f"{reason[:1].upper()}{reason[1:]}", 600))


def _draw_offer(data: LabelledData, options: SplitOptions, asked: Asked | None) -> None:
    with st.container(key="trust", border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{_QUESTION}**", width="content")
            st.button(
                "X-ray the data",
                icon=":material/radiology:",
                key="xray",
                on_click=_ask,
                args=(data, options),
                width="content",
            )
        st.caption(_LOOKED_FOR)
        if asked is not None and asked.problem is not None:
            header.show_problem(asked.problem)


def _watch(data: LabelledData, options: SplitOptions) -> None:
    """How far it is, again and again; the page is drawn once more when it is done."""
    with header.guard():
        asked = _asked(data, options)
        if asked is None or not asked.running:
            st.rerun()
        run_again_every(_EVERY)
        with st.container(key="trust", border=True):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{_QUESTION}**", width="content")
                st.button("Cancel", icon=":material/close:", key="xray-cancel", on_click=_cancel, args=(data, options))
            st.markdown(f":material/hourglass_top: {escape_markdown(asked.stage, 120)} …")
            announce(asked.stage)


def _ask(data: LabelledData, options: SplitOptions) -> None:
    if isinstance(data, LabelledText):
        shared.xray_room().ask(data, options, who=state.memory().watcher)


def _cancel(data: LabelledData, options: SplitOptions) -> None:
    if isinstance(data, LabelledText):
        shared.xray_room().cancel(data, options, who=state.memory().watcher)
