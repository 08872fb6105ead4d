"""Memory: how much a word still counts for the answer, by how far from the end of the text it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from seqcore.analysis.influence import Fading, fading
from seqcore.architectures import Architecture
from seqcore.inspections.contracts import Answer, ExactRow, Request
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.leaving import without
from seqcore.inspections.registry import register
from seqcore.inspections.sampled import sampled
from seqcore.inspections.text_said import direction_of

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

MEMORY = "memory"
# Steps back at which words are left out one at a time: every one of them would take as long as two hundred times it.
DISTANCES = np.unique(np.geomspace(1, 4096, 25).round().astype(np.int64)) - 1
LEFT_OUT = 4  # of so many texts one is asked about by leaving words out


class MemoryCurve(Answer):
    """Shape: influence by distance from the end, that of the last word being 1.

    Attributes:
        distance: Steps back from the last word, rising from 0.
        influence: Of the words there; 1 at distance 0. See `seqcore.analysis.influence`.
        texts: How many texts have a word so far back.
        half_life: Distance at which half of it is left; None where it never is within the texts.
    """

    distance: tuple[int, ...]
    influence: ExactRow
    texts: tuple[int, ...]
    half_life: float | None

    @model_serializer(mode="wrap")
    def _half_life_always(self, told: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """With its half-life also where that is None and such parts are left out."""
        return {**told(self), "half_life": self.half_life}

    @classmethod
    def parts(cls, found: Fading) -> dict[str, Any]:
        """The fields that a curve is made of."""
        return {
            "distance": found.distance.tolist(),
            "influence": found.influence,
            "texts": found.texts.tolist(),
            "half_life": found.half_life,
        }


class MemoryAnswer(MemoryCurve):
    """The curve by gradients, and one by leaving out.

    Attributes:
        asked: Test texts with a word in them that were asked about.
        accuracy: Share of all drawn test texts that the model answers right.
        occlusion: The same by how far the logit moves when the word is left out, of fewer texts and distances.
    """

    asked: int
    accuracy: float
    occlusion: MemoryCurve


class MemoryRequest(Request[MemoryAnswer]):
    """How many test texts are asked about."""

    most: int = Field(200, ge=1, le=5000, description="Test texts at most; of more, so many are drawn.")


def has_vectors(architecture: Architecture, kind: str) -> str | None:
    """Why the influence of a distance cannot be told."""
    if architecture.fit == "closed_form":
        counts = "counts words wherever they stand and " if architecture.counts_terms else ""
        return f"{counts}has no vector for each step"
    return reads_examples(architecture, kind)


@register(
    MEMORY,
    label="Memory",
    how_to_read="The influence on the answer of a word so many steps before the end, that of the last word being 1, "
    "averaged over test texts: how far the answer's logit moves when the word's vector does (norm of its gradient). "
    "The half-life is the distance at which half is left; without one, early words count as much as late ones.",
    how_not_to_read="It is what a small change would do, not what the words did: words that a model is sure of move "
    "nothing. A long memory is no merit by itself, as where the last words tell the class; look at the accuracy too. "
    "The second curve, by leaving words out, is of few texts and ragged.",
    of_moments="The influence on the answer of a moment so many steps before the end, that of the last one being 1, "
    "averaged over test examples: how far the answer's logit moves when what is read there does (norm of its "
    "gradient). The half-life is the distance at which half is left; without one, early moments count as "
    "much as late ones. It is what a small change would do, and a long memory is no merit by itself: look at "
    "the accuracy too. The second curve, by leaving moments out, is of few examples and ragged.",
    request=MemoryRequest,
    answer=MemoryAnswer,
    applies_to=has_vectors,
)
def memory(model: FinishedModel, request: MemoryRequest) -> MemoryAnswer:
    """A forward and a backward pass for each text, and for every fourth a forward pass without each of some words.

    The logit is that of the class that the model answers.

    Raises:
        InspectionError: the run's test texts are not there or damaged.
    """
    drawn = sampled(model, request.most)
    encoded = model.encoder.encode(drawn.texts)
    answers = model.answers(encoded)
    read = [(array, direction_of(code, len(model.classes))) for array, code in zip(encoded, answers, strict=True)]
    read = [(array, direction) for array, direction in read if len(array)]
    by_gradient = fading([_gradient_norms(model, *each)[::-1] for each in read])
    by_leaving_out = fading([_moved(model, *each) for each in read[::LEFT_OUT]], DISTANCES)
    return MemoryAnswer(
        **MemoryCurve.parts(by_gradient),
        asked=len(read),
        accuracy=float((answers == drawn.labels).mean()),
        occlusion=MemoryCurve(**MemoryCurve.parts(by_leaving_out)),
    )


def _gradient_norms(
    model: FinishedModel, array: NDArray[np.int32], direction: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Norm of the logit's gradient with respect to the vector of each step, (steps,)."""
    _, gradients = model.gradients.at(array, model.gradients.vectors(array)[None], direction)
    norms: NDArray[np.float64] = np.linalg.norm(gradients[0].astype(np.float64), axis=1)
    return norms


def _moved(model: FinishedModel, array: NDArray[np.int32], direction: NDArray[np.float32]) -> NDArray[np.float64]:
    """How far the logit moves without the step at each of `DISTANCES` that the example has, (distances,)."""
    places = len(array) - 1 - DISTANCES[len(array) > DISTANCES]
    steps = np.arange(len(array))
    shorter = [without(array, steps == place) for place in places]
    whole, *rest = model.logits([array, *shorter]).astype(np.float64) @ direction
    moved: NDArray[np.float64] = np.abs(whole - np.array(rest))
    return moved
