"""How well each model tells one class from the rest: ROC and precision-recall."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, shorten
from seqcore.ui.session import cache
from seqcore.ui.session.words import explained


def draw_roc(ranked: Sequence[Standing], kind: Kind) -> None:
    """ROC and precision-recall, of one class against the rest."""
    tests = [cache.evaluation(standing.results[0].run_id).test for standing in ranked]
    labels = [curve.label for curve in tests[0].roc]
    if not labels:
        st.caption(f"The test {kind.examples} hold one class only, so there is no curve to draw.")
        return
    support = {row.label: row.support for row in tests[0].per_class}
    frequent = max(labels, key=lambda each: support[each])
    label = st.selectbox("Class", labels, index=labels.index(frequent), width=320) if len(labels) > 1 else labels[0]
    st.caption(
        f"How well each model tells {bold(label)} from the rest, whatever probability one calls a yes: "
        + explained("its ROC curve, and the area below it, its AUC.")
    )
    numbers = plots.variants(standing.architecture for standing in ranked)
    roc, precision_recall = st.columns(2, gap="medium")
    with roc:
        roc_lines = [
            _line(standing, f"AUC {curve.auc:.3f}", curve.fpr, curve.tpr, number)
            for standing, test, number in zip(ranked, tests, numbers, strict=True)
            for curve in test.roc
            if curve.label == label
        ]
        said = plots.describe_lines(f"ROC curves of {label}", roc_lines)
        charts.show(plots.plot_roc(roc_lines), key="roc", alt=said)
    with precision_recall:
        recall_lines = [
            _line(standing, f"AP {curve.average_precision:.3f}", curve.recall, curve.precision, number)
            for standing, test, number in zip(ranked, tests, numbers, strict=True)
            for curve in test.precision_recall
            if curve.label == label
        ]
        figure = plots.plot_precision_recall(recall_lines)
        said = plots.describe_lines(f"Precision-recall curves of {label}", recall_lines)
        charts.show(figure, key="precision-recall", alt=said)


def _line(standing: Standing, area: str, x: Sequence[float], y: Sequence[float], variant: int) -> plots.Line:
    return plots.Line(f"{shorten(standing.label, 22)} · {area}", standing.architecture, x, y, variant)
