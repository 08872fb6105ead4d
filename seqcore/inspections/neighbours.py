"""Neighbours of a word: the words whose vectors point as its own does, now and before training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.neighbours import cosines, nearest, spelt_alike
from seqcore.inspections.contracts import Answer, TextRequest
from seqcore.inspections.known_words import FIRST_ID, has_word_vectors, known_words
from seqcore.inspections.registry import register

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

NEIGHBOURS = "neighbours"
_SUGGESTED = 5
_SHOWN = 40  # characters of what was asked in a sentence


class Neighbour(BaseModel):
    """A word near another.

    Attributes:
        word: As the vocabulary has it.
        now: Cosine of the angle between the two vectors, -1 to 1.
        first: The same before training; None where nobody knows how that began.
    """

    model_config = ConfigDict(frozen=True)

    word: str
    now: float
    first: float | None


class NeighboursAnswer(Answer):
    """Shape: the nearest words of one, now and before training.

    Attributes:
        word: The word that they are near to, as the vocabulary has it; "" where none of what was asked is known.
        now: Its nearest, the nearest first.
        first: Those that were its nearest before training.
        suggestions: Known words that are spelt nearly like one that is not known.
        known: Words that the model knows.
        notes: Sentences to be read first; mostly none.
    """

    word: str
    now: tuple[Neighbour, ...]
    first: tuple[Neighbour, ...]
    suggestions: tuple[str, ...]
    known: int
    notes: tuple[str, ...] = ()


class NeighboursRequest(TextRequest[NeighboursAnswer]):
    """Of which word, and how many."""

    text: str = Field(description="The word; of several, the first that the model knows.")
    top: int = Field(10, ge=1, le=100, description="Neighbours told at most.")


@register(
    NEIGHBOURS,
    label="Neighbours of a word",
    how_to_read="The words whose vectors point most nearly as the word's own does: a cosine of 1 is the same "
    "direction, 0 has nothing to do with it, -1 is the opposite. Beside them those of epoch 0, the random vectors that "
    "training began with, built again from the run's settings and seed: what has changed was learned.",
    how_not_to_read="Near means that the model uses the words alike for this task, not that they mean the same: “good” "
    "and “fun” lie together where both speak for one class. Of few numbers a vector, or of words that stand in few "
    "texts, neighbours are near by chance: look at how near those of epoch 0 are.",
    request=NeighboursRequest,
    answer=NeighboursAnswer,
    applies_to=has_word_vectors,
)
def neighbours(model: FinishedModel, request: NeighboursRequest) -> NeighboursAnswer:
    """Cosines of one row of the table with all others."""
    names = known_words(model)
    said, asked = _asked(model, request.text, names)
    if asked is None:
        alike = spelt_alike(request.text.strip(), names[FIRST_ID:], _SUGGESTED)
        return NeighboursAnswer(
            word="", now=(), first=(), suggestions=tuple(alike), known=len(names) - FIRST_ID,
            notes=(_unknown(request.text, alike),),
        )  # fmt: skip
    table, before = model.vectors.of_words(), model.vectors.first_of_words
    now, first = cosines(table, asked), None if before is None else cosines(before, asked)
    notes = [*said] if first is not None else [*said, "How this model began is not known, so epoch 0 is not told."]
    return NeighboursAnswer(
        word=names[asked],
        now=_nearest(names, asked, now, now, first, request.top),
        first=() if first is None else _nearest(names, asked, first, now, first, request.top),
        suggestions=(),
        known=len(names) - FIRST_ID,
        notes=tuple(notes),
    )


def _nearest(
    names: list[str], asked: int, by: NDArray[np.float64], now: NDArray[np.float64], first: NDArray[np.float64] | None,
    top: int,
) -> tuple[Neighbour, ...]:  # fmt: skip
    rows = nearest(by, (*range(FIRST_ID), asked), top)
    return tuple(Neighbour(word=names[row], now=now[row], first=None if first is None else first[row]) for row in rows)


def _asked(model: FinishedModel, text: str, names: list[str]) -> tuple[list[str], int | None]:
    """The id of the first known word of what was asked, None where there is none, with what is to be said of that."""
    (ids,) = model.encoder.encode([text])
    known = [number for number in ids.tolist() if number >= FIRST_ID]
    if not known:
        return [], None
    if len(ids) == 1:
        return [], known[0]
    return [f"The model reads {len(ids)} tokens there; these are the neighbours of “{names[known[0]]}”."], known[0]


def _unknown(text: str, alike: list[str]) -> str:
    written = " ".join(text.split())
    if not written:
        return "Type a word to see its neighbours."
    called = written if len(written) <= _SHOWN else f"{written[: _SHOWN - 1]}…"
    if not alike:
        return f"This model does not know “{called}”, and no word that is spelt nearly like it."
    return f"This model does not know “{called}”; spelt nearly like it are: {', '.join(alike)}."
