"""How much every word of a text looks at every other: one head, a mean of heads, or the rollout through all layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from seqcore.analysis.focus import focus
from seqcore.analysis.rollout import rollout
from seqcore.errors import InspectionError
from seqcore.inspections.choosing import existing
from seqcore.inspections.contracts import ExampleRequest, SmallMatrix, StepWeights, weighed
from seqcore.inspections.registry import register
from seqcore.inspections.rollout import ROLLOUT, looks_with_heads
from seqcore.inspections.text_said import told

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

ATTENTION_MATRIX = "attention_matrix"
MOST_SHOWN = 512  # tokens by tokens that an answer holds: half a megabyte


class MatrixAnswer(StepWeights):
    """Shape: one matrix of tokens by tokens; the weights of the tokens are its mean row, over the whole text.

    Attributes:
        of: "attention" or "rollout".
        layer: Number of the layer, from 1; 0: the mean of all, or with rollout all of them.
        head: Number of the head, from 1; 0: the mean of all.
        first: Number of the first token that the matrix shows, from 1.
        matrix: (looking token, token looked at) of the tokens shown, at most 512; None where nothing was read.
        elsewhere: Share of what the tokens shown look at that lies outside of what is shown.
    """

    of: Literal["attention", "rollout"]
    layer: int
    head: int
    first: int
    matrix: SmallMatrix | None = None
    elsewhere: float = 0.0


class MatrixRequest(ExampleRequest[MatrixAnswer]):
    """The text, and which matrix of it is wanted."""

    of: Literal["attention", "rollout"] = Field(
        "attention", description="What a layer and head look at, or what is left of each token after all layers."
    )
    layer: int = Field(0, ge=0, description="Number of the layer, from 1, the nearest to the words; 0: mean of all.")
    head: int = Field(0, ge=0, description="Number of the head, from 1; 0: the mean of all.")
    first: int = Field(1, ge=1, description=f"Of a long text, the first of the {MOST_SHOWN} tokens shown, from 1.")

    @property
    def large(self) -> bool:
        """It grows with the square of the text."""
        return True


@register(
    ATTENTION_MATRIX,
    label="Token by token",
    how_to_read="Choose a token: on one side what it looks at, which sums to 100 % over the whole text, on the other "
    "who looks at it. In the picture a row is the token that looks and a column the token that is looked at. Of a "
    "rollout a row is what the state at a token is made of after all layers, and a column where a token has got to.",
    how_not_to_read="From the second layer on, what stands at a token is no longer that word alone: it has taken in "
    "others in the layers below. A strong look is not a strong reason: what is found there may be small, or undone "
    "later (Jain & Wallace 2019, arXiv:1902.10186).",
    of_moments="A row is the moment that looks, a column the moment that is looked at; what a moment looks at sums to "
    "100 %. From the second layer on, what stands at a moment has taken in others in the layers below, and a "
    "strong look is not a strong reason (Jain & Wallace 2019, arXiv:1902.10186).",
    request=MatrixRequest,
    answer=MatrixAnswer,
    applies_to=looks_with_heads,
)
def attention_matrix(model: FinishedModel, request: MatrixRequest) -> MatrixAnswer:
    """One forward pass.

    Raises:
        InspectionError: no such layer, head or token, or one of a rollout, which goes through all of them.
    """
    example = model.example(request)
    probabilities, layers = model.look(example)
    steps = model.encoder.steps(example)
    matrix = _chosen(layers, request)
    existing("token", [request.first], range(1, max(len(steps), 1) + 1))
    start = max(0, min(request.first - 1, len(steps) - MOST_SHOWN))
    shown = matrix[start : start + MOST_SHOWN, start : start + MOST_SHOWN]
    return MatrixAnswer(
        **told(model, example, probabilities),
        tokens=weighed(steps, matrix.mean(axis=0)),
        of=request.of,
        layer=request.layer,
        head=request.head,
        first=start + 1,
        matrix=shown if steps else None,
        elsewhere=max(0.0, 1 - float(shown.sum(axis=1).mean())),
    )


def _chosen(layers: list[NDArray[np.float32]], request: MatrixRequest) -> NDArray[np.float64]:
    """(looking step, step looked at) of the whole text."""
    if request.of == ROLLOUT:
        if request.layer or request.head:
            raise InspectionError(
                "A rollout goes through all layers and heads", received=f"layer {request.layer}, head {request.head}",
                remedy="Ask for it without a layer and head",
            )  # fmt: skip
        return rollout(layers)
    for what, number, most in (("layer", request.layer, len(layers)), ("head", request.head, len(layers[0]))):
        if number:
            existing(what, [number], range(1, most + 1))
    return focus(
        layers, request.layer - 1 if request.layer else None, request.head - 1 if request.head else None
    ).matrix
