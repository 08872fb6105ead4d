"""What a model says of examples: the probability of every class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.architectures import Architecture
from seqcore.inspections.contracts import ClassProbabilities, TextsRequest
from seqcore.inspections.registry import register
from seqcore.kinds import get_kind

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

PREDICT = "predict"
NO_TEXT = "no text"
KNOWS_NO_WORD = "knows none of these words"


class PredictRequest(TextsRequest[ClassProbabilities]):
    """The texts to be answered; of another kind of data, examples as its `to_text` writes them."""


def reads_text(architecture: Architecture, kind: str) -> str | None:
    """Why a model cannot be asked about a text."""
    return None if kind == "text" else f"reads {kind}, and only texts can be asked about"


def reads_anything(_architecture: Architecture, _kind: str) -> None:
    """Every model answers about examples of its kind."""


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
    request=PredictRequest,
    answer=ClassProbabilities,
    applies_to=reads_anything,
)
def predict(model: FinishedModel, request: PredictRequest) -> ClassProbabilities:
    """One forward pass."""
    kind = get_kind(model.kind)
    asked = [kind.from_text(text) for text in request.texts]
    return ClassProbabilities(classes=model.classes, probabilities=model.probabilities(asked), known=model.knows(asked))
