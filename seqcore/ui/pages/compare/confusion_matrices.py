"""Which class each model takes for which: confusion matrices side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, shorten
from seqcore.ui.session import cache


def draw_confusion_matrices(ranked: Sequence[Standing], kind: Kind) -> None:
    """Confusion matrices side by side."""
    st.caption(f"Rows are the true classes, columns the answers. Shade: share of the row. Numbers: {kind.examples}.")
    evaluations = [cache.evaluation(standing.results[0].run_id) for standing in ranked]
    across = 3 if len(evaluations[0].classes) <= 3 else 2
    for start in range(0, len(ranked), across):
        for column, number in zip(st.columns(across, gap="medium"), range(start, len(ranked)), strict=False):
            with column:
                standing, evaluation = ranked[number], evaluations[number]
                st.markdown(bold(_label_with_seed(standing)))
                figure = plots.plot_confusion(evaluation.test.confusion, evaluation.classes)
                names = [shorten(label, 40) for label in evaluation.classes]
                counts = zip(names, evaluation.test.confusion, strict=True)
                charts.show(
                    figure, key=f"confusion-{number}", alt="Confusion matrix: true classes against answers.",
                    table=[["True class", *names], *([name, *map(str, row)] for name, row in counts)],
                )  # fmt: skip


def _label_with_seed(standing: Standing) -> str:
    return f"{standing.label}, seed {standing.results[0].seed}" if standing.seeds > 1 else standing.label
