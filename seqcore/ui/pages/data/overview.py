"""What is in the data: how much of it, the first rows, classes and lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import shorten
from seqcore.ui.kit.phrases import count

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from seqcore.datasets.checks import DataReport
    from seqcore.ui.session.current import DataInUse

_FIRST_ROWS = 8


def draw_numbers(ready: DataInUse) -> None:
    """Texts, classes and how the rows are shared out."""
    split = ready.split
    numbers = (
        ("Texts", len(ready.data.texts)),
        ("Classes", len(ready.data.classes)),
        ("Training", len(split.train)),
        ("Validation", len(split.validation)),
        ("Test", len(split.test)),
    )
    with st.container(horizontal=True, gap="large", key="data-numbers"):
        for title, number in numbers:
            st.metric(title, f"{number:,}", width="content")


def draw_pictures(report: DataReport, class_counts: go.Figure, text_lengths: go.Figure) -> None:
    """Class counts and lengths, side by side."""
    from seqcore.plots import PLOT_CONFIG

    classes, lengths = st.columns(2, gap="large")
    with classes:
        st.subheader("Texts of each class", anchor=False)
        st.plotly_chart(class_counts, config=PLOT_CONFIG, key="class-counts", theme=None)
    with lengths:
        st.subheader("How long they are", anchor=False)
        st.caption(f"Half of them have at most {count(report.median, 'word')}; the longest has {report.longest:,}.")
        st.plotly_chart(text_lengths, config=PLOT_CONFIG, key="lengths", theme=None)


def draw_first_rows(ready: DataInUse) -> None:
    """The first rows, as they were read."""
    st.subheader("First rows", anchor=False)
    data = ready.data
    st.dataframe(
        {
            "Text": [shorten(text, 400) for text in data.texts[:_FIRST_ROWS]],
            "Label": [shorten(label, 80) for label in data.labels[:_FIRST_ROWS]],
        },
        hide_index=True,
        column_config={
            "Text": st.column_config.TextColumn(width="large"),
            "Label": st.column_config.TextColumn(width="small"),
        },
        key="first-rows",
        alt="The first rows of the data set: text and label",
    )
