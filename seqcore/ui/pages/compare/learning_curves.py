"""Loss and accuracy of every model over the epochs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.ui.kit import charts
from seqcore.ui.session import results

if TYPE_CHECKING:
    from seqcore.plots.training import Measure
    from seqcore.store import MetricRow


def draw_learning_curves(ranked: Sequence[Standing]) -> None:
    """Loss and accuracy over the epochs."""
    run_ids = tuple(result.run_id for standing in ranked for result in standing.results)
    rows = results.metric_rows(run_ids)
    training = st.toggle("Training curves too", value=len(run_ids) <= 6, help="Thin and pale, beside validation.")
    loss, accuracy = st.columns(2, gap="medium")
    with loss:
        _draw_measure(ranked, rows, "loss", training)
    with accuracy:
        _draw_measure(ranked, rows, "accuracy", training)


def _draw_measure(
    ranked: Sequence[Standing], rows: dict[str, list[MetricRow]], measure: Measure, training: bool
) -> None:
    lines = []
    for standing in ranked:
        for result in standing.results:
            for split in ("train", "validation") if training else ("validation",):
                found = [row for row in rows[result.run_id] if row.split == split]
                kept = [row for row in found if math.isfinite(getattr(row, measure))]
                x, y = [row.epoch for row in kept], [getattr(row, measure) for row in kept]
                lines.append(plots.Line(standing.label, standing.architecture, x, y, faint=split == "train"))
    figure = plots.plot_curves(lines, measure=measure)
    charts.show(figure, key=f"curves-{measure}", alt=f"{measure.capitalize()} over the epochs, one line a model.")
