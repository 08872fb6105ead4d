"""What the units of a recurrent layer do: which go with the answer, and the words and texts that drive one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.cells import CellKind, Direction, ReadCell
from seqcore.inspections.choosing import existing, place_of_cell
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.gates import has_cells
from seqcore.inspections.prediction import words_only
from seqcore.inspections.registry import register
from seqcore.inspections.sampled import Sampled, sampled

if TYPE_CHECKING:
    from seqcore.architectures import Architecture
    from seqcore.worker.runtime.finished_model import FinishedModel

UNITS = "units"
FEWEST = 3  # times that a word stands in the texts for its mean to be told
_STILL = 1e-12  # what rounding makes of a column that never changes


class UnitDoes(BaseModel):
    """One unit over all words of the texts.

    Attributes:
        unit: Its number, from 0.
        correlation: Of its mean over the words of a text with the probability of `label`, over the texts; -1 to 1.
        label: The class with which it goes together, or against which it goes, the most.
        spread: Standard deviation of its hidden state over all words.
        mean: Mean of the same.
    """

    model_config = ConfigDict(frozen=True)

    unit: int
    correlation: float
    label: str
    spread: float
    mean: float


class DrivenText(BaseModel):
    """A text in which the unit peaks.

    Attributes:
        row: Its place among the test texts, from 0.
        text: As it was written.
        label: Its class.
        prediction: What the model says of it.
        position: Number of the step at the peak, from 1.
        token: The step there.
        start: Where it begins in the text, as a Python index.
        end: Where it ends.
        value: Hidden state after the step.
    """

    model_config = ConfigDict(frozen=True)

    row: int
    text: str
    label: str
    prediction: str
    position: int
    token: str
    start: int
    end: int
    value: float


class DrivingWord(BaseModel):
    """A word at which the unit moves.

    Attributes:
        token: In lower case.
        change: Mean of what the hidden state is after it less what it was before.
        times: How often it stands in the texts.
    """

    model_config = ConfigDict(frozen=True)

    token: str
    change: float
    times: int


class UnitsAnswer(Answer):
    """Shape: the units of a layer in order, and what drives one.

    Attributes:
        layer: Number of the layer, from 1.
        cell: What it computes.
        direction: Which way it reads.
        asked: Test texts with a word in them that were read.
        units: All units, those that go with the answer the most first.
        unit: The one that texts and words are told of.
        texts: Where it peaks, the furthest from 0 first, one peak a text.
        words: Those that move it, the furthest first.
    """

    layer: int
    cell: CellKind
    direction: Direction
    asked: int
    units: tuple[UnitDoes, ...]
    unit: int
    texts: tuple[DrivenText, ...]
    words: tuple[DrivingWord, ...]


class UnitsRequest(Request[UnitsAnswer]):
    """Which layer and unit, and how many texts."""

    layer: int = Field(0, ge=0, description="Number of the recurrent layer, from 1; 0: the last.")
    direction: Direction = Field("forward", description="Which way the cell reads.")
    unit: int | None = Field(None, ge=0, description="Number of the unit, from 0; without: the first in the order.")
    top: int = Field(10, ge=1, le=100, description="Texts and words told at most.")
    most: int = Field(200, ge=1, le=5000, description="Test texts at most; of more, so many are drawn.")


def has_cells_that_read_words(architecture: Architecture, kind: str) -> str | None:
    """Why it cannot be told which words drive a unit."""
    return has_cells(architecture, kind) or words_only("what drives a unit is told in words")(architecture, kind)


@register(
    UNITS,
    label="What units do",
    how_to_read="Units that go with the answer come first: a correlation of 1 means that the unit is high in texts to "
    "which the model gives that class, -1 that it is low in them. For one unit, the test texts in which it goes "
    "furthest from 0, with the word where it does, and the words at which it moves the most on average.",
    how_not_to_read="A unit that goes with the answer does not have to make it: many go together, and what one holds "
    "counts only through the weights above it. Words that drive a unit in these texts may do nothing in others, and a "
    "name for what a unit does is a guess until words are changed and it answers as guessed.",
    request=UnitsRequest,
    answer=UnitsAnswer,
    applies_to=has_cells_that_read_words,
)
def units(model: FinishedModel, request: UnitsRequest) -> UnitsAnswer:
    """Two readings of the texts: one that orders the units, one for the chosen unit. No more than a batch is kept.

    Raises:
        InspectionError: no such layer or unit, or the run's test texts are not there or damaged.
    """
    layer = request.layer or model.states.cells[-1].layer
    place = place_of_cell(model.states.cells, layer, request.direction)
    cell = model.states.cells[place]
    if request.unit is not None:
        existing("unit", [request.unit], range(cell.units))
    drawn = sampled(model, request.most)
    encoded = model.encoder.encode(drawn.texts)
    read = [row for row, array in enumerate(encoded) if len(array)]
    probabilities = model.of_encoded([encoded[row] for row in read]) if read else np.zeros((0, len(model.classes)))

    def reading() -> Iterator[tuple[int, ReadCell]]:
        found = model.states.of_many([encoded[row] for row in read]) if read else ()
        return ((number, example.cells[place]) for number, example in found)

    ordered = _ordered(reading(), probabilities, model.classes, cell.units)
    unit = ordered[0].unit if request.unit is None else request.unit
    lines = {read[number]: found.line(unit) for number, found in reading()}
    return UnitsAnswer(
        layer=layer,
        cell=cell.kind,
        direction=request.direction,
        asked=len(read),
        units=ordered,
        unit=unit,
        texts=_peaks(model, drawn, {row: after for row, (_, after) in lines.items()}, request.top),
        words=_words(model, drawn, {row: after - before for row, (before, after) in lines.items()}, request.top),
    )


def _ordered(
    reading: Iterable[tuple[int, ReadCell]], probabilities: NDArray[np.float64], classes: tuple[str, ...], size: int
) -> tuple[UnitDoes, ...]:
    means = np.zeros((len(probabilities), size))
    words, sums, squares = 0, np.zeros(size), np.zeros(size)
    for number, found in reading:
        hidden = found.hidden.astype(np.float64)
        means[number] = hidden.mean(axis=0)
        words, sums, squares = words + len(hidden), sums + hidden.sum(axis=0), squares + (hidden**2).sum(axis=0)
    mean = sums / max(words, 1)
    spread = np.sqrt(np.maximum(squares / max(words, 1) - mean**2, 0))
    together = _correlations(means, probabilities)
    likeliest = np.abs(together).argmax(axis=1)
    strength = together[np.arange(size), likeliest]
    return tuple(
        UnitDoes(
            unit=unit,
            correlation=strength[unit],
            label=classes[likeliest[unit]],
            spread=spread[unit],
            mean=mean[unit],
        )
        for unit in np.lexsort((-spread, -np.abs(strength))).tolist()
    )


def _correlations(columns: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pearson's, of every column with every other, (columns, others); 0 where one of the two never changes."""
    if not len(columns):
        return np.zeros((columns.shape[1], others.shape[1]))
    first, second = (values - values.mean(axis=0) for values in (columns, others))
    norms = np.outer(np.linalg.norm(first, axis=0), np.linalg.norm(second, axis=0))
    found: NDArray[np.float64] = np.divide(first.T @ second, norms, out=np.zeros(norms.shape), where=norms > _STILL)
    return found


