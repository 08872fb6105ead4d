"""The equations, and what each of their symbols is."""

from __future__ import annotations

import streamlit as st

from seqcore.learn import Row, rows_of
from seqcore.ui.pages.guide.example import Example
from seqcore.ui.session.words import explained


def draw_equations(example: Example) -> None:
    """The equations beside the table of their symbols."""
    st.header("Its equations", anchor="equations")
    lines, symbols = st.columns([5, 6], gap="large")
    with lines:
        for equation in example.architecture.equations:
            st.latex(equation)
        _draw_notes(example)
    with symbols:
        rows = rows_of(example.architecture, example.sizes, example.options)
        lines_of_table = [_line(row, example.kind.steps) for row in rows]
        st.markdown("\n".join(["| Symbol | What it is | Size here |", "|---|---|---|", *lines_of_table]))


def _line(row: Row, steps: str) -> str:
    names = ", ".join(f"${name}$" for name in row.names)
    return f"| {names} | {row.meaning} | {row.shape.replace('steps', steps)} |"


def _draw_notes(example: Example) -> None:
    architecture, options = example.architecture, example.options
    if architecture.fit == "gradient":
        formula = r"$p = \sigma(W s + b)$" if example.sizes.outputs == 1 else r"$p = \mathrm{softmax}(W s + b)$"
        st.caption(
            explained(f"The head makes the answer of what is left at the end, by a softmax or a sigmoid: {formula}.")
        )
    if getattr(options, "score", "additive") == "tanh":
        st.caption(r"Your run has the notebook's score instead: $e_t = \tanh(w^\top h_t + b)$.")
    if getattr(options, "layers", 1) > 1:
        st.caption("Sizes are of the first layer; the others read what the layer below them has made.")
    dropout = getattr(options, "dropout", 0)
    if dropout:
        st.caption(explained(f"Dropout sets {100 * dropout:.0f}\u00a0% of the values to zero, in training only."))
