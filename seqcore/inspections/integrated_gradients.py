"""How much each word adds to the model's logit, so that all words together add what the text does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, computed_field

from seqcore.analysis.line_integral import MOST, integrate
from seqcore.inspections.contracts import ClassRequest, StepScores, scored
from seqcore.inspections.examples import has_gradients
from seqcore.inspections.gradient_input import is_linear
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import asked_about

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

INTEGRATED_GRADIENTS = "integrated_gradients"
INCOMPLETE = 0.01  # of the difference of logits, by which the sum of the scores may miss it ...
LEAST_DIFFERENCE = 0.01  # ... or of this, where the difference is smaller: nothing was moved that could be shared out


class IntegratedScores(StepScores):
    """Scores that are shares of one difference.

    Attributes:
        sum_of_scores: Of all tokens.
        difference_of_logits: The logit of the class at the text, less that at the baseline: vectors of zeros.
        points: Gradients that were taken on the way from the baseline to the text; 0 where the shares are exact.
    """

    sum_of_scores: float
    difference_of_logits: float
    points: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def completeness_error(self) -> float:
        """By how much the sum misses the difference, as a share of it (of 0.01 where the difference is smaller)."""
        missed = abs(self.sum_of_scores - self.difference_of_logits)
        return missed / max(abs(self.difference_of_logits), LEAST_DIFFERENCE)


class IntegratedGradientsRequest(ClassRequest[IntegratedScores]):
    """The text, the class whose logit is shared out, and how much it may take."""

    most: int = Field(
        MOST, ge=16, le=16_384, description="Gradients after which no more are taken, whatever the sum still misses."
    )


class Shares(NamedTuple):
    """(steps,) scores, the difference that they share, the gradients it took; of frames (steps, channels) scores."""

    scores: NDArray[np.float64]
    difference: float
    points: int
    by_channel: NDArray[np.float64] | None = None


@register(
    INTEGRATED_GRADIENTS,
    label="Integrated gradients",
    how_to_read="What the word adds to the logit of the class, above 0 for it, below 0 against it; all words together "
    "add the logit at this text less that at a text of empty vectors (Sundararajan, Taly & Yan 2017, "
    "arXiv:1703.01365).",
    how_not_to_read="It shares out a difference to a text that nobody writes, and from another baseline the shares "
    "would be others; words that only work together share what they do, and the picture does not say so.",
    of_moments="What a moment adds to the logit of the class; all moments together add the logit at this example less "
    "that at frames of zeros, which is the mean of the training where values are standardised by it "
    "(Sundararajan, Taly & Yan 2017, arXiv:1703.01365). From another starting point the shares would be "
    "others.",
    request=IntegratedGradientsRequest,
    answer=IntegratedScores,
    applies_to=has_gradients,
)
def integrated_gradients(model: FinishedModel, request: IntegratedGradientsRequest) -> IntegratedScores:
    """The mean of x · ∂logit/∂x on the straight line from vectors of zeros to the text.

    Zeros are the baseline that the paper takes for texts. The other two that suggest themselves mean something here:
    the vector of unknown words is learned, and that of padding is never trained at all, so it is noise. All steps stay:
    the baseline is as long as the text. Of frames the line begins at frames of zeros, which is the mean of the training
    rows where the kind standardises by it, and every channel has its share. Of a bag of words, which is linear, the
    shares are its exact contributions, and the baseline is the text without any term.
    """
    example, said, code, array, direction = asked_about(model, request)
    found = shares(model, array, direction, request.most)
    return IntegratedScores(
        **said,
        label=model.classes[code],
        tokens=scored(model.encoder.steps(example), found.scores),
        by_channel=found.by_channel,
        sum_of_scores=float(found.scores.sum()),
        difference_of_logits=found.difference,
        points=found.points,
    )


def shares(model: FinishedModel, array: NDArray[Any], direction: NDArray[np.float32], most: int = MOST) -> Shares:
    """What each step adds to the combination of logits; nothing to share where the array has no step."""
    if not len(array):
        return Shares(np.zeros(0), 0.0, 0)
    if is_linear(model.architecture):
        whole = float(model.logits([array])[0].astype(np.float64) @ direction)
        without = model.term_contributions.without_terms(direction)
        return Shares(model.term_contributions.of_steps(array, direction), whole - without, 0)
    line = model.gradients.along if array.ndim == 1 else model.gradients.along_numbers
    found = integrate(
        lambda along: line(array, along, direction),
        lambda difference: INCOMPLETE * max(abs(difference), LEAST_DIFFERENCE),
        most,
    )
    if array.ndim == 1:
        return Shares(found.parts, found.difference, found.points)
    by_channel = found.parts.reshape(array.shape)
    return Shares(by_channel.sum(axis=1), found.difference, found.points, by_channel)
