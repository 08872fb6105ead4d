"""Answering only when sure: how much is answered, and how much of that is right."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.lab.calibrate import AnsweredWhenSure, Calibration, answered_when_sure
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import shorten
from seqcore.ui.pages.compare.first_seeds import label_with_seed

_FEWEST = 10  # texts under which an accuracy says nothing


def draw_when_sure(ranked: Sequence[Standing], found: Sequence[Calibration], kind: Kind) -> None:
    """The accuracy that is wanted, what it leaves unanswered, and the curve of all that could be wanted."""
    wanted = st.number_input(
        "Share of the answers that is to be right, in %", 50.0, 100.0, 95.0, 1.0, format="%.1f", key="wanted-accuracy",
        width=320,
    )  # fmt: skip
    sure = [answered_when_sure(each, wanted / 100) for each in found]
    if any(each.validation is not None for each in found):
        _draw_table(ranked, sure, kind)
    lines = [
        _line(standing, each, number)
        for standing, each, number in zip(
            ranked, sure, variants(standing.architecture for standing in ranked), strict=True
        )
    ]
    charts.show(plots.plot_coverage(lines), key="coverage", alt=plots.describe_coverage(lines, kind.examples))


def _draw_table(ranked: Sequence[Standing], sure: Sequence[AnsweredWhenSure], kind: Kind) -> None:
    import pandas as pd

    rows = []
    for standing, each in zip(ranked, sure, strict=True):
        row: dict[str, object] = {"Model": shorten(label_with_seed(standing), 40)}
        row |= {"Answers from": None, "Answered": None, "Right": None, "95 % interval": ""}
        if each.chosen is not None:
            row |= {"Answers from": 100 * each.chosen.threshold, "Answered": 100 * each.chosen.coverage}
        if each.chosen is not None and each.chosen.accuracy is not None and each.chosen.interval is not None:
            low, high = 100 * each.chosen.interval.low, 100 * each.chosen.interval.high
            row |= {"Right": 100 * each.chosen.accuracy, "95 % interval": f"{low:.1f} – {high:.1f}"}
        rows.append(row)
    percent = st.column_config.NumberColumn
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Answers from": percent(format="%.1f %%", help="The probability from which on it answers."),
            "Answered": percent(format="%.1f %%", help=f"Share of the test {kind.examples} that it answers."),
            "Right": percent(format="%.1f %%", help="Share of these answers that is right."),
        },
        key="when-sure-table",
        alt="How much each model answers when it answers only when sure",
    )
    st.caption(
        f"The probability is chosen on the validation {kind.examples}; what it comes to is counted on the test "
        f"{kind.examples}, so it can be more or less than wanted. Empty: no probability is high enough for it."
    )


def _line(standing: Standing, sure: AnsweredWhenSure, variant: int) -> plots.Line:
    points = [(each.coverage, each.accuracy) for each in sure.curve if each.accuracy is not None]
    points = [point for point, each in zip(points, sure.curve, strict=True) if each.texts >= _FEWEST] or points
    label = shorten(label_with_seed(standing), 30)
    return plots.Line(label, standing.architecture, [x for x, _ in points], [y or 0.0 for _, y in points], variant)
