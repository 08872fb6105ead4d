"""What `predict` prints: an answer for each text, and for a file what the answers come to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from seqcore.analysis.answers import AnswersScored, AnswersSummary, scored, summarised
from seqcore.cli.output import print_json, print_table
from seqcore.datasets.reading import Reading
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.inspections.prediction import NO_TEXT, note_on

_PRINTED = 100  # rows of a file in the table for people


@dataclass(frozen=True)
class Words:
    """What an example is called, and the note on one of which there is nothing to read."""

    example: str
    nothing: str


OF_TEXTS = Words("text", NO_TEXT)


class Labelled(Protocol):
    """What may say the label of each example."""

    def labels(self, classes: Sequence[str]) -> tuple[str | None, ...] | None:
        """The class of each; "" for another, None for no label; None where there are none."""
        ...


def print_answers(
    run_id: str, texts: Sequence[str], found: ClassProbabilities, *, as_json: bool,
    asked: Labelled | None = None, reading: Reading | None = None, words: Words = OF_TEXTS,
) -> None:  # fmt: skip
    """The answers as JSON or as a table; those to a file with what was read and how they come out.

    Args:
        run_id: Whose model.
        texts: What was asked; "" where there is no text.
        found: What it answered.
        as_json: Whether for programs.
        asked: The file's columns, when the texts are of a file.
        reading: How the file was read.
        words: What an example is called.
    """
    there = [bool(text.strip()) for text in texts]
    summary = summarised(found.probabilities, found.all_known(), there)
    labels = asked.labels(found.classes) if asked is not None else None
    against = scored(found.probabilities, labels, found.classes, there) if labels is not None else None
    if as_json:
        about: dict[str, Any] = {
            "run": run_id,
            "classes": list(found.classes),
            "predictions": _answers(texts, found, words),
        }
        about["summary"] = _summary_json(summary, found.classes)
        about |= {} if against is None else {"scores": _scores_json(against)}
        print_json(about | ({} if reading is None else {"read": reading.to_json()}))
        return
    rows = [
        ("", "", each["note"], text) if each["note"] else (each["label"], _highest(each), "", text)
        for each, text in zip(_answers(texts, found, words), texts, strict=True)
    ]
    print_table(("label", "probability", "note", words.example), rows[:_PRINTED])
    if asked is not None:
        sys.stderr.write("".join(f"{line}\n" for line in _sentences(summary, against, found.classes, len(rows), words)))


def _answers(texts: Sequence[str], found: ClassProbabilities, words: Words) -> list[dict[str, Any]]:
    answers = []
    for text, label, row, known in zip(texts, found.predictions, found.probabilities, found.all_known(), strict=True):
        note = note_on(text, known=known) if text.strip() else words.nothing
        shares = dict(zip(found.classes, row.tolist(), strict=True))
        nothing = not text.strip()
        answers.append({
            words.example: text, "label": None if nothing else label, "probabilities": None if nothing else shares,
            "known": known and not nothing, "note": note,
        })  # fmt: skip
    return answers


def _without(words: Words) -> str:
    return words.nothing.replace("no ", "without ", 1)


def _highest(answer: dict[str, Any]) -> str:
    return f"{max(answer['probabilities'].values()):.4f}"


def _summary_json(summary: AnswersSummary, classes: Sequence[str]) -> dict[str, Any]:
    return {
        "classes": dict(zip(classes, summary.counts, strict=True)),
        "answered": summary.answered,
        "low_confidence": summary.low_confidence,
        "unknown": summary.unknown,
        "without_text": summary.without_text,
    }


def _scores_json(against: AnswersScored) -> dict[str, Any]:
    return {
        "accuracy": against.accuracy,
        "scored": against.scored,
        "right": against.right,
        "other_labels": against.other_labels,
        "confusion": against.confusion.tolist(),
    }


def _sentences(
    summary: AnswersSummary, against: AnswersScored | None, classes: Sequence[str], rows: int, words: Words
) -> list[str]:  # fmt: skip
    shown = ", ".join(f"{name} {count:,}" for name, count in zip(classes, summary.counts, strict=True) if count)
    lines = [f"Answers: {shown or 'none'}", f"Low confidence, under 60 %: {summary.low_confidence:,}"]
    lines += [f"The model knows none of the words of {summary.unknown:,}"] if summary.unknown else []
    lines += [f"Rows {_without(words)}: {summary.without_text:,}"] if summary.without_text else []
    if against is not None and against.accuracy is not None:
        lines.append(f"Accuracy: {100 * against.accuracy:.1f} %, {against.right:,} right of {against.scored:,}")
    if against is not None and against.other_labels:
        lines.append(f"Not scored, with a label that the model does not have: {against.other_labels:,}")
    if rows > _PRINTED:
        lines.append(f"The first {_PRINTED} of {rows:,} answers are shown; --output or --json has all")
    return lines
