"""The choice of how a table holds series: guessed, with the reason beside it, and open to change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown

if TYPE_CHECKING:
    from seqcore.datasets.series.chosen import Layout, SeriesColumns
    from seqcore.datasets.series.outline import Outline
    from seqcore.ui.session.uploads import Uploads

_MOST_NAMES = 300  # columns that are offered as values one by one


def choose_series_columns(
    outline: Outline, uploads: Uploads, *, prefix: str = "", may_be_one: bool = False
) -> SeriesColumns:
    """Draw a control for each column that matters; what was chosen before stays chosen.

    Args:
        outline: What the file is.
        uploads: Where choices are kept.
        prefix: What the controls of this file are told by.
        may_be_one: Whether the whole table may be one series.
    """
    from seqcore.datasets.series.chosen import LAYOUTS, NO_COLUMN, SeriesColumns

    guess, names = outline.guess.columns, list(outline.names)
    or_none = [NO_COLUMN, *names]

    def select(title: str, control: str, among: list[str], found: str | None, help: str) -> str:
        default = found if found in among else among[0]
        key = uploads.remembered(f"{prefix}series-{control}", default, among=among)
        chosen = str(st.selectbox(title, among, key=key, help=help, width=230))
        return str(uploads.remember(f"{prefix}series-{control}", chosen))

    with st.container(horizontal=True, gap="medium"):
        layouts: list[Layout] = list(LAYOUTS)
        key = uploads.remembered(f"{prefix}series-layout", guess.layout or "wide", among=layouts)
        layout = st.selectbox("Layout", layouts, format_func=LAYOUTS.__getitem__, key=key, width=230)
        uploads.remember(f"{prefix}series-layout", layout)
        label = select("Label column", "label", or_none, guess.label, "What the model should answer.")
        chosen = SeriesColumns(layout, label, header=guess.header)
        if layout == "long":
            others = [name for name in names if name != label] or names
            same = "Rows with the same value are one series"
            if may_be_one:
                among, said = [NO_COLUMN, *others], f"{same}; none: the whole table is one."
            else:
                among, said = others, f"{same}."
            series = select("Series column", "series", among, guess.series, said)
            time = select("Time column", "time", or_none, guess.time, "What the moments of a series are ordered by.")
            chosen = replace(chosen, series=series, time=time)
        split = select(
            "Split column", "split", or_none, guess.split, "Optional: says train, validation or test for each series."
        )
    values: tuple[str, ...] = ()
    if len(names) <= _MOST_NAMES:
        key = uploads.remembered(f"{prefix}series-values", list(guess.values), among=names)
        picked = st.multiselect(
            "Columns of the values", names, key=key, placeholder="All others that hold numbers",
            help="Of a table with a row a series its moments, else its channels; none chosen: all others.",
        )  # fmt: skip
        values = tuple(uploads.remember(f"{prefix}series-values", picked))
    found = replace(chosen, split=split, values=values)
    if outline.guess.reasons and found.label == guess.label and found.layout == guess.layout:
        st.caption("  \n".join(f"{escape_markdown(reason, 300)}." for reason in outline.guess.reasons))
    return found


def choose_header(guessed: bool, uploads: Uploads, *, prefix: str = "") -> bool:
    """Draw whether the first row names the columns."""
    key = uploads.remembered(f"{prefix}series-header", guessed)
    return bool(uploads.remember(f"{prefix}series-header", st.checkbox("The first row names the columns", key=key)))
