"""Which of a transformer's matrices is looked at: one head, the mean of some, or the rollout through all layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown

if TYPE_CHECKING:
    from seqcore.inspections.heads import HeadsAnswer

_ATTENTION, _ROLLOUT = "Attention", "Rollout"


@dataclass(frozen=True)
class HeadChoice:
    """What is chosen.

    Attributes:
        rollout: Whether it is the rollout, which goes through all layers and heads.
        layer: Number of the layer, from 1; 0: the mean of all.
        head: Number of the head, from 1; 0: the mean of all.
    """

    rollout: bool = False
    layer: int = 0
    head: int = 0

    @property
    def told(self) -> str:
        """Its name."""
        if self.rollout:
            return "Rollout through all layers"
        if not self.layer and not self.head:
            return "Mean of all layers and heads"
        layer = f"layer {self.layer}" if self.layer else "all layers"
        head = f"head {self.head}" if self.head else "mean of its heads"
        return f"{layer}, {head}".capitalize()

    @property
    def measure(self) -> str:
        """What the weights of single tokens are shares of."""
        return "rollout" if self.rollout else "attention"


def choose_heads(run_id: str, label: str, found: HeadsAnswer) -> HeadChoice:
    """By controls; the grid of heads sets the same.

    Args:
        run_id: Whose model.
        label: Its name.
        found: Says how many layers and heads there are.
    """
    whose = escape_markdown(label, 40)
    with st.container(horizontal=True, gap="large"):
        way = st.segmented_control(
            f"Weights of {whose}", [_ATTENTION, _ROLLOUT], default=_ATTENTION, required=True, key=f"Weights-{run_id}",
            persist_state="session",
            help="Rollout follows attention through all layers to what the model answers from.",
        )  # fmt: skip
        if way == _ROLLOUT:
            return HeadChoice(rollout=True)
        layer = _number("Layer", whose, run_id, found.layers)
        return HeadChoice(False, layer, _number("Head", whose, run_id, found.heads))


def chooser(run_id: str) -> Callable[[int, int], None]:
    """Sets the controls of a model to a layer and head, before they are drawn."""
    return partial(_set, run_id)


def _set(run_id: str, layer: int, head: int) -> None:
    st.session_state[f"Weights-{run_id}"] = _ATTENTION
    st.session_state[f"Layer-{run_id}"] = layer
    st.session_state[f"Head-{run_id}"] = head


def _number(name: str, whose: str, run_id: str, most: int) -> int:
    """From 1; 0: all. Where there is one only there is nothing to choose."""
    key = f"{name}-{run_id}"
    if most == 1:
        return 1
    if st.session_state.get(key, 0) not in range(most + 1):
        st.session_state[key] = 0
    chosen = st.segmented_control(
        f"{name} of {whose}", range(most + 1), default=0, required=True, key=key, wrap=True, persist_state="session",
        format_func=lambda number: str(number) if number else "All",
    )  # fmt: skip
    return int(chosen)
