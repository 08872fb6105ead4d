"""What may be said about the best model, in a few sentences, and about each of the others."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.analysis.standings import Baseline, Standing
from seqcore.analysis.verdict import Rival, rivals_of_the_first, verdict
from seqcore.kinds import Kind
from seqcore.plots import variants
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.kit.statements import Statement, draw_statements


def draw_verdict(ranked: Sequence[Standing], guessing: Baseline, kind: Kind) -> None:
    """Whether the lead of the first is real, and whether it beats always giving the commonest answer."""
    rivals = rivals_of_the_first(ranked, guessing)
    with st.container(border=True):
        st.markdown(verdict(ranked, guessing, rivals=rivals, name=bold, nouns=(kind.example, kind.examples)))
        if len(ranked) > 2:
            _draw_rivals(ranked, rivals, kind)


def _draw_rivals(ranked: Sequence[Standing], rivals: Sequence[Rival], kind: Kind) -> None:
    numbers = variants(standing.architecture for standing in ranked)[1:]
    draw_statements(
        [
            Statement(each.standing.architecture, number, each.standing.label, (each.sentence(kind.examples),))
            for each, number in zip(rivals, numbers, strict=True)
        ]
    )
    first = escape_markdown(ranked[0].label, 40)
    st.caption(f"Against {first}; each p is corrected for {len(rivals)} comparisons (Holm).")
