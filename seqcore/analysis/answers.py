"""What models said of many texts, in a few numbers: classes, low confidence, agreement, accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOW_CONFIDENCE = 0.6


@dataclass(frozen=True)
class AnswersSummary:
    """One model's answers.

    Attributes:
        counts: How often each class was answered, in the order of the classes.
        answered: Texts that the model knows a word of.
        low_confidence: How many of these answers had a probability under 0.6.
        unknown: Texts of which the model knows no word.
        without_text: Rows that hold no text.
    """

    counts: tuple[int, ...]
    answered: int
    low_confidence: int
    unknown: int
    without_text: int


@dataclass(frozen=True)
class AnswersScored:
    """One model's answers against the labels that the file has.

    Attributes:
        scored: Rows with a text and a label that the model knows.
        right: How many of them were given their label.
        other_labels: Rows with a label that is no class of the model; they are not scored.
        confusion: (true class, answered class) counts of the scored rows.
    """

    scored: int
    right: int
    other_labels: int
    confusion: NDArray[np.int64]

    @property
    def accuracy(self) -> float | None:
        """Share of the scored rows that is right; None where there are none."""
        return self.right / self.scored if self.scored else None


def summarised(probabilities: NDArray[np.floating], known: Sequence[bool], has_text: Sequence[bool]) -> AnswersSummary:
    """One model's answers in numbers.

    Args:
        probabilities: (texts, classes).
        known: Whether the model knows a word of each text.
        has_text: Whether there is a text in each row.
    """
    there, knows = np.asarray(has_text, bool), np.asarray(known, bool)
    asked = probabilities[there & knows]
    counts = np.bincount(asked.argmax(axis=1), minlength=probabilities.shape[1])
    return AnswersSummary(
        counts=tuple(counts.tolist()),
        answered=len(asked),
        low_confidence=int((asked.max(axis=1, initial=0.0) < LOW_CONFIDENCE).sum()),
        unknown=int((there & ~knows).sum()),
        without_text=int((~there).sum()),
    )


def scored(
    probabilities: NDArray[np.floating], labels: Sequence[str | None], classes: Sequence[str], has_text: Sequence[bool]
) -> AnswersScored:
    """One model's answers against the labels of a file.

    Args:
        probabilities: (texts, classes).
        labels: Spelled as the classes; "" for a label that is none of them, None for no label.
        classes: Of the model.
        has_text: Whether there is a text in each row.
    """
    codes = {name: code for code, name in enumerate(classes)}
    rows = [row for row, label in enumerate(labels) if label in codes and has_text[row]]
    truth = np.array([codes[str(labels[row])] for row in rows], np.int64)
    said = probabilities[rows].argmax(axis=1) if rows else truth
    confusion = np.zeros((len(classes), len(classes)), np.int64)
    np.add.at(confusion, (truth, said), 1)
    return AnswersScored(len(rows), int((truth == said).sum()), sum(label == "" for label in labels), confusion)


def agreed(answers: Sequence[NDArray[np.floating]], has_text: Sequence[bool]) -> int:
    """How many of the texts all models give the same class.

    Args:
        answers: (texts, classes) of each model, of the same classes.
        has_text: Whether there is a text in each row.
    """
    said = np.stack([probabilities.argmax(axis=1) for probabilities in answers])
    return int(((said == said[0]).all(axis=0) & np.asarray(has_text, bool)).sum())
