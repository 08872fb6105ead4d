"""The test texts in which attention and attribution rank the words least alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.rank_agreement import FEWEST, rank_agreement
from seqcore.inspections.attention import ATTENTION, looks_at_steps
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.maps_of_many import SCORED, Scored, maps_of_many, within_reach
from seqcore.inspections.prediction import words_only
from seqcore.inspections.registry import register
from seqcore.inspections.sampled import sampled

if TYPE_CHECKING:
    from seqcore.architectures import Architecture
    from seqcore.worker.runtime.finished_model import FinishedModel

MAPS_DISAGREE = "maps_disagree"
_TOLD = 3  # words of each map


class DisagreedText(BaseModel):
    """A text that two maps see differently.

    Attributes:
        row: Its place among the test texts, from 0.
        text: As it was written.
        label: Its class.
        prediction: What the model says of it; the scores speak of that.
        words: How many of it were read.
        correlation: Spearman's, of the shares of attention with the sizes of the scores.
        attended: The words that draw most attention, the most first; as they stand in the text.
        attributed: Those with the greatest scores, of either sign.
    """

    model_config = ConfigDict(frozen=True)

    row: int
    text: str
    label: str
    prediction: str
    words: int
    correlation: float
    attended: tuple[str, ...]
    attributed: tuple[str, ...]


class MapsDisagree(Answer):
    """Shape: texts in order of how little two maps of them agree.

    Attributes:
        method: What attention is compared with.
        compared: Texts that have enough words, and whose maps are not the same everywhere.
        asked: Texts with a word in them that were looked at.
        least: Words that a text has to have.
        median: Of the correlations of all texts compared; None where there is none.
        texts: The lowest correlation first.
    """

    method: str
    compared: int
    asked: int
    least: int
    median: float | None
    texts: tuple[DisagreedText, ...]


class MapsDisagreeRequest(Request[MapsDisagree]):
    """What attention is compared with, over how many texts."""

    method: Scored = Field("gradient_input", description=f"What attention is compared with: {', '.join(SCORED)}.")
    most: int = Field(200, ge=1, le=5000, description="Test texts at most; of more, so many are drawn.")
    least: int = Field(8, ge=FEWEST, le=1000, description="Words that a text has to have: of few, ranks say little.")
    top: int = Field(20, ge=1, le=1000, description="Texts told at most.")


def looks_at_words(architecture: Architecture, kind: str) -> str | None:
    """Why it cannot be told in which texts the maps disagree."""
    return looks_at_steps(architecture, kind) or words_only("the maps are told on texts")(architecture, kind)


@register(
    MAPS_DISAGREE,
    label="Attention against attribution",
    how_to_read="The test texts in which attention and the sizes of the scores rank the words least alike, by "
    "Spearman's rank correlation: 1 where both rank them the same, 0 where one says nothing about the other, below 0 "
    "where the words that are looked at least have the greatest scores. The median says what is usual for this model.",
    how_not_to_read="Which of the two is right is not said, and neither has to be: put both to the test on the text "
    "itself. In short texts ranks differ much by chance, so those of few words are left out, and the first of hundreds "
    "of texts is extreme by being the first.",
    request=MapsDisagreeRequest,
    answer=MapsDisagree,
    applies_to=looks_at_words,
)
def maps_disagree(model: FinishedModel, request: MapsDisagreeRequest) -> MapsDisagree:
    """Both maps of each text, its scores for the class that the model answers.

    Raises:
        InspectionError: the run's test texts are not there or damaged.
    """
    drawn = sampled(model, request.most)
    encoded = model.encoder.encode(drawn.texts)
    rows = within_reach(encoded, request.method)
    long_enough = [row for row in rows if len(encoded[row]) >= request.least]
    read = [encoded[row] for row in long_enough]
    codes = model.answers(read) if read else np.zeros(0, np.int64)
    looked, scores = (maps_of_many(model, read, codes, method) for method in (ATTENTION, request.method))
    agreement = [rank_agreement(one, np.abs(other)) for one, other in zip(looked, scores, strict=True)]
    known = {place: value for place, value in enumerate(agreement) if value is not None}
    texts = []
    for place in sorted(known, key=lambda each: (known[each], each))[: request.top]:
        row = long_enough[place]
        names = [step.name for step in model.encoder.steps(drawn.texts[row])]
        texts.append(
            DisagreedText(
                row=int(drawn.rows[row]),
                text=drawn.texts[row],
                label=model.classes[drawn.labels[row]],
                prediction=model.classes[codes[place]],
                words=len(names),
                correlation=known[place],
                attended=_greatest(names, looked[place]),
                attributed=_greatest(names, np.abs(scores[place])),
            )
        )
    return MapsDisagree(
        method=request.method,
        compared=len(known),
        asked=len(rows),
        least=request.least,
        median=float(np.median(list(known.values()))) if known else None,
        texts=tuple(texts),
    )


def _greatest(names: list[str], values: NDArray[np.float64]) -> tuple[str, ...]:
    return tuple(names[place] for place in np.argsort(-values, kind="stable")[:_TOLD].tolist())
