"""A small picture for every layer and head of a transformer, each a button that shows that head."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import partial

import streamlit as st

from seqcore.architectures import appearance
from seqcore.inspections.heads import HeadsAnswer
from seqcore.ui.components.answers import BARS_SCRIPT, BARS_STYLE, FOLDER
from seqcore.ui.kit.component import Component, component_key

Choose = Callable[[int, int], None]
_GRID = Component(
    "seqlab_head_grid",
    html='<section class="grid"></section>',
    css=BARS_STYLE + (FOLDER / "head_grid.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + (FOLDER / "head_grid.js").read_text(encoding="utf-8"),
)


def draw_head_grid(
    answer: HeadsAnswer, architecture: str, chosen: tuple[int, int], choose: Choose, *, key: str
) -> None:
    """Draw it.

    Args:
        answer: Of a text of which something was read.
        architecture: Gives the colour.
        chosen: Layer and head that are shown, from 1; 0: all of them.
        choose: Called with layer and head of the one that was pressed; with 0 and 0 when it was the one shown already.
        key: Of the component.
    """
    if answer.thumbnails is None:
        return
    layers: list[list[dict[str, str]]] = [[] for _ in range(answer.layers)]
    for each in answer.each:
        cells = answer.thumbnails[each.layer - 1, each.head - 1]
        layers[each.layer - 1].append(
            {"bits": b64encode(cells.tobytes()).decode("ascii"), "short": each.short, "sentence": each.sentence}
        )
    data = {
        "layers": layers,
        "cells": answer.thumbnails.shape[-1],
        "color": appearance(architecture).color,
        "chosen": list(chosen),
    }
    _GRID(key=key, data=data, on_head_change=partial(_pressed, key, choose))


def _pressed(key: str, choose: Choose) -> None:
    """Runs before the page does, so that what stands above the grid follows, too."""
    pressed = (st.session_state.get(component_key(key)) or {}).get("head")
    if isinstance(pressed, list) and len(pressed) == 2 and all(isinstance(number, int) for number in pressed):
        choose(pressed[0], pressed[1])
