"""One map of every one of many texts: what each step of each draws of attention, or adds to a logit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from seqcore.inspections.attention import ATTENTION, weights_of
from seqcore.inspections.gradient_input import GRADIENT_INPUT, is_linear, slopes
from seqcore.inspections.integrated_gradients import INTEGRATED_GRADIENTS, shares
from seqcore.inspections.occlusion import OCCLUSION, left_out
from seqcore.inspections.text_said import direction_of

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

Scored = Literal["gradient_input", "integrated_gradients", "occlusion"]
SCORED = (GRADIENT_INPUT, INTEGRATED_GRADIENTS, OCCLUSION)
# What one question may take: tokens of all texts together, read once, or at every point of an integral; where every
# word is left out once, a text is read as often as it has tokens, and the squares of the lengths are counted.
MOST = {ATTENTION: 500_000, GRADIENT_INPUT: 500_000, INTEGRATED_GRADIENTS: 10_000, OCCLUSION: 1_500_000}
_SEED = 0  # whoever asks again is told of the same texts


def within_reach(encoded: Sequence[NDArray[np.int32]], method: str) -> list[int]:
    """Places of the examples that the method can be asked about in one question, rising: those with a step.

    Where all together are too long, as many as fit of them in an order drawn with a fixed seed; one at least.
    """
    lengths = np.array([len(array) for array in encoded], np.int64)
    drawn = [int(place) for place in np.random.default_rng(_SEED).permutation(len(lengths)) if lengths[place]]
    costs = lengths[drawn] ** 2 if method == OCCLUSION else lengths[drawn]
    fitting = int(np.searchsorted(np.cumsum(costs), MOST[method], side="right"))
    return sorted(drawn[: max(fitting, 1)])


def maps_of_many(
    model: FinishedModel, encoded: Sequence[NDArray[np.int32]], codes: NDArray[np.integer], method: str
) -> list[NDArray[np.float64]]:
    """(steps,) of each example: shares of attention, or scores for the logit of a class.

    Args:
        model: Who is asked.
        encoded: With at least one step each; see `within_reach`.
        codes: (examples,) the class that the scores of each speak of; attention speaks of none.
        method: "attention", of a model that has some, or one of `SCORED`.
    """
    if method == ATTENTION:
        found = {row: weights_of(model.architecture, layers) for row, layers in model.looks.of_many(encoded)}
        return [found[row] for row in range(len(encoded))]
    directions = [direction_of(int(code), len(model.classes)) for code in codes]
    each = list(zip(encoded, directions, strict=True))
    if method == INTEGRATED_GRADIENTS:
        return [shares(model, *one).scores for one in each]
    if method == OCCLUSION:
        return [left_out(model, *one)[0] for one in each]
    in_windows = any(len(model.encoder.windows(len(array))) > 1 for array in encoded)
    if is_linear(model.architecture) or in_windows or not each:
        return [slopes(model, *one) for one in each]
    return model.slopes.of_many(encoded, np.stack(directions))
