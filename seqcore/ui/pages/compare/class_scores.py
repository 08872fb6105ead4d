"""Precision, recall and F1 of every class, one mark per model."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import shorten
from seqcore.ui.session import cache

_CLASSES_SHOWN = 30


def draw_class_scores(ranked: Sequence[Standing], kind: Kind) -> None:
    """Precision, recall and F1 of every class."""
    import pandas as pd

    measure = st.segmented_control(
        "Score", ["F1", "Precision", "Recall"], default="F1", required=True, key="class-score"
    )
    scores = [cache.evaluation(standing.results[0].run_id).test.per_class for standing in ranked]
    frequent = sorted(range(len(scores[0])), key=lambda code: -scores[0][code].support)[:_CLASSES_SHOWN]
    marks = [
        (standing.label, standing.architecture, [getattr(rows[code], measure.lower()) for code in frequent])
        for standing, rows in zip(ranked, scores, strict=True)
    ]
    if len(scores[0]) > len(frequent):
        st.caption(
            f"The {len(frequent)} classes with the most test {kind.examples}, of {len(scores[0])}; the table has all."
        )
    names = [scores[0][code].label for code in frequent]
    figure = plots.plot_class_scores(marks, names)
    charts.show(figure, key="class-scores", alt=plots.describe_class_scores(measure, marks, names))
    table = pd.DataFrame(
        {"Class": [row.label for row in scores[0]], kind.examples.capitalize(): [row.support for row in scores[0]]}
    )
    for standing, rows in zip(ranked, scores, strict=True):
        table[shorten(standing.label, 40)] = [getattr(row, measure.lower()) for row in rows]
    numbers = {name: st.column_config.NumberColumn(format="%.3f") for name in table.columns[2:]}
    st.dataframe(table, hide_index=True, column_config=numbers)
