"""The texts behind one cell of a confusion matrix: clicked, or chosen by model, true class and answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.disagreements import texts_of_cell
from seqcore.analysis.standings import Standing
from seqcore.analysis.tested import tested
from seqcore.kinds import Kind
from seqcore.ui.kit.escape import shorten
from seqcore.ui.pages.compare.text_cards import draw_texts

if TYPE_CHECKING:
    from seqcore.store import Experiment

_MODEL, _TRUE, _GIVEN = "cell-model", "cell-true", "cell-given"


def choose_cell(model: int, cell: tuple[int, int] | None) -> None:
    """Let the controls below say what was clicked; called before they are drawn.

    Args:
        model: Place of the model.
        cell: Codes of the true class and of the answer; None when nothing was clicked.
    """
    if cell is not None:
        st.session_state.update({_MODEL: model, _TRUE: cell[0], _GIVEN: cell[1]})


def draw_texts_of_cell(experiment: Experiment, ranked: Sequence[Standing], kind: Kind) -> None:
    """The three controls, and the texts once all of them say something."""
    st.header(f"The {kind.examples} of a cell", anchor=False)
    classes = ranked[0].results[0].classes
    st.caption("Click a cell above, or choose one here.")
    one, two, three = st.columns(3)
    names = [shorten(each.label, 40) for each in ranked]
    model = one.selectbox("Model", range(len(ranked)), format_func=names.__getitem__, key=_MODEL)
    labels = [shorten(name, 60) for name in classes]
    codes = range(len(classes))
    true = two.selectbox("True class", codes, index=None, format_func=labels.__getitem__, key=_TRUE)
    given = three.selectbox("Answer", codes, index=None, format_func=labels.__getitem__, key=_GIVEN)
    if true is None or given is None:
        return
    first = ranked[model].results[0]
    found = tested([ranked[model], *(each for number, each in enumerate(ranked) if number != model)])
    places = texts_of_cell(first.predicted, first.labels, true, given)
    draw_texts(experiment, found, places, kind, key=f"cell-{model}-{true}-{given}")
