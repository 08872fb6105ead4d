"""A weight for every step of a text: asked, shaded in the text, and the greatest as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.inspections import get_inspection
from seqcore.inspections.attention import AttentionRequest
from seqcore.inspections.contracts import StepWeights, WeighedStep
from seqcore.inspections.heads import HEADS
from seqcore.inspections.segments import Segment, segments
from seqcore.ui.components.answers import ModelAnswer
from seqcore.ui.components.heatmap import draw_heatmap, draw_map
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.pages.look.attention.heads_view import OpenedHeads, open_heads
from seqcore.ui.pages.look.room import Room
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
        opened: Its heads, of a transformer.
        sentences: Parts of the text that are weighed as a whole, of a model that reads sentences.
    """

    inspection: Inspection
    run: Run
    answer: ModelAnswer
    steps: tuple[WeighedStep, ...]
    pieces: list[Segment]
    opened: OpenedHeads | None
    sentences: tuple[WeighedStep, ...] = ()

    @property
    def text(self) -> str:
        """The text."""
        return "".join(piece.text for piece in self.pieces)


def look_at(room: Room, inspection: Inspection, run: Run) -> Look:
    """Ask a model about the text; where it has layers and heads, for those chosen here.

    Raises:
        SeqlabError: it cannot be answered.
    """
    label, opened = room.labels[run.id], None
    if questions.who_can_answer(get_inspection(HEADS), [run])[0]:
        opened = open_heads(room, run)
        found: StepWeights = opened.matrix
    else:
        found = room.ask(inspection.name, run, AttentionRequest(text=room.text, matrix=False))
    for note in found.notes:
        st.caption(f":material/info: {escape_markdown(label, 60)}: {escape_markdown(note, 300)}")
    answer = questions.as_drawn(run, found.classes, found.probabilities, label, room.truth)
    sentences = getattr(found, "sentences", ())
    return Look(inspection, run, answer, found.tokens, segments(room.text, found.tokens), opened, sentences)


def draw_look(look: Look, number: int) -> None:
    """The text, every step shaded by its weight."""
    inspection = look.inspection
    measure = look.opened.choice.measure if look.opened else inspection.label.lower()
    file = file_name(f"{measure} {look.answer.label}", "")
    draw_heatmap(look.answer, look.pieces, measure=measure, key=f"heatmap-{number}", file=file)
    if look.sentences:
        _draw_sentences(look, number)


def _draw_sentences(look: Look, number: int) -> None:
    """The same text, every sentence shaded as a whole by its own weight."""
    draw_map(
        look.answer, segments(look.text, look.sentences), title="Its sentences", label=None,
        key=f"sentences-{number}", file=file_name(f"sentences {look.answer.label}", ""),
    )  # fmt: skip
    st.caption(
        "Above, a word's share is its weight within its sentence times the weight of that sentence. Here each sentence "
        "has its own weight; all sentences together have 100 %."
    )


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
