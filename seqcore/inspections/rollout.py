"""What attention leaves of each word in what a transformer answers from, through all of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.rollout import pooled_rollout
from seqcore.architectures import Architecture
from seqcore.inspections.attention import looks_at_steps
from seqcore.inspections.contracts import ExampleRequest, StepWeights, weighed
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import told

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

ROLLOUT = "rollout"


class RolloutRequest(ExampleRequest[StepWeights]):
    """The text to look into."""


def looks_with_heads(architecture: Architecture, kind: str) -> str | None:
    """Why there are no heads and layers that attention could be followed through."""
    if architecture.attention in ("tokens", "sentences"):
        return "looks at each step once, with one weight, so there are no heads and layers to follow it through"
    return looks_at_steps(architecture, kind)


@register(
    ROLLOUT,
    label="Attention rollout",
    how_to_read="The number under a token is its share of what reaches the answer when attention is followed through "
    "all layers: each layer hands on half of what its heads look at, on average, and half of what was there before "
    "(Abnar & Zuidema 2020, arXiv:2005.00928); at the end the mean over all tokens is taken, or the first token alone, "
    "as the model does. All shares sum to 100 %.",
    how_not_to_read="It follows how much is passed on, not what: the values, the feed-forward layers and the sign are "
    "left out, and half for what was there before is a convention. Like all attention it is not an explanation of "
    "the answer (Jain & Wallace 2019, arXiv:1902.10186). With few layers it is close to an even share for each token.",
    of_moments="A moment's share of what reaches the answer when attention is followed through all layers (Abnar & "
    "Zuidema 2020, arXiv:2005.00928). It follows how much is passed on, not what.",
    request=RolloutRequest,
    answer=StepWeights,
    applies_to=looks_with_heads,
)
def rollout(model: FinishedModel, request: RolloutRequest) -> StepWeights:
    """One forward pass; the matrices of its layers are multiplied from the answer down to the words."""
    example = model.example(request)
    probabilities, layers = model.look(example)
    steps = model.encoder.steps(example)
    shares = pooled_rollout(layers, from_first=model.answers_from_first)
    return StepWeights(**told(model, example, probabilities), tokens=weighed(steps, shares))


def rollout_weights(model: FinishedModel, example: Any) -> NDArray[np.float64]:
    """(steps,) the share of each step that is read, together 1."""
    return pooled_rollout(model.look(example)[1], from_first=model.answers_from_first)
