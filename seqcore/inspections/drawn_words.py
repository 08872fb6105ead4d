"""Which words draw attention or attribution over the test texts, class by class."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.word_means import WordMeans, word_means
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.maps_of_many import SCORED, maps_of_many, within_reach
from seqcore.inspections.prediction import words_only
from seqcore.inspections.registry import get_inspection, register
from seqcore.inspections.sampled import sampled
from seqcore.kinds.text.ids import OOV_ID

if TYPE_CHECKING:
    from seqcore.kinds.text import TextEncoder
    from seqcore.worker.runtime.finished_model import FinishedModel

DRAWN_WORDS = "drawn_words"
UNKNOWN = "<OOV>"  # all words that the model does not know: it reads each of them as this one
_UNKNOWN_TOLD = 500


class DrawnWord(BaseModel):
    """A word in the texts of one class.

    Attributes:
        token: As the vocabulary has it; of all words that the model does not know, "<OOV>".
        known: Whether it is in the vocabulary.
        times: How often it stands in the texts of the class.
        texts: In how many of them.
        mean: Of what it gets, over all its places.
        error: Standard error of the mean, texts as the units drawn; None of a word of one text.
        margin: Half the width of the mean's 95 % interval; None of a word of fewer than five texts.
        at_least: The end of that interval that is nearer to 0, by which the words are ranked; 0 where 0 is inside, None
            where there is no interval: such words come after all others.
        total: Sum over all its places.
    """

    model_config = ConfigDict(frozen=True)

    token: str
    known: bool
    times: int
    texts: int
    mean: float
    error: float | None
    margin: float | None
    at_least: float | None
    total: float


class WordsOfClass(BaseModel):
    """What is drawn in the texts of one class.

    Attributes:
        label: The class; "class" in JSON. Scores speak of its logit.
        texts: How many of the texts asked about are of it; perhaps none.
        different: Different words in them.
        words: Those that surely get most first.
    """

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)

    label: str = Field(serialization_alias="class")
    texts: int
    different: int
    words: tuple[DrawnWord, ...]


class DrawnWords(Answer):
    """Shape: words with what they get on average, for each class.

    Attributes:
        method: The map.
        by: Whether a text counts to the class that it is of, or to that which the model answers.
        asked: Test texts that were asked about, all with a word in them.
        drawn: Test texts that were drawn: more, where some have no word or all together are too long.
        classes: In the model's order.
        unknown: Words that the model does not know, as they stand in the texts, the most frequent first; 500 at most.
    """

    method: str
    by: str
    asked: int
    drawn: int
    classes: tuple[WordsOfClass, ...]
    unknown: tuple[str, ...]


class DrawnWordsRequest(Request[DrawnWords]):
    """Which map, of how many texts, and what makes a text one of a class."""

    method: Literal["attention", "gradient_input", "integrated_gradients", "occlusion"] = Field(
        "gradient_input", description=f"The map: {', '.join((ATTENTION, *SCORED))}."
    )
    by: Literal["answer", "truth"] = Field(
        "answer", description="Whether a text counts to the class that the model answers (answer) or is of (truth)."
    )
    most: int = Field(200, ge=1, le=5000, description="Test texts at most; of more, so many are drawn.")
    top: int = Field(1000, ge=1, le=20_000, description="Words told at most of each class.")


@register(
    DRAWN_WORDS,
    label="Words over the test set",
    how_to_read="What a word gets on average where it stands in the test texts of a class: of attention how many times "
    "an even share (1: as much as every other word of its text), of scores what it adds to the logit of the class, "
    "below 0 against it. First come the words that surely get most: ranked by the end of the mean's 95 % interval that "
    "is nearer to 0, so that a word that was seen twice does not outdo one seen 300 times by chance; words of fewer "
    "than five texts come last.",
    how_not_to_read="A word that draws attention is not shown to be used, and a mean mixes all contexts: a word may "
    "speak for the class here and against it there. Of thousands of words some come to the top by chance. A frequent "
    "word that gets little each time may do more in all than the first of the list. Words that the model does not "
    "know are one word to it.",
    request=DrawnWordsRequest,
    answer=DrawnWords,
    applies_to=words_only("no word comes back in other examples"),
)
def drawn_words(model: FinishedModel, request: DrawnWordsRequest) -> DrawnWords:
    """One map of each text: one pass over all of them, or, of the dearer methods, of fewer texts many passes.

    Raises:
        InspectionError: the model has no attention and that was asked for, or the run's test texts are not there or
            damaged.
    """
    if request.method == ATTENTION:
        get_inspection(ATTENTION).refuse_others(model.architecture, model.kind)
    drawn = sampled(model, request.most)
    encoded = model.encoder.encode(drawn.texts)
    rows = within_reach(encoded, request.method)
    read = [encoded[row] for row in rows]
    codes = drawn.labels[rows]
    if request.by == "answer" and read:
        codes = model.answers(read)
    found = maps_of_many(model, read, codes, request.method)
    if request.method == ATTENTION:
        found = [weights * len(weights) for weights in found]  # times an even share
    names = _names(model)
    classes = []
    for code, label in enumerate(model.classes):
        own = np.flatnonzero(codes == code).tolist()
        means = word_means([read[place] for place in own], [found[place] for place in own])
        words = _told(means, names, request.top)
        classes.append(WordsOfClass(label=label, texts=len(own), different=len(means.words), words=words))
    return DrawnWords(
        method=request.method,
        by=request.by,
        asked=len(read),
        drawn=len(drawn.texts),
        classes=tuple(classes),
        unknown=_unknown(model, [drawn.texts[row] for row in rows], read),
    )


def _told(means: WordMeans, names: list[str], top: int) -> tuple[DrawnWord, ...]:
    columns = zip(
        means.words.tolist(), means.times.tolist(), means.texts.tolist(), means.mean.tolist(),
        _or_none(means.error), _or_none(means.margin), _or_none(means.at_least), means.total.tolist(), strict=True,
    )  # fmt: skip
    return tuple(
        DrawnWord(
            token=names[word], known=word != OOV_ID, times=times, texts=texts, mean=mean, error=error, margin=margin,
            at_least=at_least, total=total,
        )
        for (word, times, texts, mean, error, margin, at_least, total), _ in zip(columns, range(top), strict=False)
    )  # fmt: skip


def _or_none(values: NDArray[np.float64]) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _encoder(model: FinishedModel) -> TextEncoder:
    return cast("TextEncoder", model.encoder)  # of a model that reads texts


def _names(model: FinishedModel) -> list[str]:
    """Of each id the word that it stands for."""
    names = [UNKNOWN] * _encoder(model).size
    for word, number in _encoder(model).vocabulary.items():
        names[number] = word
    names[OOV_ID] = UNKNOWN
    return names


def _unknown(model: FinishedModel, texts: list[str], read: list[NDArray[np.int32]]) -> tuple[str, ...]:
    """What of the texts the model does not know, as normalisation left it."""
    counts = Counter(
        token.text
        for text, array in zip(texts, read, strict=True)
        if (array == OOV_ID).any()
        for token in _encoder(model).tokens(text)
        if token.id == OOV_ID
    )
    return tuple(word for word, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:_UNKNOWN_TOLD])
