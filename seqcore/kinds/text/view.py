"""What a model sees of one text, stage by stage, as plain data for a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from seqcore.kinds.text.ids import OOV_ID, PADDING_ID

if TYPE_CHECKING:
    from seqcore.kinds.text.encoder import Stages, TextEncoder

MOST_TOKENS = 120  # shown of one text
MOST_COLUMNS = 18  # of the padded matrix
_NEIGHBOURS = 4


def text_view(encoder: TextEncoder, texts: Sequence[str], row: int) -> dict[str, Any]:
    """The steps from a raw text to ids, and the padded matrix of the rows around it.

    Args:
        encoder: Fitted on the training split.
        texts: All texts of the data set.
        row: Which one, from 0.

    Returns:
        `raw`, `normalised`, `tokens` (text, removed), `kept` (text, id, oov, cut), `stopWords` (whether taking them out
        is one of the stages), `matrix` (rows of name, here, cells; columns; width) and the numbers that the captions
        need.
    """
    stages = encoder.stages(texts[row])
    tokens = _kept(stages, encoder)
    return {
        "raw": stages.raw[:4000],
        "normalised": stages.normalised[:4000],
        "tokens": _before_stop_words(stages),
        "kept": tokens[:MOST_TOKENS],
        "counts": {
            "tokens": len(stages.tokens),
            "kept": len(stages.kept),
            "ids": len(stages.ids),
            "oov": sum(number == OOV_ID for number in stages.ids),
            "shown": MOST_TOKENS,
        },
        "stopWords": encoder.options.stop_words != "none",
        "matrix": padded_matrix(encoder, texts, _rows_around(row, len(texts)), row),
    }


def padded_matrix(encoder: TextEncoder, texts: Sequence[str], rows: Sequence[int], here: int) -> dict[str, Any]:
    """The ids of a few texts as the rectangle that a model reads, shorter texts padded at the end."""
    ids = [list(map(int, found)) or [OOV_ID] for found in encoder.encode([texts[row] for row in rows])]
    width = max(len(found) for found in ids)
    padded = [found + [PADDING_ID] * (width - len(found)) for found in ids]
    return {
        "width": width,
        "shown": min(width, MOST_COLUMNS),
        "rows": [
            {"name": f"Row {row + 1}", "here": row == here, "cells": cells[:MOST_COLUMNS]}
            for row, cells in zip(rows, padded, strict=True)
        ],
    }


def _rows_around(row: int, rows: int) -> range:
    first = max(0, min(row - _NEIGHBOURS // 2, rows - _NEIGHBOURS - 1))
    return range(first, min(rows, first + _NEIGHBOURS + 1))


def _before_stop_words(stages: Stages) -> list[dict[str, Any]]:
    """Tokens before stop words are taken out, each marked when it is not kept (in order, a greedy match)."""
    remaining = iter(stages.kept)
    waiting = next(remaining, None)
    tokens: list[dict[str, Any]] = []
    removing = len(stages.tokens) != len(stages.kept)
    for token in stages.tokens[:MOST_TOKENS]:
        removed = removing and (waiting is None or not _same(token, waiting.text))
        if not removed:
            waiting = next(remaining, None)
        tokens.append({"text": token, "removed": removed})
    return tokens


def _same(token: str, kept: str) -> bool:
    return token.casefold() == kept.casefold()


def _kept(stages: Stages, encoder: TextEncoder) -> list[dict[str, Any]]:
    """Tokens with their ids; `cut` where truncation drops them."""
    parts = encoder.parts(len(stages.kept))
    read = {place for part in parts for place in range(part.start, part.stop)}
    return [
        {
            "text": token.text,
            "id": int(token.id),
            "oov": token.id == OOV_ID,
            "cut": number not in read,
        }
        for number, token in enumerate(stages.kept)
    ]
