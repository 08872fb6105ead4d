"""What inspections ask and answer, in a few typed shapes: whoever can draw a shape can draw every answer of it.

Arrays stay NumPy arrays from the model to the page; `model_dump(mode="json")` makes lists of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, computed_field, model_validator

from seqcore.kinds import Step

MATRIX_DIGITS = 6  # of a matrix as JSON, which is large
_SLACK = 1e-3  # by which numbers that sum to 1 may miss it in 32 bits


def _array(dtype: type[np.number[Any]], dimensions: int) -> Callable[[Any], NDArray[Any]]:
    def read(value: Any) -> NDArray[Any]:
        array = np.asarray(value, dtype=dtype)
        if array.ndim != dimensions:
            raise ValueError(f"an array of {dimensions} dimensions is wanted, not of {array.ndim}")
        return array

    return read


def _as_list(array: NDArray[Any]) -> list[Any]:
    return list(array.tolist())


def _rounded(array: NDArray[Any]) -> list[Any]:
    return list(array.astype(float).round(MATRIX_DIGITS).tolist())


OneProbabilityAClass = Annotated[
    NDArray[np.float64], PlainValidator(_array(np.float64, 1)), PlainSerializer(_as_list, when_used="json")
]  # (classes,)
OneNumberAText = OneProbabilityAClass  # (texts,)
Probabilities = Annotated[
    NDArray[np.float64], PlainValidator(_array(np.float64, 2)), PlainSerializer(_as_list, when_used="json")
]  # (examples, classes)
Matrices = Annotated[
    NDArray[np.float32], PlainValidator(_array(np.float32, 4)), PlainSerializer(_rounded, when_used="json")
]  # (layers, heads, looking step, step looked at), every row summing to 1
SmallMatrix = Annotated[
    NDArray[np.float16], PlainValidator(_array(np.float16, 2)), PlainSerializer(_rounded, when_used="json")
]  # (looking step, step looked at), shares to three digits in two bytes each
Shades = Annotated[
    NDArray[np.uint8], PlainValidator(_array(np.uint8, 4)), PlainSerializer(_as_list, when_used="json")
]  # (layers, heads, rows, columns), 0 to 255

Grid = Annotated[
    NDArray[np.float32], PlainValidator(_array(np.float32, 2)), PlainSerializer(_rounded, when_used="json")
]  # (steps, units)
ExactGrid = Annotated[
    NDArray[np.float64], PlainValidator(_array(np.float64, 2)), PlainSerializer(_as_list, when_used="json")
]  # (steps, units) that add up to the last digit
ExactRow = Annotated[
    NDArray[np.float64], PlainValidator(_array(np.float64, 1)), PlainSerializer(_as_list, when_used="json")
]  # (steps,) or (units,)


class Answer(BaseModel):
    """What an inspection found; every answer is one of the shapes below, or adds to one."""

    model_config = ConfigDict(frozen=True)


AnswerT = TypeVar("AnswerT", bound=Answer)


class Request(BaseModel, Generic[AnswerT]):
    """What an inspection is asked; unknown names are refused. `Request[SomeAnswer]` is answered by a `SomeAnswer`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def large(self) -> bool:
        """Whether its answer may take megabytes, so that whoever remembers answers keeps few of them."""
        return False


class TextRequest(Request[AnswerT], Generic[AnswerT]):
    """About one text."""

    text: str = Field(description="The text to look into.")


class ExampleRequest(TextRequest[AnswerT], Generic[AnswerT]):
    """About one example: a text, or what the kind of the model's data writes of another example."""

    row: int | None = Field(None, ge=1, description="In place of a text: the row of the run's data set, from 1.")

    @model_validator(mode="before")
    @classmethod
    def _without_text(cls, values: Any) -> Any:
        """A row stands in the place of the text."""
        return {"text": "", **values} if isinstance(values, Mapping) and values.get("row") is not None else values

    @model_validator(mode="after")
    def _one_example(self) -> ExampleRequest[AnswerT]:
        if self.text and self.row is not None:
            raise ValueError("one example is asked about: a text or a row, and not both")
        return self


class ClassRequest(ExampleRequest[AnswerT], Generic[AnswerT]):
    """About one example and one class."""

    label: str = Field("", description="The class that is spoken of; by default the model's answer.")


class ExamplesRequest(Request[AnswerT], Generic[AnswerT]):
    """About several examples: texts, or what the kind of the model's data writes of other examples."""

    texts: tuple[str, ...] = Field(description="The texts, any number of them.")
    rows: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (), description="In place of texts: rows of the run's data set, from 1."
    )

    @model_validator(mode="before")
    @classmethod
    def _without_texts(cls, values: Any) -> Any:
        """Rows stand in the place of texts."""
        return {"texts": (), **values} if isinstance(values, Mapping) and values.get("rows") else values

    @model_validator(mode="after")
    def _one_form(self) -> ExamplesRequest[AnswerT]:
        if self.texts and self.rows:
            raise ValueError("examples are texts or rows, and not both")
        return self


