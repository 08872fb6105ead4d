"""What accuracy costs: parameters, seconds of training, milliseconds a text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.analysis.cost import Costly, costs_of, measured_alone
from seqcore.analysis.cost_told import front_sentence, how_measured, same_size_sentence, title_told
from seqcore.analysis.standings import Standing
from seqcore.lab.measure.models import SECONDS_OF_A_MODEL, kept_measurements, measure_models, models_of
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count, duration
from seqcore.ui.session import shared, state
from seqcore.ui.session.measuring import draw_measuring

if TYPE_CHECKING:
    from seqcore.analysis.alone import Alone
    from seqcore.store import Run


def draw_cost(ranked: Sequence[Standing], runs: Sequence[Run]) -> None:
    """Accuracy against each cost, in words who is beaten by none, and the press that measures the models alone.

    Args:
        ranked: The models, the best first.
        runs: Of all of them.
    """
    measured = kept_measurements(shared.get_store(), [run.id for run in runs])
    found = costs_of(ranked, measured)
    names = [model.label for model in ranked]
    marks = [
        plots.CostMark(shorten(model.label, 30), model.architecture, model.mean("accuracy"), number)
        for model, number in zip(ranked, variants(model.architecture for model in ranked), strict=True)
    ]
    said = " ".join(front_sentence(each, names, name=lambda text: shorten(text, 40)) for each in found)
    figure = plots.plot_costs_of_accuracy(marks, [_panel(each) for each in found])
    charts.show(figure, key="costs-of-accuracy", alt=f"Accuracy against costs. {said}", least=plots.LEAST_WIDTH)
    st.caption("A ring: no other model is at least as accurate and costs no more. The dotted line joins them.")
    sentences = [front_sentence(each, names, name=_escaped) for each in found]
    alike = same_size_sentence(found, names, name=_escaped)
    st.markdown("\n".join(f"- {sentence}" for sentence in (*sentences, *([alike] if alike else []))))
    st.caption(f"Means over the seeds. {how_measured(found)}")
    _draw_measuring(ranked, runs, measured)


def _draw_measuring(ranked: Sequence[Standing], runs: Sequence[Run], measured: Mapping[str, Alone]) -> None:
    """The press; for whoever may change the runs."""
    ours = [run for run in runs if run.workspace == state.workspace()]
    if not ours:
        return
    about = duration(SECONDS_OF_A_MODEL * len(models_of(ours)))
    known = sum(each is not None for each in measured_alone(ranked, measured))
    if known == len(ranked):
        button, why = "Measure again", "All models were measured alone."
    else:
        button = "Measure alone"
        why = f"So far {known} of {count(len(ranked), 'model')} were. " if known else ""
        why += "One model after the other, while nothing else trains: seconds that can be compared."
    draw_measuring(
        "measure-alone", ("models", *sorted(run.id for run in ours)), f"{button} (about {about})", why,
        partial(measure_models, shared.get_store(), ours),
    )  # fmt: skip


def _panel(found: Costly) -> plots.CostPanel:
    values = [value if math.isfinite(value) else None for value in found.values]
    return plots.CostPanel(title_told(found), values, found.on_front)


def _escaped(text: str) -> str:
    return escape_markdown(text, 40)
