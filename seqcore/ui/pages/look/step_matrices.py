"""Which step looks at which, in the layers and heads that are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.analysis.focus import Focus, focus
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from seqcore.inspections.contracts import Matrices

_MOST_STEPS = 36  # that an axis can name


def choose_focus(key: str, label: str, matrix: Matrices) -> Focus:
    """What the layers and heads look at that are chosen here; at first all of them."""
    layers, heads = matrix.shape[:2]

    def choose(name: str, number: int) -> int | None:
        chosen = st.segmented_control(
            f"{name} of {escape_markdown(label, 40)}", range(-1, number), default=-1, required=True,
            key=f"{name}-{key}", format_func=lambda each: "All" if each < 0 else str(each + 1),
        )  # fmt: skip
        return None if chosen < 0 else chosen

    with st.container(horizontal=True, gap="large"):
        layer = choose("Layer", layers) if layers > 1 else None
        head = choose("Head", heads) if heads > 1 else None
    return focus(matrix, layer, head)


def draw_matrix(chosen: Focus, names: Sequence[str], architecture: str, number: int) -> None:
    """Every step (row) that looks at every other (column).

    Args:
        chosen: What is looked at.
        names: Of the steps.
        architecture: Gives the colour.
        number: Of the model on the page.
    """
    kept = most_looked_at(chosen.received, _MOST_STEPS)
    if len(kept) < len(names):
        st.caption(f"The {len(kept)} tokens that are looked at most, of {len(names)}.")
    matrix = chosen.matrix[np.ix_(kept, kept)].tolist()
    shown = [names[step] for step in kept]
    figure = plots.plot_attention_matrix(shown, matrix, architecture)
    tokens = [shorten(name, 40) for name in shown]
    rows = [[token, *(f"{weight:.0%}" for weight in weights)] for token, weights in zip(tokens, matrix, strict=True)]
    said = plots.describe_attention_matrix(shown, matrix)
    charts.show(figure, key=f"matrix-{number}", alt=said, table=[["Token", *tokens], *rows])


def most_looked_at(received: NDArray[np.float64], most: int) -> list[int]:
    """Positions of the steps that receive the most attention, in the order of the text."""
    return sorted(int(step) for step in np.argsort(-received, kind="stable")[:most])
