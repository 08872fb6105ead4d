"""How much each word counts: its vector times the gradient of the model's logit at the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seqcore.inspections.contracts import ClassRequest, StepScores, scored
from seqcore.inspections.examples import has_gradients
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import asked_about

if TYPE_CHECKING:
    from seqcore.architectures import Architecture
    from seqcore.worker.runtime.finished_model import FinishedModel

GRADIENT_INPUT = "gradient_input"


class GradientInputRequest(ClassRequest[StepScores]):
    """The text, and the class whose logit is differentiated."""


@register(
    GRADIENT_INPUT,
    label="Gradient × input",
    how_to_read="How fast the logit of the class would change if the word's vector grew from what it is: above 0 the "
    "word speaks for the class, below 0 against it. Of a bag of words it is exactly what the word adds to the logit.",
    how_not_to_read="It is the slope at this one text, not what the word is worth: where a gate is shut or a unit is "
    "at its limit the slope is near 0 although the word has done its work; integrated gradients mend that.",
    of_moments="How fast the logit would change if the values at a moment grew from what they are: the slope at this "
    "one example. Where a gate is shut it is near 0 although the moment has done its work.",
    request=GradientInputRequest,
    answer=StepScores,
    applies_to=has_gradients,
)
def gradient_input(model: FinishedModel, request: GradientInputRequest) -> StepScores:
    """One pass forwards and one back: Σ over the vector's numbers of x · ∂logit/∂x (Shrikumar et al. 2016)."""
    example, said, code, array, direction = asked_about(model, request)
    by_channel = slopes_by_channel(model, array, direction)
    scores = slopes(model, array, direction) if by_channel is None else by_channel.sum(axis=1)
    tokens = scored(model.encoder.steps(example), scores)
    return StepScores(**said, label=model.classes[code], tokens=tokens, by_channel=by_channel)


def slopes_by_channel(
    model: FinishedModel, array: NDArray[Any], direction: NDArray[np.float32]
) -> NDArray[np.float64] | None:
    """(steps, channels) x · ∂logit/∂x of each number of an example of frames; None of others."""
    if array.ndim == 1 or not len(array):
        return None
    found: NDArray[np.float64] = model.gradients.along_numbers(array, np.ones(1), direction).slopes[0]
    return found.reshape(array.shape)


def slopes(model: FinishedModel, array: NDArray[Any], direction: NDArray[np.float32]) -> NDArray[np.float64]:
    """(steps,) x · ∂logit/∂x of each step; of a model that is linear in its terms, their exact contributions."""
    if not len(array):
        return np.zeros(0)
    if is_linear(model.architecture):
        found: NDArray[np.float64] = model.term_contributions.of_steps(array, direction)
    else:
        found = model.gradients.along(array, np.ones(1), direction).slopes[0]
    return found


def is_linear(architecture: Architecture) -> bool:
    """Whether a model's logits are a weighted sum of its terms, so that gradients and contributions are the same."""
    return architecture.counts_terms
