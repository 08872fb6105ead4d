"""A weight for every step of a text: asked, shaded in the text, and the greatest as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from seqcore import plots
from seqcore.analysis.focus import Focus
from seqcore.inspections.contracts import StepMatrices, StepWeights, WeighedStep
from seqcore.inspections.segments import Segment, segments
from seqcore.ui.components.answers import ModelAnswer
from seqcore.ui.components.heatmap import draw_heatmap
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.step_matrices import choose_focus
from seqcore.ui.session import questions

if TYPE_CHECKING:
    from seqcore.inspections import Inspection
    from seqcore.store import Run


@dataclass(frozen=True)
class Look:
    """One model's look at a text.

    Attributes:
        inspection: What it was asked.
        run: Whose model.
        answer: What it says of the text.
        steps: With the weights that are shown.
        focus: What the chosen layers and heads look at, where there are any.
    """

    inspection: Inspection
    run: Run
    answer: ModelAnswer
    steps: tuple[WeighedStep, ...]
    pieces: list[Segment]
    focus: Focus | None


def look_at(room: Room, inspection: Inspection, run: Run) -> Look:
    """Ask a model about the text; where it has layers and heads, for those chosen here.

    Raises:
        SeqlabError: it cannot be answered.
    """
    text, label = room.text, room.labels[run.id]
    request: Any = inspection.validated({"text": text})
    found = cast(StepWeights, room.ask(inspection.name, run, request))
    steps, chosen = found.tokens, None
    if isinstance(found, StepMatrices) and found.matrix is not None:
        chosen = choose_focus(run.id, label, found.matrix)
        if found.averaged:
            st.caption(f"{escape_markdown(label, 60)}: the text is long, so the mean of all heads is shown.")
        received = zip(steps, chosen.received.tolist(), strict=True)
        steps = tuple(step.model_copy(update={"weight": weight}) for step, weight in received)
    answer = questions.as_drawn(run, found.classes, found.probabilities, label, room.truth)
    return Look(inspection, run, answer, steps, segments(text, steps), chosen)


def draw_look(look: Look, number: int) -> None:
    """The text, every step shaded by its weight."""
    inspection = look.inspection
    file = file_name(f"{inspection.name} {look.answer.label}", "")
    draw_heatmap(look.answer, look.pieces, measure=inspection.label.lower(), key=f"heatmap-{number}", file=file)


def draw_bars(looks: Sequence[Look]) -> None:
    """The steps with the greatest weights, a chart for each model."""
    for start in range(0, len(looks), 3):
        for column, number in zip(st.columns(min(3, len(looks)), gap="medium"), range(start, len(looks)), strict=False):
            look = looks[number]
            with column:
                st.markdown(bold(look.answer.label))
                weighed = [(piece.text, piece.weight) for piece in look.pieces if piece.weight is not None]
                names, weights = [text for text, _ in weighed], [weight for _, weight in weighed]
                figure = plots.plot_token_weights(names, weights, look.run.architecture)
                charts.show(
                    figure,
                    key=f"bars-{number}",
                    alt=f"{look.answer.label}. {plots.describe_token_weights(names, weights)}",
                )
