"""Test texts as cards, a page of them at a time: the true class and every model's probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.disagreements import told_apart
from seqcore.analysis.tested import Tested
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.paging import page_of
from seqcore.ui.kit.phrases import count, in_words
from seqcore.ui.session import cache, state
from seqcore.ui.session.header import go

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from seqcore.kinds import Kind
    from seqcore.store import Experiment

_PER_PAGE = 8
_CHARACTERS = 600


def draw_texts(experiment: Experiment, found: Tested, places: NDArray[np.int64], kind: Kind, *, key: str) -> None:
    """Draw the cards, with what to turn pages by.

    Args:
        experiment: Whose data the texts are of.
        found: What the models made of them.
        places: Which of the test texts.
        kind: What an example is called.
        key: Tells these cards, and which of them are chosen, from others.
    """
    if places.size == 0:
        st.caption(f"No such {kind.example} to show.")
        return
    for place in page_of(places.tolist(), _PER_PAGE, f"{key}-page"):
        _draw_text(experiment, found, place)
    st.caption(f"{count(places.size, kind.example, kind.examples)} of {len(found.rows):,} test {kind.examples}.")
    if any(model.seeds > 1 for model in found.models):
        st.caption("Of a model with several seeds, these are the answers of the lowest.")


def draw_elsewhere(found: Tested, kind: Kind) -> None:
    """Name the models that were tested on other texts and cannot stand here."""
    if found.elsewhere:
        names = in_words([escape_markdown(each.label, 40) for each in found.elsewhere])
        st.caption(f":material/balance: Tested on other {kind.examples}, so not shown here: {names}.")


def _draw_text(experiment: Experiment, found: Tested, place: int) -> None:
    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    row = int(found.rows[place])
    with st.container(border=True):
        words, look = st.columns([8, 1.6], vertical_alignment="top")
        with words:
            body = data.summary(row)
            st.text(body if len(body) <= _CHARACTERS else f"{body[:_CHARACTERS]}…")
        if look.button("Look inside", key=f"look-{row}", icon=":material/visibility:", width="stretch"):
            state.memory().look_row = row
            go("attention")
        parts = [f"True: **{escape_markdown(data.labels[row], 40)}**"]
        parts += [_answer(found, number, place) for number in range(len(found.models))]
        st.markdown(" &nbsp;·&nbsp; ".join(parts))


def _answer(found: Tested, number: int, place: int) -> str:
    """One model's answer and the probabilities worth telling, right or wrong by sign and colour."""
    shares, true = found.shares(number)[place].tolist(), int(found.labels[place])
    mark = ":green[✓]" if found.predicted[number, place] == true else ":red[✗]"
    codes = told_apart(shares, true)
    told = [f"{escape_markdown(found.classes[code], 40)} {100 * shares[code]:.0f}\N{NO-BREAK SPACE}%" for code in codes]
    return f"{mark} {escape_markdown(found.models[number].label, 40)}: {', '.join(told)}"
