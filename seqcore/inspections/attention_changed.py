"""What a model with attention would answer if it looked where it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from seqcore.architectures import Architecture
from seqcore.errors import InspectionError
from seqcore.inspections.attention import looks_at_steps, step_weights
from seqcore.inspections.contracts import OneProbabilityAClass, StepWeights, TextRequest, weighed
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import told

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

ATTENTION_CHANGED = "attention_changed"


class ChangedAttention(StepWeights):
    """The answer under given weights; `probabilities` and `prediction` are those under them.

    Attributes:
        before: (classes,) what the model says with its own weights.
        own: (steps,) those.
    """

    before: OneProbabilityAClass
    own: tuple[float, ...]


class AttentionChangedRequest(TextRequest[ChangedAttention]):
    """The text, and where to look."""

    weights: tuple[float, ...] | None = Field(
        None, description="A weight from 0 for every step that is read; scaled to sum to 1. Without: everywhere alike."
    )


def weighs_steps(architecture: Architecture, kind: str) -> str | None:
    """Why nobody can tell a model where to look."""
    if architecture.attention == "heads":
        return "looks with several heads in each layer, and has no one weight a step that could be changed"
    return looks_at_steps(architecture, kind)


@register(
    ATTENTION_CHANGED,
    label="Changed attention",
    how_to_read="What the model answers when the weights of its attention are those given, and all else stays: what it "
    "read at every step, and how it decides from the weighted sum.",
    how_not_to_read="It is not what a model would say that had learned to look there. If the answer stays, the weights "
    "are no reason for it; if it moves, they may still not be the only one.",
    request=AttentionChangedRequest,
    answer=ChangedAttention,
    applies_to=weighs_steps,
)
def attention_changed(model: FinishedModel, request: AttentionChangedRequest) -> ChangedAttention:
    """One forward pass, its attention replaced.

    Raises:
        InspectionError: not one weight a step, one below 0, or none above it.
    """
    steps = model.encoder.steps(request.text)
    said = told(model, request.text)
    before = said.pop("probabilities")
    (array,) = model.encoder.encode([request.text])
    if not steps:
        return ChangedAttention(**said, probabilities=before, before=before, own=(), tokens=())
    weights = _scaled(request.weights, len(steps))
    (probabilities,) = model.given_weights.probabilities(array, weights[None])
    return ChangedAttention(
        **said,
        probabilities=probabilities,
        before=before,
        own=tuple(step_weights(model, request.text).tolist()),
        tokens=weighed(steps, weights),
    )


def _scaled(given: tuple[float, ...] | None, steps: int) -> np.ndarray:
    weights = np.ones(steps) if given is None else np.array(given, np.float64)
    if len(weights) != steps:
        raise InspectionError(
            f"The model reads {steps:,} tokens of this text", received=f"{len(weights):,} weights",
            remedy="Give each token one",
        )  # fmt: skip
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.sum() > 0:
        raise InspectionError(
            "Weights are numbers from 0, at least one of them above it", received=str(list(given or ()))[:60]
        )
    scaled: np.ndarray = weights / weights.sum()
    return scaled
