"""The smallest change of a single word that makes a model answer otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.flips import KINDS, change_told, tried_told
from seqcore.inspections.contracts import OneProbabilityAClass, TextAnswer, TextRequest
from seqcore.inspections.flip_search import FlipSearch
from seqcore.inspections.prediction import words_only
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import told
from seqcore.kinds.text.word_edits import EditKind

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

FLIPS = "flips"
MOST_TRIED = 240  # changes of one text: an answer that nobody waits for
_COUNTS = ("tried", "possible", "flipped")


class Change(BaseModel):
    """A change of one word, and what the model answers to the text that it makes.

    Attributes:
        kind: swap (with the next word), remove, mask (an unknown word in its place), insert (before it), replace.
        position: Number of the word, from 1.
        start: Where the change begins in the text as it was given, as a Python index.
        end: Where it ends.
        before: What stood there.
        after: What stands there instead.
        text: The text as it is then; what the model says is its answer to exactly this.
        prediction: The likeliest class of it.
        probabilities: (classes,) of it.
        flips: Whether that is another class than before.
    """

    model_config = ConfigDict(frozen=True)

    kind: EditKind
    position: int
    start: int
    end: int
    before: str
    after: str
    text: str
    prediction: str
    probabilities: OneProbabilityAClass
    flips: bool


class Tried(BaseModel):
    """How many changes of a kind were tried.

    Attributes:
        kind: As in `Change`.
        tried: Texts that were answered.
        possible: How many there are.
        flipped: How many of those tried flip the answer.
    """

    model_config = ConfigDict(frozen=True)

    kind: EditKind
    tried: int
    possible: int
    flipped: int


class FlipsAnswer(TextAnswer):
    """Shape: changes of single words that flip an answer, the smallest first.

    Attributes:
        words: Words that the model reads.
        flips: The smallest changes that flip the answer, three of each kind at most; `[0]` is the smallest.
        moves_most: The change that moves the answer furthest from what it was; None where there is no word.
        tried: What was tried, by kind from the smallest.
        sentence: What all this says.
    """

    words: int
    flips: tuple[Change, ...]
    moves_most: Change | None
    tried: tuple[Tried, ...]
    sentence: str


class FlipsRequest(TextRequest[FlipsAnswer]):
    """The text, and how much may be tried."""

    most: int = Field(MOST_TRIED, ge=1, le=20_000, description="Changed texts that are answered at most.")


@register(
    FLIPS,
    label="What would flip it",
    how_to_read="The smallest change of one word after which the model answers otherwise: two neighbours swapped, a "
    "word removed, hidden behind an unknown one, added, or replaced, in this order; of a kind the one that flips most "
    "clearly. Each was put to the model as a text. A small change that flips an answer shows that it hangs by a "
    "word.",
    how_not_to_read="Only some of all words can be tried in each place, so another change may be smaller, and none "
    "found is no proof that there is none. The changed text may be nonsense, or mean something else, so that another "
    "answer is right; what is found is about the model, not about the world.",
    request=FlipsRequest,
    answer=FlipsAnswer,
    applies_to=words_only("there is no other word to put in the place of a number"),
)
def flips(model: FinishedModel, request: FlipsRequest) -> FlipsAnswer:
    """As many changed texts as are asked for, each encoded anew, answered in batches.

    Every swap, removal and mask, as far as half of what may be tried goes, else of the words that count most; words
    of the model's own vocabulary where a first-order estimate is highest (see `Estimates`); then the word whose real
    answer moved most, in every other place. No more than `FinishedModel.most_passes`.
    """
    said = told(model, request.text)
    search = FlipSearch(model, request.text, request.most, said["probabilities"])
    search.run()
    changes = [_change(model, search, number) for number in search.best()]
    nearest = _change(model, search, int(search.margins.argmax())) if search.edits else None
    tried = [Tried(kind=kind, **dict(zip(_COUNTS, search.tried(kind), strict=True))) for kind in KINDS]
    return FlipsAnswer(
        **said,
        words=len(search.wording.spans),
        flips=tuple(changes),
        moves_most=nearest,
        tried=tuple(tried),
        sentence=_sentence(said["probabilities"], model.classes, changes, nearest, tried),
    )


def _change(model: FinishedModel, search: FlipSearch, number: int) -> Change:
    edit, row = search.edits[number], search.rows[number]
    prediction = model.classes[int(row.argmax())]
    return Change(**vars(edit), prediction=prediction, probabilities=row, flips=search.flips(number))


def _sentence(
    before: NDArray[np.float64],
    classes: Sequence[str],
    found: Sequence[Change],
    nearest: Change | None,
    tried: Sequence[Tried],
) -> str:
    said = classes[int(before.argmax())]
    number = sum(each.tried for each in tried)
    if nearest is None:
        return "Nothing of this text is read, so there is no word to change."
    how = tried_told({each.kind: (each.tried, each.possible) for each in tried})
    if found:
        first = found[0]
        flipped = sum(each.flipped for each in tried)
        what = change_told(first.kind, first.before, first.after, first.position)
        return (
            f"{said} becomes {first.prediction} when {what}. Of {number:,} single-word changes tried, {flipped:,} flip "
            f"the answer: {how}."
        )
    code = int(before.argmax())
    moved = float(before[code] - nearest.probabilities[code])
    what = change_told(nearest.kind, nearest.before, nearest.after, nearest.position)
    return (
        f"No single-word change of the {number:,} tried flips the answer {said}: {how}. It moves most when {what}: by "
        f"{100 * moved:.1f} points."
    )
