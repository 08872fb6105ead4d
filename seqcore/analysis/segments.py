"""A text in pieces: the tokens that a model weighed, and what stands between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Segment:
    """A piece of a text as it was written; all pieces joined are the text.

    Attributes:
        text: The characters.
        weight: Share of the attention from 0 to 1; None between tokens (spaces, punctuation, removed or cut words).
        known: Whether the token is in the model's vocabulary.
        token: Position among the tokens, from 0; None between tokens.
    """

    text: str
    weight: float | None = None
    known: bool = True
    token: int | None = None


def full_shade(pieces: Sequence[Segment]) -> float:
    """The weight that gets the fullest shade: the greatest, or three times an even share when that is more.

    A model that looks everywhere alike is shown pale, not as if it looked at everything closely.
    """
    weights = [piece.weight for piece in pieces if piece.weight is not None]
    return max([min(1.0, 3 / len(weights)), *weights]) if weights else 1.0


def segments(text: str, tokens: Sequence[Mapping[str, Any]]) -> list[Segment]:
    """The whole text cut at the tokens' offsets.

    Tokens that overlap (pieces of one emoji, say) become one piece with the sum of their weights, so that the
    weights shown still sum to 1.

    Args:
        text: As it was given to the model.
        tokens: {"start", "end", "weight"} and perhaps "known", offsets into `text`.
    """
    pieces: list[Segment] = []
    position = 0
    for number, token in sorted(enumerate(tokens), key=lambda item: (item[1]["start"], item[1]["end"])):
        start, end = max(int(token["start"]), position), min(int(token["end"]), len(text))
        weight, known = float(token["weight"]), bool(token.get("known", True))
        if end <= start:
            _add_to_last(pieces, weight)
            continue
        if start > position:
            pieces.append(Segment(text[position:start]))
        pieces.append(Segment(text[start:end], weight, known, number))
        position = end
    if position < len(text):
        pieces.append(Segment(text[position:]))
    return pieces


def _add_to_last(pieces: list[Segment], weight: float) -> None:
    for i in range(len(pieces) - 1, -1, -1):
        last = pieces[i]
        if last.weight is not None:
            pieces[i] = Segment(last.text, last.weight + weight, last.known, last.token)
            return
