"""What a model says of examples: the probability of every class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.architectures import Architecture
from seqcore.inspections.contracts import ClassProbabilities, ExamplesRequest
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.registry import AppliesTo, register

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

PREDICT = "predict"
NO_TEXT = "no text"
KNOWS_NO_WORD = "knows none of these words"


class PredictRequest(ExamplesRequest[ClassProbabilities]):
    """The texts to be answered; of another kind of data, examples as its `to_text` writes them, or rows."""


def reads_text(architecture: Architecture, kind: str) -> str | None:
    """Why a model cannot be asked about a text."""
    return None if kind == "text" else f"reads {kind}, and only texts can be asked about"


def words_only(why: str) -> AppliesTo:
    """For an inspection that is about words.

    Args:
        why: What keeps it from others, as it follows what the model reads.
    """

    def applies_to(architecture: Architecture, kind: str) -> str | None:
        return None if kind == "text" else f"reads {kind}: {why}"

    return applies_to


def note_on(text: str, *, known: bool) -> str:
    """What has to be said beside an answer: there was nothing to read, or nothing that the model knows; usually ""."""
    if not text.strip():
        return NO_TEXT
    return "" if known else KNOWS_NO_WORD


@register(
    PREDICT,
    label="Prediction",
    how_to_read="The probability that the model gives to every class; those of a text sum to 100 %.",
    how_not_to_read="It is not how often the model is right: many are surer than they should be, above all of texts "
    "unlike those that they learned from.",
    of_moments="The probability that the model gives to every class; those of an example sum to 100 %. It is not how "
    "often the model is right: many are surer than they should be, above all of examples unlike those that "
    "they learned from.",
    request=PredictRequest,
    answer=ClassProbabilities,
    applies_to=reads_examples,
)
def predict(model: FinishedModel, request: PredictRequest) -> ClassProbabilities:
    """One forward pass."""
    examples = model.examples(request)
    answers = model.probabilities(examples)
    return ClassProbabilities(classes=model.classes, probabilities=answers, known=model.knows(examples))
