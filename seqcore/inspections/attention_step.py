"""Step through attention: scores, their softmax, and the sum that is weighed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from seqcore.analysis.weighing import Weighing
from seqcore.inspections.attention import looks_at_every_step
from seqcore.inspections.choosing import MOST_UNITS, SHOWN, existing
from seqcore.inspections.contracts import ExactGrid, ExactRow, ExampleRequest, StepsRead
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import steps_read

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

ATTENTION_STEP = "attention_step"


class AttentionStepAnswer(StepsRead):
    """Shape: one sum of an attention: sum = Σ weights · values, weights = softmax(scores).

    Attributes:
        layer: Number of the layer, from 1.
        layers: Layers that look.
        heads: Heads of the layer.
        head: Number of the head, from 1.
        step: Number of the step that looks, from 1; None where one sum is made for the whole text.
        units: Numbers of the parts of a value, from 0: which each column is.
        scores: (tokens,).
        divisor: What q·k was divided by to make a score: √d of a head's size d; 1 where states are scored.
        weights: (tokens,), summing to 1.
        values: (tokens, units), what is weighed: states, or in a transformer a head's values.
        sum: (units,).
    """

    layer: int
    layers: int
    heads: int
    head: int
    step: int | None
    units: tuple[int, ...]
    scores: ExactRow
    divisor: float
    weights: ExactRow
    values: ExactGrid
    sum: ExactRow


class AttentionStepRequest(ExampleRequest[AttentionStepAnswer]):
    """The text, and which sum of the model on it is wanted."""

    layer: int = Field(1, ge=1, description="Number of the layer that looks, from 1, the nearest to the words.")
    head: int = Field(1, ge=1, description="Number of the head, from 1.")
    step: int = Field(1, ge=1, description="Number of the step that looks, from 1; of a transformer only.")
    units: tuple[Annotated[int, Field(ge=0)], ...] = Field(
        (), max_length=MOST_UNITS, description="Numbers of the parts of a value, from 0; without any: the first four."
    )


@register(
    ATTENTION_STEP,
    label="Step through attention",
    how_to_read="Each word gets a score; the softmax makes weights of the scores that sum to 1; the sum of the "
    "values, each by its weight, is what goes on. A score higher by 1 is a weight 2.7 times as large.",
    how_not_to_read="The values are weighed as much as the weights: a word with a large weight and a value near 0 adds "
    "nothing. Scores can be compared within one sum only.",
    of_moments="Each moment gets a score; the softmax makes weights of the scores that sum to 1; the sum of the "
    "values, each by its weight, is what goes on. The values are weighed as much as the weights: a moment with a "
    "large weight and a value near 0 adds nothing. Scores can be compared within one sum only.",
    request=AttentionStepRequest,
    answer=AttentionStepAnswer,
    applies_to=looks_at_every_step,
)
def attention_step(model: FinishedModel, request: AttentionStepRequest) -> AttentionStepAnswer:
    """One reading.

    Raises:
        InspectionError: no such layer, head, step or unit; the message says which there are.
    """
    example = model.example(request)
    said = steps_read(model, example)
    of_heads = model.architecture.attention == "heads"
    layers, heads = (model.heads.layers, model.heads.heads) if of_heads else (1, 1)
    existing("layer", [request.layer], range(1, layers + 1))
    existing("head", [request.head], range(1, heads + 1))
    weighing = _of_head(model, request, example, len(said["tokens"])) if of_heads else _of_states(model, example)
    units = existing("unit", request.units or range(min(SHOWN, weighing.width)), range(weighing.width))
    read, values = len(said["tokens"]), weighing.values[:, units]
    return AttentionStepAnswer(
        **said,
        layer=request.layer,
        layers=layers,
        heads=heads,
        head=request.head,
        step=request.step if of_heads else None,
        units=units,
        scores=weighing.scores[:read],
        divisor=weighing.divisor,
        weights=weighing.weights[:read],
        values=values[:read],
        sum=weighing.weights @ values,
    )


def _of_head(model: FinishedModel, request: AttentionStepRequest, example: Any, steps: int) -> Weighing:
    existing("step", [request.step], range(1, max(steps, 1) + 1))
    return model.heads.weighing(
        model.read(example), layer=request.layer - 1, head=request.head - 1, step=request.step - 1
    )


def _of_states(model: FinishedModel, example: Any) -> Weighing:
    return model.states.of(model.read(example)).weighing()
