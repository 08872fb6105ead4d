"""Words in a plane: where the vectors that a model learned for its words lie, and which class each word stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.plane import Method
from seqcore.analysis.speaks_for import spoken_for
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.known_words import FIRST_ID, has_word_vectors, known_words, texts_of_class_with
from seqcore.inspections.registry import register
from seqcore.inspections.sampled import sampled

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

WORD_PLANE = "word_plane"
MOST_POINTS = 5000
MOST_BY_NEIGHBOURS = 1000  # points that t-SNE lays out: its time grows with them, a few seconds for these


class WordPoint(BaseModel):
    """A word.

    Attributes:
        word: As the vocabulary has it.
        x: Along the first axis.
        y: Along the second.
        texts: Of the test texts that were counted, those with the word in the part that the model reads.
        label: The class that it stands for: that whose test texts have it more often than chance would give by the
            most standard errors; "" where these are fewer than two, or the word stands in fewer than five texts.
        surplus: By how many.
    """

    model_config = ConfigDict(frozen=True)

    word: str
    x: float
    y: float
    texts: int
    label: str
    surplus: float


class PlaneAnswer(Answer):
    """Shape: points in a plane, and how they came there.

    Attributes:
        method: How they were laid out: "pca" also where t-SNE had too few points.
        explained: Share of the variance that each axis shows; None for t-SNE.
        perplexity: Of t-SNE; None for PCA.
        size: Numbers that each vector has.
        classes: Labels as the user wrote them.
        notes: Sentences to be read first; mostly none.
    """

    method: Method
    explained: tuple[float, float] | None
    perplexity: float | None
    size: int
    classes: tuple[str, ...]
    notes: tuple[str, ...] = ()


class WordPlaneAnswer(PlaneAnswer):
    """Words, those in most test texts first, of equal ones those that were the more frequent in the training texts.

    Attributes:
        known: Words that the model knows.
        counted: Test texts in which they were counted.
        words: Those that are laid out.
    """

    known: int
    counted: int
    words: tuple[WordPoint, ...]


class WordPlaneRequest(Request[WordPlaneAnswer]):
    """How the words are laid out, and how many."""

    method: Method = Field("pca", description="pca: the two directions of most variance; tsne: neighbours stay close.")
    words: int = Field(500, ge=1, le=MOST_POINTS, description="Words at most; by t-SNE 1,000 of them at most.")
    most: int = Field(2000, ge=1, le=100_000, description="Test texts in which words are counted, at most.")


@register(
    WORD_PLANE,
    label="Words in a plane",
    how_to_read="Each point is a word; words that the model uses alike have vectors that are alike and lie together. "
    "PCA shows the two directions in which the vectors differ most; a word's class is the one whose test texts have it "
    "more often than chance would give, by two standard errors or more and in five texts at least.",
    how_not_to_read="PCA hides all variance but the share that is named, so what lies together may be far apart; in "
    "t-SNE sizes of clusters and distances between far ones mean nothing (Wattenberg et al. 2016). The classes come "
    "from the texts, not from the model, and each is given to about one word in fifty by chance.",
    request=WordPlaneRequest,
    answer=WordPlaneAnswer,
    applies_to=has_word_vectors,
)
def word_plane(model: FinishedModel, request: WordPlaneRequest) -> WordPlaneAnswer:
    """Count the words of test texts, and lay out the vectors of the most frequent.

    Raises:
        InspectionError: the run's test texts are not there or damaged.
    """
    names, drawn = known_words(model), sampled(model, request.most)
    labels, encoded = np.asarray(drawn.labels), model.encoder.encode(drawn.texts)
    counts = texts_of_class_with(encoded, labels, len(names), len(model.classes))
    found = spoken_for(counts, np.bincount(labels, minlength=len(model.classes)))
    ids = np.arange(FIRST_ID, len(names))
    ids = ids[np.argsort(-found.texts[ids], kind="stable")][: most_points(request.words, request.method)]
    table = model.vectors.of_words()
    plane = model.vectors.in_plane(table[ids], request.method)
    return WordPlaneAnswer(
        method=plane.method,
        explained=plane.explained,
        perplexity=plane.perplexity,
        size=table.shape[1],
        classes=model.classes,
        notes=(plane.note,) if plane.note else (),
        known=len(names) - FIRST_ID,
        counted=len(drawn.texts),
        words=tuple(
            WordPoint(
                word=names[word],
                x=x,
                y=y,
                texts=found.texts[word],
                label=model.classes[found.code[word]] if found.code[word] >= 0 else "",
                surplus=found.surplus[word],
            )
            for word, (x, y) in zip(ids.tolist(), plane.points.tolist(), strict=True)
        ),
    )


def most_points(asked: int, method: Method) -> int:
    """As many points as were asked for; of t-SNE no more than take a few seconds."""
    return min(asked, MOST_BY_NEIGHBOURS) if method == "tsne" else asked
