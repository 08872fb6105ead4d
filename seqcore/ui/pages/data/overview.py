"""What is in the data: first rows, classes, lengths, and what to know before training on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count, in_words

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


def draw_findings(report: DataReport) -> None:
    """What was dropped and why, duplicates, conflicting labels, classes too small to split."""
    st.subheader("What we found", anchor=False)
    lines = [*_dropped(report), *_doubts(report), *[(":material/info:", escape_markdown(n, 300)) for n in report.notes]]
    if not lines:
        lines = [(":material/check_circle:", "Nothing to worry about: no row was dropped, no text stands twice.")]
    for icon, sentence in lines:
        st.markdown(f"{icon} {sentence}")
    if report.conflicts:
        with st.expander("Texts with more than one label", key="conflicts", type="compact"):
            shown = report.conflicts[:50]
            st.dataframe(
                {
                    "Text": [shorten(text, 400) for text, _ in shown],
                    "Labels": [shorten(", ".join(labels), 120) for _, labels in shown],
                },
                hide_index=True,
                key="conflicts-table",
                alt="Texts that have more than one label",
            )


def _dropped(report: DataReport) -> list[tuple[str, str]]:
    lines = []
    for dropped in report.dropped:
        rows = ", ".join(str(row) for row in dropped.rows[:5]) + (", …" if dropped.count > 5 else "")
        reason = escape_markdown(dropped.reason, 120)
        where = f" (row {rows})" if dropped.count == 1 else f" (rows {rows})" if rows else ""
        lines.append((":material/filter_alt_off:", f"**{count(dropped.count, 'row')}** left out: {reason}{where}"))
    return lines


def _doubts(report: DataReport) -> list[tuple[str, str]]:
    lines = []
    if report.duplicates:
        lines.append(
            (":material/content_copy:", f"**{count(report.duplicates, 'row')}** with a text that stood before")
        )
    if report.duplicates_across:
        lines.append(
            (":material/warning:", f"**{count(report.duplicates_across, 'text')}** would stand in both training and "
             "test; “Keep duplicates together” in the split settings prevents it where we split")
        )  # fmt: skip
    if report.conflicts:
        lines.append((":material/warning:", f"**{count(len(report.conflicts), 'text')}** with more than one label"))
    if report.small_classes:
        names = in_words([escape_markdown(name, 30) for name in report.small_classes[:6]])
        noun = "Class" if len(report.small_classes) == 1 else "Classes"
        lines.append((":material/warning:", f"{noun} too small to be in training, validation and test: {names}"))
    return lines
