"""A text in pieces: the steps that a model weighed, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seqcore.inspections.contracts import WeighedStep


@dataclass(frozen=True)
class Segment:
    """A piece of a text as it was written; all pieces joined are the text.

    Attributes:
        text: The characters.
        weight: Share from 0 to 1, or a score of either sign; None between steps (spaces, punctuation, removed or cut
            words).
        known: Whether the step is in the model's vocabulary.
    """

    text: str
    weight: float | None = None
    known: bool = True


def full_shade(pieces: Sequence[Segment]) -> float:
    """The weight that gets the fullest shade: the greatest, or three times an even share when that is more.

    A model that looks everywhere alike is shown pale, not as if it looked at everything closely.
    """
    weights = [piece.weight for piece in pieces if piece.weight is not None]
    return max([min(1.0, 3 / len(weights)), *weights]) if weights else 1.0


def fullest(pieces: Sequence[Segment]) -> float:
    """The size of a score, of either sign, that gets the fullest shade: the greatest there is."""
    return max((abs(piece.weight) for piece in pieces if piece.weight), default=1.0)


def segments(text: str, steps: Sequence[WeighedStep]) -> list[Segment]:
    """The whole text cut at the steps' offsets.

    Steps that overlap (pieces of one emoji, say) become one piece with the sum of their weights, so that the
    weights shown have the same sum.

    Args:
        text: As it was given to the model.
        steps: With their offsets into `text`.
    """
    pieces: list[Segment] = []
    position = 0
    for step in sorted(steps, key=lambda each: (each.start, each.end)):
        start, end = max(step.start, position), min(step.end, len(text))
        if end <= start:
            _add_to_last(pieces, step.weight)
            continue
        if start > position:
            pieces.append(Segment(text[position:start]))
        pieces.append(Segment(text[start:end], step.weight, step.known))
        position = end
    if position < len(text):
        pieces.append(Segment(text[position:]))
    return pieces


def _add_to_last(pieces: list[Segment], weight: float) -> None:
    for i in range(len(pieces) - 1, -1, -1):
        last = pieces[i]
        if last.weight is not None:
            pieces[i] = Segment(last.text, last.weight + weight, last.known)
            return
