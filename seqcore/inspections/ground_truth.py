"""How much of a map lies on the words that decide the label, where the data say which these are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from seqcore.analysis.ground_truth import MapScore, MapScores, matters, score_of, score_together, sentence_of_many
from seqcore.analysis.rollout import pooled_rollout
from seqcore.datasets.evidence import spans_known
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.called import step_called
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.maps_of_many import SCORED, maps_of_many, within_reach
from seqcore.inspections.registry import get_inspection, register
from seqcore.inspections.rollout import ROLLOUT
from seqcore.inspections.sampled import sampled
from seqcore.kinds import get_kind

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

GROUND_TRUTH = "ground_truth"
_OF_ATTENTION = (ATTENTION, ROLLOUT)


class GroundTruthAnswer(Answer):
    """Shape: a map beside what is known of the texts.

    Attributes:
        method: The map.
        asked: Test texts whose maps were made.
        drawn: Test texts that were drawn; of the others no word is read, or all together are too long.
        texts: Those of which a word that matters is read.
        share: Mean share of the map that lies on such words; None where there is no such text.
        low: Of the 95 % interval of the mean, texts as the units drawn; None of fewer than two texts.
        high: Likewise.
        even: The share of a map that marks every word alike.
        hits: Share of the texts in which a word that matters is marked most.
        accuracy: Of the model on these texts: a model that is at chance knows nothing that a map could show.
        sentence: All of it.
    """

    method: str
    asked: int
    drawn: int
    texts: int
    share: float | None
    low: float | None
    high: float | None
    even: float | None
    hits: float | None
    accuracy: float | None
    sentence: str


class GroundTruthRequest(Request[GroundTruthAnswer]):
    """Which map, over how many texts."""

    method: Literal["attention", "rollout", "gradient_input", "integrated_gradients", "occlusion"] = Field(
        "gradient_input", description=f"The map: {', '.join((*_OF_ATTENTION, *SCORED))}."
    )
    most: int = Field(200, ge=1, le=5000, description="Test texts at most; of more, so many are drawn.")


@register(
    GROUND_TRUTH,
    label="Ground truth",
    how_to_read="The share of a map that lies on the words that decide the label, as a mean over test texts, beside "
    "the share that it would have if it marked every word alike; and in how many texts such a word is marked most. "
    "Scores count by their size, whatever their sign, and speak of the class that the model answers.",
    how_not_to_read="Words that matter to the task need not matter to a model that has not learned it: look at its "
    "accuracy on the same texts first. A state behind the word may carry what was read there, so that attention on a "
    "neighbour is no mistake of the model. What was cut from a text cannot be marked.",
    of_moments="The share of the map that lies on the moments that are known to decide the label, beside what a map "
    "would have there that marks all alike. They need not matter to a model that has not learned the task.",
    request=GroundTruthRequest,
    answer=GroundTruthAnswer,
    applies_to=reads_examples,
)
def ground_truth(model: FinishedModel, request: GroundTruthRequest) -> GroundTruthAnswer:
    """One map of each text, of the dearer methods of fewer texts.

    Raises:
        InspectionError: the data do not say which words matter, the model has no attention or no heads and that was
            asked for, or the run's test texts are not there or damaged.
    """
    if request.method in _OF_ATTENTION:
        get_inspection(request.method).refuse_others(model.architecture, model.kind)
    known, drawn = model.evidence(), sampled(model, request.most)
    encoded = model.encoder.encode(drawn.texts)
    rows = within_reach(encoded, ATTENTION if request.method == ROLLOUT else request.method)
    read, codes = [encoded[row] for row in rows], np.zeros(0, np.int64)
    if read:
        codes = model.answers(read)
    found: dict[int, MapScore] = {}
    for row, scores in zip(rows, _maps(model, read, codes, request.method), strict=True):
        example = drawn.texts[row]
        steps = [(step.start, step.end) for step in model.encoder.steps(example)]
        score = score_of(scores[: len(steps)], matters(steps, spans_known(example, known)))
        if score is not None:
            found[row] = score
    together = score_together(list(found.values()))
    right = [bool(code == drawn.labels[row]) for row, code in zip(rows, codes, strict=True) if row in found]
    between = None if together is None else together.interval
    return GroundTruthAnswer(
        method=request.method,
        asked=len(read),
        drawn=len(drawn.texts),
        texts=len(found),
        share=None if together is None else together.share,
        low=None if between is None else between.low,
        high=None if between is None else between.high,
        even=None if together is None else together.even,
        hits=None if together is None else together.hits,
        accuracy=float(np.mean(right)) if right else None,
        sentence=_sentence(model, together),
    )


def _sentence(model: FinishedModel, together: MapScores | None) -> str:
    if together is None:
        return f"No {step_called(model.kind)} that matters was read."
    return sentence_of_many(together, step_called(model.kind), get_kind(model.kind).examples)


def _maps(
    model: FinishedModel, read: list[NDArray[np.int32]], codes: NDArray[np.integer], method: str
) -> list[NDArray[np.float64]]:
    if method != ROLLOUT:
        return maps_of_many(model, read, codes, method)
    found = {
        row: pooled_rollout(layers, from_first=model.answers_from_first) for row, layers in model.looks.of_many(read)
    }
    return [found[row] for row in range(len(read))]
