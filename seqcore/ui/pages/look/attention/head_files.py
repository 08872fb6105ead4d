"""Heads and their matrices to take home: tables as CSV, and a page of HTML with one token's looks both ways."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from seqcore.architectures import appearance
from seqcore.export.tables import Picture, csv_bytes, heatmap_html, write_exact_csv
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_matrix import ATTENTION_MATRIX, MatrixAnswer
from seqcore.inspections.contracts import WeighedStep
from seqcore.inspections.segments import segments
from seqcore.ui.kit.phrases import share

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from seqcore.inspections.heads import HeadsAnswer

_DIGITS = 5  # of a share, which two bytes hold


def heads_table(answer: HeadsAnswer) -> pd.DataFrame:
    """A row a head, as it is read."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "Layer": each.layer,
                "Head": each.head,
                "What it does": each.sentence,
                "Itself": share(each.itself),
                "Token before": share(each.previous),
                "Token after": share(each.following),
                "First token": share(each.first),
                "All earlier": share(each.before),
                "Distance": f"{each.distance:.1f}",
                "Tokens at a time": f"{each.spread:.1f}",
                "Entropy (bits)": f"{each.entropy:.2f}",
            }
            for each in answer.each
        ]
    )


def heads_csv(answer: HeadsAnswer) -> bytes:
    """A row a head, with all digits."""
    import pandas as pd

    return csv_bytes(pd.DataFrame([each.model_dump(exclude={"short"}) for each in answer.each]))


def matrix_csv(answer: MatrixAnswer) -> bytes:
    """Tokens by tokens: a row for each that looks, a column for each that is looked at, both with their numbers."""
    file, shown = io.BytesIO(), _shown(answer)
    names = [f"{number} {step.token}" for number, step in enumerate(shown, answer.first)]
    matrix = np.zeros((0, 0)) if answer.matrix is None else answer.matrix.astype(float).round(_DIGITS)
    rows = (
        [number, step.token, *row] for (number, step), row in zip(enumerate(shown, answer.first), matrix, strict=True)
    )
    write_exact_csv(file, ["", "looks at", *names], rows)
    return file.getvalue()


def both_ways_html(answer: MatrixAnswer, step: int, architecture: str, title: str) -> bytes:
    """The text twice: shaded by what one token looks at, and by what looks at it.

    Args:
        answer: The matrix.
        step: The token, from 0 among those shown.
        architecture: Gives the colour.
        title: What the matrix is of.
    """
    shown, color = _shown(answer), appearance(architecture).color
    matrix = np.ones((1, 1)) if answer.matrix is None else answer.matrix.astype(float)
    name = f"\u201c{shown[step].token}\u201d (token {answer.first + step})"
    ahead, back = ("is made of", "gets into") if answer.of == "rollout" else ("looks at", "is looked at by")
    pictures = [
        Picture(f"{name} {said}", title, segments(answer.text, _with(shown, weights)), color)
        for said, weights in ((ahead, matrix[step]), (back, matrix[:, step]))
    ]
    note = get_inspection(ATTENTION_MATRIX)
    page = heatmap_html(pictures, title=title, note=f"{note.how_to_read} {note.how_not_to_read}")
    return page.encode("utf-8", errors="replace")


def _shown(answer: MatrixAnswer) -> Sequence[WeighedStep]:
    size = 0 if answer.matrix is None else len(answer.matrix)
    return answer.tokens[answer.first - 1 : answer.first - 1 + size]


def _with(steps: Sequence[WeighedStep], weights: NDArray[np.float64]) -> list[WeighedStep]:
    return [step.model_copy(update={"weight": weight}) for step, weight in zip(steps, weights.tolist(), strict=True)]
