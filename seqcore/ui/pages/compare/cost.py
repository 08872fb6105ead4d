"""What accuracy costs: parameters, seconds of training, milliseconds a text."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.cost import Costly, costs_of
from seqcore.analysis.cost_told import NOISE, front_sentence
from seqcore.analysis.standings import Standing
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten


def draw_cost(ranked: Sequence[Standing]) -> None:
    """Accuracy against each cost, and in words who is beaten by none."""
    found = costs_of(ranked)
    names = [model.label for model in ranked]
    marks = [
        plots.CostMark(shorten(model.label, 30), model.architecture, model.mean("accuracy"), number)
        for model, number in zip(ranked, variants(model.architecture for model in ranked), strict=True)
    ]
    said = " ".join(front_sentence(each, names, name=lambda text: shorten(text, 40)) for each in found)
    figure = plots.plot_costs_of_accuracy(marks, [_panel(each) for each in found])
    charts.show(figure, key="costs-of-accuracy", alt=f"Accuracy against costs. {said}", least=plots.LEAST_WIDTH)
    st.caption("A ring: no other model is at least as accurate and costs no more. The dotted line joins them.")
    st.markdown("\n".join(f"- {front_sentence(each, names, name=_escaped)}" for each in found))
    st.caption(f"Means over the seeds. {NOISE}")


def _panel(found: Costly) -> plots.CostPanel:
    values = [value if math.isfinite(value) else None for value in found.values]
    return plots.CostPanel(found.cost.title, values, found.on_front)


def _escaped(text: str) -> str:
    return escape_markdown(text, 40)
