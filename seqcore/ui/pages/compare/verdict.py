"""What may be said about the best model, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.analysis.standings import Baseline, Standing, verdict
from seqcore.kinds import Kind
from seqcore.ui.kit.escape import bold


def draw_verdict(ranked: Sequence[Standing], guessing: Baseline, kind: Kind) -> None:
    """Whether the lead of the first is real, and whether it beats always giving the commonest answer."""
    with st.container(border=True):
        st.markdown(verdict(ranked, guessing, name=bold, nouns=(kind.example, kind.examples)))
