"""Reading along: what a model says after each word of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, computed_field

from seqcore.architectures.recurrent import is_recurrent
from seqcore.inspections.contracts import ExampleRequest, OneProbabilityAClass, Probabilities, StepsRead
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import steps_read

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

READING_ALONG = "reading_along"
MOST_POINTS = 256  # of an answer by prefixes
_BY_STEP = ("tokens", "spans", "known")
Points = Literal["states", "prefixes"]


class Change(BaseModel):
    """Where the likeliest class becomes another.

    Attributes:
        position: Number of the step, from 1.
        token: The step.
        before: Likeliest class after the step of the point before.
        after: Likeliest class from here on.
    """

    model_config = ConfigDict(frozen=True)

    position: int
    token: str
    before: str
    after: str


class AlongAnswer(StepsRead):
    """Shape: the probability of every class after each step of a text.

    Where a long text is answered at some of its steps only, `tokens`, `spans`, `known` are those steps'.

    Attributes:
        classes: Labels as the user wrote them.
        probabilities: (tokens, classes), every row summing to 1; the last is what the model says of the text.
        positions: Number of the step that each row stands at, from 1.
        steps: How many the model read.
        points: Whether a row is what the states of one reading say, or the answer to the text cut there.
        knows_what_follows: Whether earlier rows know what stands behind them, as a model that reads both ways does.
        whole_text: (classes,), what the model says of the whole text, also of one without a step.
    """

    classes: tuple[str, ...]
    probabilities: Probabilities
    positions: tuple[int, ...]
    steps: int
    points: Points
    knows_what_follows: bool
    whole_text: OneProbabilityAClass

    @computed_field  # type: ignore[prop-decorator]
    @property
    def prediction(self) -> str:
        """The likeliest class of the whole text."""
        return self.classes[int(self.whole_text.argmax())]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change of mind, in order."""
        return tuple(_changes(self))


class AlongRequest(ExampleRequest[AlongAnswer]):
    """The text, and what a point of the curve is."""

    points: Points = Field(
        "states",
        description="states: what the states of one reading say after each step, where the model has states; "
        "prefixes: its answer to the text cut there.",
    )


@register(
    READING_ALONG,
    label="Reading along",
    how_to_read="The probability of every class after each word; at the last word it is the model's answer. A step in "
    "the curve is a word that the model took as evidence. A model that reads forward knows nothing of what follows. In "
    "one that reads both ways the backward half has read the whole text before the first point; a model without states "
    "(a CNN, a transformer, a bag of words) answers the text cut after each word.",
    how_not_to_read="A text cut in the middle is unlike any that the model learned from, and it learned to be right at "
    "the end only: a swing in the middle is no error. The word at which the curve moves may only complete what earlier "
    "words began.",
    of_moments="The probability after each moment; at the last it is the model's answer. A model that reads forward "
    "knows nothing of what follows; one without states answers the example cut there. It learned to be right "
    "at the end only: a swing in the middle is no error.",
    request=AlongRequest,
    answer=AlongAnswer,
    applies_to=reads_examples,
)
def reading_along(model: FinishedModel, request: AlongRequest) -> AlongAnswer:
    """One reading where states tell everything, else the text cut after each step, in batches that fit.

    Of a long text it is cut at some steps only, evenly spread: at `MOST_POINTS` at most, and at no more than
    `FinishedModel.most_passes`, so that the time does not grow with the square of the text.
    """
    example = model.example(request)
    said, array = steps_read(model, example), model.read(example)
    along = _from_states(model, array) if request.points == "states" else None
    if along is None:
        positions = cuts(len(array), model.most_passes(len(array)))
        rows = model.of_encoded([array[:position] for position in positions])
    else:
        positions, rows = np.arange(1, len(array) + 1), along
    steps = len(said["tokens"])
    positions, answered = (positions, rows) if steps else (positions[:0], rows[:0])
    return AlongAnswer(
        **said | {name: tuple(said[name][position - 1] for position in positions) for name in _BY_STEP},
        classes=model.classes,
        probabilities=answered,
        positions=positions.tolist(),
        steps=steps,
        points="prefixes" if along is None else "states",
        knows_what_follows=along is not None and model.states.read_backward,
        whole_text=model.of_encoded([array])[0],
    )


def cuts(steps: int, most: int) -> NDArray[np.int64]:
    """Steps, from 1, after which a text of so many is cut, evenly spread and `most` at most; the last is the end."""
    points = min(steps, most, MOST_POINTS)
    return np.linspace(steps / points, steps, points).round().astype(np.int64)


def _from_states(model: FinishedModel, array: NDArray[np.int32]) -> NDArray[np.float64] | None:
    return model.along_states(array) if is_recurrent(model.architecture) else None


def _changes(answer: AlongAnswer) -> Iterator[Change]:
    likeliest: NDArray[np.int64] = answer.probabilities.argmax(axis=1)
    for place in np.flatnonzero(np.diff(likeliest)) + 1:
        before, after = (answer.classes[likeliest[each]] for each in (place - 1, place))
        yield Change(position=answer.positions[place], token=answer.tokens[place], before=before, after=after)
