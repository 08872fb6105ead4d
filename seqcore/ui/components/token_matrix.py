"""A matrix of tokens by tokens, and for the token that is chosen both ways: what it looks at, and what looks at it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from seqcore.architectures import appearance
from seqcore.inspections.contracts import WeighedStep
from seqcore.ui.components.answers import BARS_SCRIPT, BARS_STYLE, FOLDER
from seqcore.ui.kit.component import Component

_WHOLE = 65_535  # a share of 1: two bytes a cell, which every browser reads without decoding
_SCRIPTS = ("directions.js", "token_matrix_picture.js", "token_matrix_text.js", "token_matrix.js")
_MATRIX = Component(
    "seqlab_token_matrix",
    html='<section class="matrix"></section>',
    css=BARS_STYLE + (FOLDER / "token_matrix.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + "".join((FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


def draw_token_matrix(
    text: str,
    steps: Sequence[WeighedStep],
    first: int,
    matrix: NDArray[np.floating],
    *,
    architecture: str,
    title: str,
    passes_on: bool,
    step: int,
    key: str,
    file: str,
) -> int:
    """Draw it. Everything is in the browser then; the server is told which token was chosen, a while after.

    Args:
        text: That was read.
        steps: Those that the matrix shows, in the order of the text.
        first: Number of the first of them in the whole text, from 1.
        matrix: (looking step, step looked at) of those shown.
        architecture: Gives the colour.
        title: What the matrix is of.
        passes_on: Whether it is a rollout: what a state is made of, not what a head looks at.
        step: The step that is chosen at first, from 0 among those shown.
        key: Of the component.
        file: Name of the PNG file, without its ending.

    Returns:
        The step that was chosen last, from 0 among those shown.
    """
    pieces, position, start = [], steps[0].start, steps[0].start
    for each in steps:
        begin = max(each.start, position)
        pieces.append({"gap": text[position:begin], "word": text[begin : each.end]})
        position = max(position, each.end)
    bits = np.round(np.clip(np.asarray(matrix, np.float64), 0, 1) * _WHOLE).astype("<u2").tobytes()
    words = {"before": text[:start], "after": text[position:], "pieces": pieces, "first": first}
    data: dict[str, Any] = words | {
        "bits": b64encode(bits).decode("ascii"),
        "color": appearance(architecture).color,
        "title": title,
        "passesOn": passes_on,
        "step": min(max(step, 0), len(steps) - 1),
        "file": file,
        "words": crc32(repr(words).encode("utf-8", errors="replace")),
        "key": f"{crc32(bits):x}-{crc32(repr((words, title)).encode('utf-8', errors='replace')):x}",
    }
    found = _MATRIX(key=key, data=data, on_step_change=_nothing)
    chosen = getattr(found, "step", None)
    if isinstance(chosen, list) and len(chosen) == 2 and chosen[0] == data["words"] and chosen[1] in range(len(steps)):
        return int(chosen[1])
    return int(data["step"])


def _nothing() -> None:
    """A component tells of a change only where somebody listens."""
