"""Choosing architectures: a card for each that can read the data, with its idea and its exact number of parameters."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import Architecture, Sizes, architectures
from seqcore.errors import SeqlabError
from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.ui.kit.phrases import in_words
from seqcore.ui.kit.swatch import swatch
from seqcore.ui.session.words import link_to_model

if TYPE_CHECKING:
    from seqcore.lab.match import Matched, MatchedModel
    from seqcore.ui.session.current import DataInUse

_COLUMNS = 4


def choose_models(matched: Matched, sizes: Sizes, refused: Collection[str]) -> tuple[str, ...]:
    """Draw the cards, and below them what all models have in common.

    Args:
        matched: What was chosen so far, the models made equal where they are to be.
        sizes: What the data decides, for the numbers of parameters.
        refused: Names of the chosen ones that do not fit in memory.

    Returns:
        Names of the chosen architectures, in the order they are shown.
    """
    kind = get_kind(matched.chosen.input.kind)
    every = list(architectures(kind.form))
    others = [each.label for each in architectures() if kind.form not in each.reads]
    picked: list[str] = []
    for start in range(0, len(every), _COLUMNS):
        for architecture, cell in zip(every[start : start + _COLUMNS], st.columns(_COLUMNS), strict=False):
            with cell:
                found = matched.models.get(architecture.name)
                if _draw_card(architecture, matched.chosen, sizes, found, too_large=architecture.name in refused):
                    picked.append(architecture.name)
    if others:
        st.caption(f":material/block: {in_words(others)} cannot read {kind.examples}.")
    if matched.said:
        st.caption(f":material/balance: {matched.said}")
    return tuple(picked)


def _draw_card(
    architecture: Architecture, chosen: Choices, sizes: Sizes, match: MatchedModel | None, *, too_large: bool
) -> bool:
    key = f"use-{architecture.name}"
    if key not in st.session_state:
        st.session_state[key] = architecture.name in chosen.architectures
    missing = chosen.lacks(architecture.name)
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card-{architecture.name}"):
        heading = st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xxsmall"
        )
        with heading:
            picked = st.checkbox(architecture.label, key=key, width="content", disabled=bool(missing))
            swatch(architecture.name)
        st.caption(f"{architecture.idea} {link_to_model(architecture.name, 'How it reads')}")
        if missing:
            st.caption(f":material/upload_file: {missing}. Give it below.")
            return False
        try:
            parts = architecture.parameters(sizes, chosen.model_options(architecture.name))
        except SeqlabError as error:
            st.caption(f":red[{error.problem}]")
        else:
            st.markdown(
                f"**{sum(parts.values()):,}** parameters",
                help=", ".join(f"{name} {number:,}" for name, number in parts.items()),
            )
        if picked and match is not None:
            st.caption(f":material/balance: {match.said}" if match.is_reached else f":material/warning: {match.said}")
        if picked and too_large:
            st.caption(":material/memory: :red[Does not fit in memory] with these settings.")
    return picked


def ticked(chosen: Choices) -> tuple[str, ...]:
    """The chosen architectures as their cards stand now, before they are drawn."""
    form = get_kind(chosen.input.kind).form
    return tuple(
        which.name
        for which in architectures()
        if form in which.reads and st.session_state.get(f"use-{which.name}", which.name in chosen.architectures)
    )


def sizes_of(ready: DataInUse) -> Sizes:
    """What the data decide about a model."""
    return Sizes(ready.encoder.sizes, len(ready.data.classes))