class ClassProbabilities(Answer):
    """Shape: the probability of every class, for each of several examples.

    Attributes:
        classes: Labels as the user wrote them.
        probabilities: (examples, classes), every row summing to 1.
        known: Whether the model knows anything of each example (of a text: a word); empty where it knows of all.
    """

    classes: tuple[str, ...]
    probabilities: Probabilities
    known: tuple[bool, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def predictions(self) -> tuple[str, ...]:
        """The likeliest class of each example."""
        return tuple(self.classes[code] for code in self.probabilities.argmax(axis=1))

    @classmethod
    def joined(cls, parts: Iterable[ClassProbabilities]) -> ClassProbabilities:
        """Answers of one model to several requests, one after the other; at least one."""
        first, *others = parts = list(parts)
        rows = np.concatenate([first.probabilities, *(part.probabilities for part in others)])
        known = tuple(each for part in parts for each in part.all_known())
        return cls(classes=first.classes, probabilities=rows, known=known)

    def among(self, there: Sequence[bool]) -> ClassProbabilities:
        """The answers in their places among examples of which some were not asked about: those have equal shares."""
        places = np.flatnonzero(np.asarray(there, bool))
        rows = np.full((len(there), len(self.classes)), 1 / max(1, len(self.classes)))
        rows[places] = self.probabilities
        known = np.zeros(len(there), bool)
        known[places] = self.all_known()
        return ClassProbabilities(classes=self.classes, probabilities=rows, known=tuple(known.tolist()))

    def all_known(self) -> tuple[bool, ...]:
        """Whether the model knows anything of each example, said of every one."""
        return self.known or (True,) * len(self.probabilities)


class TextAnswer(Answer):
    """About one text, with what the model says of it.

    Attributes:
        text: As it was given.
        classes: Labels as the user wrote them.
        probabilities: (classes,), summing to 1.
        notes: Sentences to be read first: no known word, cut text; mostly none.
    """

    text: str
    classes: tuple[str, ...]
    probabilities: OneProbabilityAClass
    notes: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def prediction(self) -> str:
        """The likeliest class."""
        return self.classes[int(self.probabilities.argmax())]


class StepsRead(Answer):
    """Shape: the steps of a text that a model read; whoever adds to it has something for each of them.

    Attributes:
        text: As it was given.
        tokens: The steps as they stand in the text, in order; none where nothing of it was read.
        spans: Where each begins and ends in the text, as Python indices.
        known: Whether the model met each in training.
        notes: What has to be said first: that nothing was read, that no word is known, that the text was cut.
    """

    text: str
    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    known: tuple[bool, ...]
    notes: tuple[str, ...] = ()


class WeighedStep(BaseModel):
    """One step of a text with its weight.

    Attributes:
        token: The step as it stands in the text.
        start: Where it begins in the text, as a Python index.
        end: Where it ends.
        weight: Its share.
        known: Whether the model met it in training.
    """

    model_config = ConfigDict(frozen=True)

    token: str
    start: int
    end: int
    weight: float
    known: bool = True


def weighed(steps: Sequence[Step], weights: NDArray[np.floating[Any]]) -> tuple[WeighedStep, ...]:
    """Steps with a weight each; where nothing was read there are weights and no steps."""
    return tuple(
        WeighedStep(token=step.name, start=step.start, end=step.end, weight=weight, known=step.known)
        for step, weight in zip(steps, weights[: len(steps)].tolist(), strict=True)
    )


class StepWeights(TextAnswer):
    """Shape: a weight for every step of a text that the model read; together 1.

    Attributes:
        tokens: The steps in their order; none where nothing of the text was read.
    """

    tokens: tuple[WeighedStep, ...]

    @model_validator(mode="after")
    def _sum_to_one(self) -> StepWeights:
        total = sum(step.weight for step in self.tokens)
        if self.tokens and abs(total - 1) > _SLACK:
            raise ValueError(f"weights of steps sum to 1, not to {total:g}")
        return self


class StepMatrices(StepWeights):
    """Shape: how much every step looks at every other, and the mean of it as a weight for every step.

    Attributes:
        layers: Layers that look; 0 where the model has no such matrices.
        heads: Heads of each layer.
        matrix: What each head of each layer looks at; None where there is none, or no step was read.
        averaged: Whether these are the means over all heads, of each layer or of all, because the text is long.
    """

    layers: int = 0
    heads: int = 0
    matrix: Matrices | None = None
    averaged: bool = False


class ScoredStep(BaseModel):
    """One step of a text with its score.

    Attributes:
        token: The step as it stands in the text.
        start: Where it begins in the text, as a Python index.
        end: Where it ends.
        score: What it adds to the logit of the class; below 0 it speaks against the class.
        known: Whether the model met it in training.
    """

    model_config = ConfigDict(frozen=True)

    token: str
    start: int
    end: int
    score: float
    known: bool = True


def scored(steps: Sequence[Step], scores: NDArray[np.floating[Any]]) -> tuple[ScoredStep, ...]:
    """Steps with a score each."""
    return tuple(
        ScoredStep(token=step.name, start=step.start, end=step.end, score=score, known=step.known)
        for step, score in zip(steps, scores.tolist(), strict=True)
    )


class StepScores(TextAnswer):
    """Shape: a signed score for every step of a text that the model read, in logits of one class.

    With two classes the logit of a class is its log-odds, ln p/(1 - p): the model's single output for the second
    class, the same with the other sign for the first. With more it is the class's own output before the softmax.

    Attributes:
        label: The class that the scores speak of; "class" in JSON.
        tokens: The steps in their order; none where nothing of the text was read.
        by_channel: (steps, channels) of an example of numbers, where a method tells the channels apart: what each adds
            to the score of its step; else None.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    label: str = Field(serialization_alias="class")
    tokens: tuple[ScoredStep, ...]
    by_channel: ExactGrid | None = None
