"""Predicting for data that are no texts: what each kind draws, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.kinds import get_kind
from seqcore.ui.pages.predict.series_file import draw_series
from seqcore.ui.pages.predict.sounds import draw_sounds

if TYPE_CHECKING:
    from seqcore.store import Run

Draw = Callable[[Sequence["Run"], dict[str, str]], None]
_DRAWN: Mapping[str, Draw] = {"series": draw_series, "audio": draw_sounds}


def is_other(runs: Sequence[Run]) -> bool:
    """Whether these models, which learned from the same data, read something else than text."""
    return runs[0].spec.input.kind != "text"


def draw_other(runs: Sequence[Run], labels: dict[str, str]) -> None:
    """What is asked of models that read no text, and their answers."""
    kind = get_kind(runs[0].spec.input.kind)
    draw = _DRAWN.get(kind.name)
    if draw is None:
        st.caption(f"{kind.label} cannot be given here yet.")
        return
    draw(runs, labels)
