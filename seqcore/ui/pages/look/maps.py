"""Maps of a text: what each method says that every step does for one class, of one model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from seqcore.analysis.rank_agreement import rank_agreements
from seqcore.inspections import Inspection, get_inspection
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.contracts import StepScores, StepWeights, TextAnswer, WeighedStep
from seqcore.inspections.gradient_input import GRADIENT_INPUT
from seqcore.inspections.integrated_gradients import INTEGRATED_GRADIENTS, IntegratedScores
from seqcore.inspections.occlusion import OCCLUSION, OcclusionScores
from seqcore.inspections.rollout import ROLLOUT
from seqcore.inspections.segments import Segment, segments
from seqcore.ui.components.answers import ModelAnswer
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session import questions

if TYPE_CHECKING:
    from seqcore.store import Run

METHODS = (OCCLUSION, INTEGRATED_GRADIENTS, GRADIENT_INPUT, ATTENTION, ROLLOUT)
_SHARES = (ATTENTION, ROLLOUT)  # which speak of no class


@dataclass(frozen=True)
class Map:
    """One method's view of one text by one model.

    Attributes:
        inspection: The method.
        run: Whose model.
        answer: What it says of the text.
        label: The class that scores speak of; None where they are shares without a sign.
        steps: With their scores as weights.
        pieces: The whole text.
        notes: What has to be said first.
        remark: What this method adds; mostly nothing.
    """

    inspection: Inspection
    run: Run
    answer: ModelAnswer
    label: str | None
    steps: tuple[WeighedStep, ...]
    pieces: list[Segment]
    notes: tuple[str, ...]
    remark: str = ""


def methods_for(run: Run) -> list[str]:
    """Those that can be asked of it, in the order in which they are drawn."""
    return [name for name in METHODS if questions.who_can_answer(get_inspection(name), [run])[0]]


def map_of(room: Room, name: str, run: Run, wanted: str) -> Map:
    """Ask a model for one map of the text.

    Args:
        room: The text, and how models are asked.
        name: Of the inspection.
        run: Whose model.
        wanted: The class that is spoken of; "": the model's answer. Attention and its rollout speak of none.

    Raises:
        SeqlabError: it cannot be answered.
    """
    inspection, text = get_inspection(name), room.text
    values: dict[str, Any] = {"text": text} if name in _SHARES else {"text": text, "label": wanted}
    if name == ATTENTION:
        values["matrix"] = False
    request: Any = inspection.validated(values)
    found = cast(TextAnswer, room.ask(name, run, request))
    answer = questions.as_drawn(run, found.classes, found.probabilities, room.labels[run.id], room.truth)
    if isinstance(found, StepScores):
        steps = tuple(
            WeighedStep(token=step.token, start=step.start, end=step.end, weight=step.score, known=step.known)
            for step in found.tokens
        )
        return Map(inspection, run, answer, found.label, steps, segments(text, steps), found.notes, _remark(found))
    shares = cast(StepWeights, found).tokens
    return Map(inspection, run, answer, None, shares, segments(text, shares), found.notes)


def agreements(maps: Sequence[Map]) -> dict[tuple[str, str], float | None]:
    """Rank correlation of every two maps of one model, by the names that people read."""
    scores = {each.inspection.label: np.array([step.weight for step in each.steps]) for each in maps}
    unsigned = frozenset(each.inspection.label for each in maps if each.label is None)
    return rank_agreements(scores, unsigned)


def _remark(found: StepScores) -> str:
    if isinstance(found, IntegratedScores) and found.tokens:
        how = "exact shares" if not found.points else f"{found.points:,} gradients"
        return (
            f"All scores sum to {_number(found.sum_of_scores)}; the logit differs by "
            f"{_number(found.difference_of_logits)}: missed by {100 * found.completeness_error:.2f}\N{NO-BREAK SPACE}% "
            f"({how})."
        )
    if isinstance(found, OcclusionScores) and found.together > 1:
        return f"The text is long: {found.together} neighbouring tokens are left out at once and share what that does."
    return ""


def _number(value: float) -> str:
    return f"{value:+.3f}".replace("-", "\N{MINUS SIGN}")
