"""How much each word counts: what the model's logit loses when the word is taken out of the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqcore.inspections.contracts import ClassRequest, StepScores, scored
from seqcore.inspections.prediction import reads_text
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import asked_about

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

OCCLUSION = "occlusion"


class OcclusionScores(StepScores):
    """Scores of leaving out.

    Attributes:
        together: Neighbouring steps that were taken out at once and share what that changed: 1, more of a text so long
            that one at a time would take too long.
    """

    together: int = 1


class OcclusionRequest(ClassRequest[OcclusionScores]):
    """The text whose words are taken out one at a time, and the class whose logit is watched."""


@register(
    OCCLUSION,
    label="Leaving out",
    how_to_read="By how much the logit of the class falls when this one word is taken out of the text: above 0 the "
    "word speaks for the class, below 0 against it. A word that stands twice has a score at each place.",
    how_not_to_read="The scores do not sum to anything: where two words say the same, each can be left out and both "
    "have a score near 0, and a text with a hole is not a text that the model learned from.",
    request=OcclusionRequest,
    answer=OcclusionScores,
    applies_to=reads_text,
)
def occlusion(model: FinishedModel, request: OcclusionRequest) -> OcclusionScores:
    """One forward pass for the text, and one for each step without it.

    The step is removed, and what follows moves up (erasure, Li, Monroe & Jurafsky 2016, arXiv:1612.08220; DeYoung et
    al. 2020 remove too). Nothing is put in its place: the id of unknown words is a word with a learned meaning, and
    padding inside a text is what no model here ever met. It is taken from the steps that the model reads, so no word
    from beyond the maximum length moves in. The only step of a text leaves the empty text behind.
    """
    said, code, array, direction = asked_about(model, request)
    scores, together = left_out(model, array, direction)
    tokens = scored(model.encoder.steps(request.text), scores)
    return OcclusionScores(**said, label=model.classes[code], tokens=tokens, together=together)


def left_out(
    model: FinishedModel, array: NDArray[np.int32], direction: NDArray[np.float32]
) -> tuple[NDArray[np.float64], int]:
    """What the combination of logits loses without each step, (steps,), and how many steps went at once."""
    steps = len(array)
    together = math.ceil(steps / model.most_passes(steps)) if steps else 1
    starts = range(0, steps, together)
    shorter = [np.delete(array, np.s_[start : start + together], axis=0) for start in starts]
    whole, *without = model.logits([array, *shorter]).astype(np.float64) @ direction
    sizes = np.minimum(together, steps - np.arange(0, steps, together))
    return np.repeat((whole - np.array(without)) / sizes, sizes), together
