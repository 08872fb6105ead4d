"""What an answer about words or texts in a plane becomes on a page: points, rows and a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from seqcore.export.tables import csv_bytes
from seqcore.plots import OwnMark, PlanePoint
from seqcore.ui.kit.phrases import share

if TYPE_CHECKING:
    from seqcore.inspections.text_plane import TextPlaneAnswer
    from seqcore.inspections.word_plane import PlaneAnswer, WordPlaneAnswer

_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Plane:
    """Points, and what is told of each.

    Attributes:
        points: As they are drawn.
        classes: Labels as the user wrote them.
        what: What the points are called: "test texts".
        how: In a sentence, how they were laid out and what that shows.
        which: In a sentence, which of all they are.
        axes: What the two axes are called.
        columns: Of the file: a value for each point.
        hollow: What an outline says, for the legend.
        no_class: What points without a class are called.
        own: The text that is looked at.
    """

    points: Sequence[PlanePoint]
    classes: Sequence[str]
    what: str
    how: str
    which: str
    axes: tuple[str, str]
    columns: Mapping[str, Sequence[Any]]
    hollow: str = ""
    no_class: str = ""
    own: OwnMark | None = None

    def csv(self) -> bytes:
        """A row for each point; one's own text has the last."""
        import pandas as pd

        return csv_bytes(pd.DataFrame(self.columns))


def of_texts(answer: TextPlaneAnswer, texts: Sequence[str], rows: Sequence[int], text: str) -> Plane:
    """Test texts.

    Args:
        answer: About them.
        texts: As they were written.
        rows: Of the data set.
        text: The one that is looked at.
    """
    own = answer.own
    table: dict[str, list[Any]] = {
        "row": [row + 1 for row in rows],
        "x": [each.x for each in answer.texts],
        "y": [each.y for each in answer.texts],
        "class": [each.label for each in answer.texts],
        "answer": [each.prediction for each in answer.texts],
        "text": list(texts),
    }
    if own is not None:
        for column, value in zip(table.values(), ("", own.x, own.y, "", own.prediction, text), strict=True):
            column.append(value)
    return Plane(
        points=[
            PlanePoint(each.x, each.y, each.text, each.label, hollow=not each.right) for each in answer.texts
        ],
        classes=answer.classes,
        what="test texts",
        how=_laid_out(answer),
        which=_which(len(answer.texts), answer.tested, "test texts", "drawn at random, always the same ones"),
        axes=_axes(answer),
        columns=table,
        hollow="Hollow: taken for another class",
        own=None if own is None else OwnMark(own.x, own.y, text),
    )  # fmt: skip


def of_words(answer: WordPlaneAnswer) -> Plane:
    """Words; the names of those that stand for a class the most are drawn beside them."""
    words = answer.words
    return Plane(
        points=[
            PlanePoint(each.x, each.y, each.word, each.label, weight=each.surplus if each.label else 0.0)
            for each in words
        ],
        classes=answer.classes,
        what="words",
        how=_laid_out(answer),
        which=_which(len(words), answer.known, "known words", f"those in most of {answer.counted:,} test texts"),
        axes=_axes(answer),
        columns={
            "word": [each.word for each in words],
            "x": [each.x for each in words],
            "y": [each.y for each in words],
            "test texts with it": [each.texts for each in words],
            "class": [each.label for each in words],
            "standard errors": [round(each.surplus, 2) for each in words],
        },
        no_class="Stands for no class",
    )


def _which(shown: int, all_of_them: int, what: str, chosen: str) -> str:
    if shown == all_of_them:
        return f"These are all {all_of_them:,} {what}."
    return f"These are {shown:,} of {all_of_them:,} {what}, {chosen}."


def _laid_out(answer: PlaneAnswer) -> str:
    if answer.explained is None:
        return f"Laid out by t-SNE with a perplexity of {answer.perplexity:.3g}."
    return f"PCA shows {_share(sum(answer.explained))} of the variance of their {answer.size} numbers."


def _axes(answer: PlaneAnswer) -> tuple[str, str]:
    if answer.explained is None:
        return "", ""
    first, second = (_share(part) for part in answer.explained)
    return f"First axis, {first} of the variance", f"Second axis, {second}"


def _share(value: float) -> str:
    return share(value).replace(" ", _NO_BREAK)
