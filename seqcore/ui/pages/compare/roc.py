"""How well each model tells one class from the rest: ROC and precision-recall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, shorten
from seqcore.ui.session import cache


def draw_roc(ranked: Sequence[Standing]) -> None:
    """ROC and precision-recall, of one class against the rest."""
    tests = [cache.evaluation(standing.results[0].run_id)["test"] for standing in ranked]
    labels = [line["label"] for line in tests[0]["roc"]]
    if not labels:
        st.caption("The test texts hold one class only, so there is no curve to draw.")
        return
    support = {row["label"]: row["support"] for row in tests[0]["per_class"]}
    frequent = max(labels, key=lambda each: support[each])
    label = st.selectbox("Class", labels, index=labels.index(frequent), width=320) if len(labels) > 1 else labels[0]
    st.caption(f"How well each model tells {bold(label)} from the rest, whatever probability one calls a yes.")
    roc, precision_recall = st.columns(2, gap="medium")
    with roc:
        lines = _threshold_lines(ranked, tests, label, "roc", ("fpr", "tpr"), "auc", "AUC")
        charts.show(plots.plot_roc(lines), key="roc", alt="ROC curves, one a model.")
    with precision_recall:
        names = ("recall", "precision")
        lines = _threshold_lines(ranked, tests, label, "precision_recall", names, "average_precision", "AP")
        charts.show(plots.plot_precision_recall(lines), key="precision-recall", alt="Precision-recall curves.")


def _threshold_lines(
    ranked: Sequence[Standing], tests: Sequence[dict[str, Any]], label: str, kind: str, axes: tuple[str, str],
    area: str, short: str,
) -> list[plots.Line]:  # fmt: skip
    lines = []
    for standing, test in zip(ranked, tests, strict=True):
        for curve in test[kind]:
            if curve["label"] == label:
                name = f"{shorten(standing.label, 22)} · {short} {curve[area]:.3f}"
                lines.append(plots.Line(name, standing.architecture, curve[axes[0]], curve[axes[1]]))
    return lines
