"""What every answer about one text begins with: what the model says of it, and what has to be known first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import InspectionError
from seqcore.inspections.contracts import ClassRequest
from seqcore.inspections.prediction import KNOWS_NO_WORD

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

NOTHING_READ = "The model reads nothing of this text: its answer is what it says of no text at all."
NO_KNOWN_WORD = f"This model {KNOWS_NO_WORD}: its answer says nothing about them."


def told(model: FinishedModel, text: str, probabilities: NDArray[np.float64] | None = None) -> dict[str, Any]:
    """The parts of a `TextAnswer`.

    Args:
        model: Who is asked.
        text: About what.
        probabilities: (classes,) what it says of it; asked here when it is not known yet.
    """
    if probabilities is None:
        (probabilities,) = model.probabilities([text])
    return {"text": text, "classes": model.classes, "probabilities": probabilities, "notes": notes_on(model, text)}


def notes_on(model: FinishedModel, text: str) -> tuple[str, ...]:
    """What has to be said before an answer about a text; mostly nothing."""
    steps = model.encoder.steps(text)
    if not steps:
        return (NOTHING_READ,)
    written = int(model.encoder.lengths([text])[0])
    cut = f"The model reads {len(steps):,} of the {written:,} tokens of this text; the others change nothing."
    unknown = not any(step.known for step in steps)
    return ((NO_KNOWN_WORD,) if unknown else ()) + ((cut,) if written > len(steps) else ())


def steps_read(model: FinishedModel, text: str) -> dict[str, Any]:
    """The parts of a `StepsRead`."""
    steps = model.encoder.steps(text)
    return {
        "text": text,
        "tokens": tuple(step.name for step in steps),
        "spans": tuple((step.start, step.end) for step in steps),
        "known": tuple(step.known for step in steps),
        "notes": notes_on(model, text),
    }


class AskedAbout(NamedTuple):
    """A text, and the logit of it that is looked into.

    Attributes:
        said: The parts of a `TextAnswer`.
        code: Of the class whose logit it is.
        array: (steps,) the text as the model reads it, without padding; empty where it reads nothing.
        direction: (outputs,) the combination of the model's outputs that is that logit.
    """

    said: dict[str, Any]
    code: int
    array: NDArray[np.int32]
    direction: NDArray[np.float32]


def asked_about(model: FinishedModel, request: ClassRequest[Any]) -> AskedAbout:
    """What a map of a text is made from.

    Raises:
        InspectionError: there is no such class; the message lists those that exist.
    """
    said = told(model, request.text)
    code = chosen_class(model, request.label, said["probabilities"])
    (array,) = model.encoder.encode([request.text])
    return AskedAbout(said, code, array, direction_of(code, len(model.classes)))


def chosen_class(model: FinishedModel, label: str, probabilities: NDArray[np.float64]) -> int:
    """The code of a class; of no label that of the likeliest.

    Raises:
        InspectionError: there is no such class; the message lists those that exist.
    """
    if not label:
        return int(probabilities.argmax())
    if label not in model.classes:
        raise InspectionError(
            "This model has no such class", received=repr(label), remedy=f"Choose from: {', '.join(model.classes)}"
        )
    return model.classes.index(label)


def direction_of(code: int, classes: int) -> NDArray[np.float32]:
    """(outputs,) the combination of a model's outputs that is the logit of a class.

    Of two classes there is one output, the logit of the second; with the other sign it is that of the first.
    """
    if classes == 2:
        return np.array([1.0 if code else -1.0], np.float32)
    direction = np.zeros(classes, np.float32)
    direction[code] = 1.0
    return direction
