"""How much each step counts: what the model's logit loses when a word, or a window of moments, is left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from seqcore.inspections.contracts import ClassRequest, StepScores, scored
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.leaving import Fill, window_of, without
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
    """What words or moments are taken out of, and the class whose logit is watched."""

    window: int = Field(
        0, ge=0, le=100_000, description="Neighbouring steps left out at once; 0: one word, or a twentieth of a series."
    )
    fill: Fill = Field(
        "line", description="What stands where moments were: line, between their neighbours, or mean, of the training."
    )


@register(
    OCCLUSION,
    label="Leaving out",
    how_to_read="By how much the logit of the class falls when this one word is taken out of the text: above 0 the "
    "word speaks for the class, below 0 against it. A word that stands twice has a score at each place. Of moments a "
    "window is left out at once and filled in, and its moments share what that does.",
    how_not_to_read="The scores do not sum to anything: where two words say the same, each can be left out and both "
    "have a score near 0, and a text with a hole is not a text that the model learned from.",
    of_moments="By how much the logit of the class falls when a window of neighbouring moments is left out and filled "
    "in; its moments share that. What is filled in is never nothing: a straight line says “nothing happens "
    "here”, the mean of the training may be a jump. Windows that say the same can each be left out, and both "
    "score near 0.",
    request=OcclusionRequest,
    answer=OcclusionScores,
    applies_to=reads_examples,
)
def occlusion(model: FinishedModel, request: OcclusionRequest) -> OcclusionScores:
    """One forward pass for the text, and one for each step without it.

    The step is removed, and what follows moves up (erasure, Li, Monroe & Jurafsky 2016, arXiv:1612.08220; DeYoung et
    al. 2020 remove too). Nothing is put in its place: the id of unknown words is a word with a learned meaning, and
    padding inside a text is what no model here ever met. It is taken from the steps that the model reads, so no word
    from beyond the maximum length moves in. The only step of a text leaves the empty text behind. Moments are filled
    in, see `seqcore.inspections.leaving`.
    """
    example, said, code, array, direction = asked_about(model, request)
    window = request.window or (1 if array.ndim == 1 else window_of(len(array)))
    scores, together = left_out(model, array, direction, window, request.fill)
    tokens = scored(model.encoder.steps(example), scores)
    return OcclusionScores(**said, label=model.classes[code], tokens=tokens, together=together)


def left_out(
    model: FinishedModel, array: NDArray[Any], direction: NDArray[np.float32], window: int = 1, fill: Fill = "mean"
) -> tuple[NDArray[np.float64], int]:
    """What the combination of logits loses without each step, (steps,), and how many steps went at once.

    Args:
        model: Who is asked.
        array: The example as it reads it.
        direction: The combination.
        window: Neighbouring steps that go at once, at least; more where that would take too long.
        fill: What stands where moments were.
    """
    steps = len(array)
    together = max(min(window, steps), math.ceil(steps / model.most_passes(steps))) if steps else 1
    starts, places = range(0, steps, together), np.arange(steps)
    shorter = [without(array, (places >= start) & (places < start + together), fill) for start in starts]
    whole, *rest = model.logits([array, *shorter]).astype(np.float64) @ direction
    sizes = np.minimum(together, steps - np.arange(0, steps, together))
    return np.repeat((whole - np.array(rest)) / sizes, sizes), together
