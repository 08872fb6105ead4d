"""The texts that models get wrong, and those on which they do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.analysis.disagreements import right_where_wrong, texts_disagreed_on
from seqcore.analysis.standings import Standing
from seqcore.analysis.tested import Tested, tested
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import shorten
from seqcore.ui.pages.compare.text_cards import draw_elsewhere, draw_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from seqcore.kinds import Kind
    from seqcore.store import Experiment

_ANY, _ALL, _DIFFER = "Some model is wrong", "All models are wrong", "Models give different answers"
_CHOICE = "mistakes-filter"


def draw_mistakes(experiment: Experiment, ranked: Sequence[Standing], kind: Kind) -> None:
    """Who is right where another is wrong; a filter; a card for each text."""
    found = tested(ranked)
    draw_elsewhere(found, kind)
    if len(found.models) > 1:
        _draw_matrix(found, kind)
    choices = filters(found)
    chosen = st.selectbox(
        "Show", list(choices), format_func=lambda name: f"{shorten(name, 90)} ({choices[name].size:,})", width=460,
        key=_CHOICE,
    )  # fmt: skip
    draw_texts(experiment, found, choices[chosen], kind, key=f"mistakes-{list(choices).index(chosen)}")


def filters(found: Tested) -> dict[str, NDArray[np.int64]]:
    """Positions of the texts of each filter, by its name."""
    wrong, names = ~found.right, found.names
    chosen = {_ANY: wrong.any(axis=0), _ALL: wrong.all(axis=0)} if len(names) > 1 else {}
    chosen |= {f"{name} is wrong": wrong[number] for number, name in enumerate(names)}
    if len(names) > 1:
        for number, name in enumerate(names):
            chosen[f"Only {name} is right"] = ~wrong[number] & (wrong.sum(axis=0) == len(names) - 1)
        for first, one in enumerate(names):
            for second, other in enumerate(names):
                if first != second:
                    chosen[_of_pair(one, other)] = ~wrong[first] & wrong[second]
    places = {name: np.flatnonzero(mask) for name, mask in chosen.items()}
    return places | ({_DIFFER: texts_disagreed_on(found.predicted)} if len(names) > 1 else {})


def _draw_matrix(found: Tested, kind: Kind) -> None:
    counts, names = right_where_wrong(found.right).tolist(), [shorten(name, 40) for name in found.names]
    st.caption(f"Test {kind.examples} that one model gets right and another wrong. Click a cell to read them.")
    figure = plots.plot_right_where_wrong(counts, names, kind.examples)
    rows = [[name, *map(str, row)] for name, row in zip(names, counts, strict=True)]
    cell = charts.show_cells(
        figure, key="right-where-wrong", alt=plots.describe_right_where_wrong(counts, names, kind.examples),
        table=[["Right, with those wrong in columns", *names], *rows], least=plots.matrix_width(len(names)),
    )  # fmt: skip
    if cell is not None and cell[0] != cell[1] and max(cell) < len(names):
        st.session_state[_CHOICE] = _of_pair(found.names[cell[0]], found.names[cell[1]])


def _of_pair(right: str, wrong: str) -> str:
    return f"{right} is right, {wrong} is wrong"
