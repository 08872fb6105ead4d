"""What every answer about one text begins with: what the model says of it, and what has to be known first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import InspectionError
from seqcore.inspections.contracts import ClassRequest
from seqcore.inspections.prediction import KNOWS_NO_WORD
from seqcore.kinds import get_kind

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel


NO_KNOWN_WORD = f"This model {KNOWS_NO_WORD}: its answer says nothing about them."

IN_WINDOWS = {
    "mean": "The model reads this text in {} windows of {:,} tokens; its answer is the mean of their probabilities, "
    "and a map adds up what every window says of a token.",
    "largest": "The model reads this text in {} windows of {:,} tokens; its answer, and a map of it, is that of the "
    "window that is surest.",
}


def told(model: FinishedModel, example: Any, probabilities: NDArray[np.float64] | None = None) -> dict[str, Any]:
    """The parts of a `TextAnswer`.

    Args:
        model: Who is asked.
        example: About what: a text, or whatever else it reads.
        probabilities: (classes,) what it says of it; asked here when it is not known yet.
    """
    if probabilities is None:
        (probabilities,) = model.probabilities([example])
    about = {"text": _called(model, example), "notes": notes_on(model, example)}
    return {**about, "classes": model.classes, "probabilities": probabilities}


def nothing_read(example: str = "text") -> str:
    """What is said where a model reads nothing of what is called so."""
    return f"The model reads nothing of this {example}: its answer is what it says of no {example} at all."


def notes_on(model: FinishedModel, example: Any) -> tuple[str, ...]:
    """What has to be said before an answer about an example; mostly nothing."""
    steps, kind = model.encoder.steps(example), get_kind(model.kind)
    if not steps:
        return (nothing_read(kind.example),)
    written = int(model.encoder.lengths([example])[0])
    cut = (
        f"The model reads {len(steps):,} of the {written:,} {kind.steps} of this {kind.example}; the others change "
        "nothing."
    )
    parts = model.encoder.windows(len(steps))
    if len(parts) > 1:
        cut = IN_WINDOWS[model.encoder.pooling].format(len(parts), parts[0].stop)
    unknown = isinstance(example, str) and not any(step.known for step in steps)
    return ((NO_KNOWN_WORD,) if unknown else ()) + ((cut,) if written > len(steps) or len(parts) > 1 else ())


def _called(model: FinishedModel, example: Any) -> str:
    """What stands for an example in an answer: the text itself; of others how long it is."""
    if isinstance(example, str):
        return example
    kind, steps = get_kind(model.kind), int(model.encoder.lengths([example])[0])
    return f"{kind.example} of {steps:,} {kind.step if steps == 1 else kind.steps}"


def steps_read(model: FinishedModel, example: Any) -> dict[str, Any]:
    """The parts of a `StepsRead`."""
    steps = model.encoder.steps(example)
    return {
        "text": _called(model, example),
        "tokens": tuple(step.name for step in steps),
        "spans": tuple((step.start, step.end) for step in steps),
        "known": tuple(step.known for step in steps),
        "notes": notes_on(model, example),
    }


class AskedAbout(NamedTuple):
    """An example, and the logit of it that is looked into.

    Attributes:
        example: The text, or whatever else the model reads.
        said: The parts of a `TextAnswer`.
        code: Of the class whose logit it is.
        array: (steps,) or (steps, channels) as the model reads it, without padding; empty where it reads nothing.
        direction: (outputs,) the combination of the model's outputs that is that logit.
    """

    example: Any
    said: dict[str, Any]
    code: int
    array: NDArray[Any]
    direction: NDArray[np.float32]


def asked_about(model: FinishedModel, request: ClassRequest[Any]) -> AskedAbout:
    """What a map of an example is made from.

    Raises:
        InspectionError: there is no such class; the message lists those that exist. Or no such example.
    """
    example = model.example(request)
    said = told(model, example)
    code = chosen_class(model, request.label, said["probabilities"])
    (array,) = model.encoder.encode([example])
    return AskedAbout(example, said, code, array, direction_of(code, len(model.classes)))


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
