"""A table of texts with every model's answers beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from seqcore.inspections.contracts import ClassProbabilities
from seqcore.inspections.prediction import NO_TEXT, note_on

if TYPE_CHECKING:
    import pandas as pd

_CLASSES_IN_FILE = 20  # up to which every class's probability gets a column


def with_answers(
    frame: pd.DataFrame, texts: Sequence[str], found: Mapping[str, ClassProbabilities], *, nothing: str = NO_TEXT
) -> pd.DataFrame:
    """The table with every model's answer, then how sure each is, then (up to 20 classes) every probability.

    A row without text has no answer; where a model knows none of its words, a note says so.

    Args:
        frame: As it was read.
        texts: The text of each row; "" where there is none.
        found: The answers by the model's name.
        nothing: The note on a row without text.
    """
    import pandas as pd

    notes = {label: _notes(texts, answer, nothing) for label, answer in found.items()}
    there = np.array([bool(text.strip()) for text in texts], bool)
    added: dict[str, Any] = {
        label: [said if has_text else None for said, has_text in zip(answer.predictions, there, strict=True)]
        for label, answer in found.items()
    }
    for label, answer in found.items():
        added[f"{label}: confidence"] = _numbers(answer.probabilities.max(axis=1), there)
        if any(notes[label]):
            added[f"{label}: note"] = [note or None for note in notes[label]]
    for label, answer in found.items():
        if len(answer.classes) <= _CLASSES_IN_FILE:
            for code, name in enumerate(answer.classes):
                added[f"{label}: p({name})"] = _numbers(answer.probabilities[:, code], there)
    taken = set(map(str, frame.columns))
    safe = {(f"{name} (model)" if name in taken else name): values for name, values in added.items()}
    return pd.concat([frame.reset_index(drop=True), pd.DataFrame(safe)], axis=1)


def _notes(texts: Sequence[str], answer: ClassProbabilities, nothing: str) -> list[str]:
    return [
        note_on(text, known=known) if text.strip() else nothing
        for text, known in zip(texts, answer.all_known(), strict=True)
    ]


def _numbers(values: np.ndarray, there: np.ndarray) -> np.ndarray:
    return np.where(there, values.round(4), np.nan)