def _peaks(
    model: FinishedModel, drawn: Sampled, lines: dict[int, NDArray[np.float32]], top: int
) -> tuple[DrivenText, ...]:
    peaks = {row: int(np.abs(line).argmax()) for row, line in lines.items()}
    furthest = sorted(peaks, key=lambda row: (-abs(float(lines[row][peaks[row]])), row))[:top]
    answers = model.probabilities([drawn.texts[row] for row in furthest]).argmax(axis=1)
    found = []
    for row, answer in zip(furthest, answers, strict=True):
        step = model.encoder.steps(drawn.texts[row])[peaks[row]]
        found.append(
            DrivenText(
                row=drawn.rows[row],
                text=drawn.texts[row],
                label=model.classes[drawn.labels[row]],
                prediction=model.classes[answer],
                position=peaks[row] + 1,
                token=step.name,
                start=step.start,
                end=step.end,
                value=lines[row][peaks[row]],
            )
        )
    return tuple(found)


def _words(
    model: FinishedModel, drawn: Sampled, changes: dict[int, NDArray[np.float32]], top: int
) -> tuple[DrivingWord, ...]:
    of_word: dict[str, list[float]] = defaultdict(list)
    for row, change in changes.items():
        for step, moved in zip(model.encoder.steps(drawn.texts[row]), change.tolist(), strict=True):
            of_word[step.name.casefold()].append(moved)
    told = [
        DrivingWord(token=word, change=float(np.mean(moved)), times=len(moved))
        for word, moved in of_word.items()
        if len(moved) >= FEWEST
    ]
    return tuple(sorted(told, key=lambda each: (-abs(each.change), each.token))[:top])
