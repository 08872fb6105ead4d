"""What is in the data: how much of it, the first rows, classes and lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.datasets.evidence import evidence_of, words_at
from seqcore.kinds import get_kind
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import shorten

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from seqcore.datasets.checks import DataReport
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.datasets.lengths import Lengths
    from seqcore.kinds import Kind
    from seqcore.ui.session.current import DataInUse

_FIRST_ROWS = 8


def draw_numbers(ready: DataInUse) -> None:
    """Examples, classes and how the rows are shared out."""
    split, kind = ready.split, get_kind(ready.data.kind)
    numbers = (
        (kind.examples.capitalize(), len(ready.data)),
        ("Classes", len(ready.data.classes)),
        ("Training", len(split.train)),
        ("Validation", len(split.validation)),
        ("Test", len(split.test)),
    )
    with st.container(horizontal=True, gap="large", key="data-numbers"):
        for title, number in numbers:
            st.metric(title, f"{number:,}", width="content")


def draw_pictures(
    ready: DataInUse, report: DataReport, lengths: Lengths, class_counts: go.Figure, text_lengths: go.Figure
) -> None:
    """Class counts and lengths, side by side."""
    kind = get_kind(ready.data.kind)
    left, right = st.columns(2, gap="large")
    with left:
        st.header(f"{kind.examples.capitalize()} of each class", anchor=False)
        _draw_class_counts(report, kind, class_counts)
    with right:
        st.header("How long they are", anchor=False)
        said = plots.describe_lengths(lengths, examples=kind.examples, steps=kind.steps)
        st.caption(said)
        charts.show(text_lengths, key="lengths", alt=f"Lengths. {said}")


def _draw_class_counts(report: DataReport, kind: Kind, figure: go.Figure) -> None:
    counts = report.class_counts
    others = plots.describe_other_classes(counts, kind.examples)
    if others:
        st.caption(others)
    said = plots.describe_class_counts(counts, kind.examples)
    charts.show(figure, key="class-counts", alt=said)
    if others:
        with st.expander(f"All {len(counts):,} classes", key="all-classes", type="compact"):
            ordered = sorted(counts.items(), key=lambda item: -item[1])
            st.dataframe(
                {
                    "Class": [shorten(label, 120) for label, _ in ordered],
                    kind.examples.capitalize(): [number for _, number in ordered],
                },
                hide_index=True,
                key="all-classes-table",
                alt=f"How many {kind.examples} each class has",
            )


def draw_first_rows(ready: DataInUse) -> None:
    """The first rows, as they were read, with the words that matter where the data say which."""
    st.header("First rows", anchor=False)
    data, title = ready.data, get_kind(ready.data.kind).label
    st.dataframe(
        {
            title: [shorten(data.summary(row), 400) for row in range(min(_FIRST_ROWS, len(data)))],
            "Label": [shorten(label, 80) for label in data.labels[:_FIRST_ROWS]],
        }
        | _what_matters(data),
        hide_index=True,
        column_config={
            title: st.column_config.TextColumn(width="large"),
            "Label": st.column_config.TextColumn(width="small"),
        },
        key="first-rows",
        alt=f"The first rows of the data set: {title.lower()} and label",
    )


def _what_matters(data: LabelledData) -> dict[str, list[str]]:
    evidence = evidence_of(data) if data.kind == "text" else None
    if evidence is None:
        return {}
    rows = [(data.summary(row), places) for row, places in enumerate(evidence[:_FIRST_ROWS])]
    return {"What matters": [shorten(", ".join(words_at(text, places)), 120) for text, places in rows]}
