"""What a model with attention would answer if it looked where it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from seqcore.analysis.given_shares import with_shares
from seqcore.errors import InspectionError
from seqcore.inspections.attention import looks_at_every_step, step_weights
from seqcore.inspections.choosing import existing
from seqcore.inspections.contracts import ExampleRequest, OneProbabilityAClass, StepWeights, weighed
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
        layers: Layers that look.
        heads: Heads of each.
    """

    before: OneProbabilityAClass
    own: tuple[float, ...]
    layers: int = 1
    heads: int = 1


class AttentionChangedRequest(ExampleRequest[ChangedAttention]):
    """The text, and where to look."""

    weights: tuple[float, ...] | None = Field(
        None, description="A weight from 0 for every step that is read; scaled to sum to 1. Without: everywhere alike."
    )
    layer: int = Field(0, ge=0, description="Of a transformer, the layer that is changed, from 1; 0: all.")
    head: int = Field(0, ge=0, description="Of a transformer, the head that is changed, from 1; 0: all.")


@register(
    ATTENTION_CHANGED,
    label="Changed attention",
    how_to_read="What the model answers when the weights of its attention are those given, and all else stays: what it "
    "read at every step, and how it decides from the weighted sum. Of a transformer a weight is the share of attention "
    "that a step receives, the mean over heads and looking steps; each head changes as little as these shares allow.",
    how_not_to_read="It is not what a model would say that had learned to look there. If the answer stays, the weights "
    "are no reason for it; if it moves, they may still not be the only one.",
    request=AttentionChangedRequest,
    answer=ChangedAttention,
    applies_to=looks_at_every_step,
)
def attention_changed(model: FinishedModel, request: AttentionChangedRequest) -> ChangedAttention:
    """One forward pass, its attention replaced.

    Raises:
        InspectionError: no such layer or head; not one weight a step, one below 0, or none above it.
    """
    layers, heads = (model.heads.layers, model.heads.heads) if model.architecture.attention == "heads" else (1, 1)
    existing("layer", [request.layer], range(layers + 1))
    existing("head", [request.head], range(heads + 1))
    example = model.example(request)
    steps = model.encoder.steps(example)
    said = told(model, example)
    before = said.pop("probabilities")
    if not steps:
        about = {"layers": layers, "heads": heads}
        return ChangedAttention(**said, **about, probabilities=before, before=before, own=(), tokens=())
    weights = _scaled(request.weights, len(steps))
    change = _changed_heads if model.architecture.attention == "heads" else _changed_states
    probabilities, own = change(model, request, example, weights)
    return ChangedAttention(
        **said,
        probabilities=probabilities,
        before=before,
        own=tuple(own.tolist()),
        layers=layers,
        heads=heads,
        tokens=weighed(steps, weights),
    )


def _changed_states(
    model: FinishedModel, request: AttentionChangedRequest, example: Any, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities, (classes,), and the model's own weights, (steps,)."""
    (probabilities,) = model.given_weights.probabilities(model.read(example), weights[None])
    return probabilities, step_weights(model, example)


def _changed_heads(
    model: FinishedModel, request: AttentionChangedRequest, example: Any, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The same; heads that were not chosen keep the weights that they had."""
    _, own = model.look(example)
    layer, head = (slice(each - 1, each) if each else slice(None) for each in (request.layer, request.head))
    chosen = np.concatenate([each[head] for each in own[layer]])  # (chosen heads, looking step, step looked at)
    rows = chosen.reshape(-1, len(weights))
    fitted = iter(with_shares(rows, weights).reshape(len(own[layer]), -1, *chosen.shape[1:]))
    changed = [each.copy() for each in own]
    for each in changed[layer]:
        each[head] = next(fitted)
    return model.given_head_weights.probabilities(model.read(example), changed), rows.mean(axis=0, dtype=np.float64)


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
