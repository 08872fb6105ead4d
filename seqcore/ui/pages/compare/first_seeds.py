"""The one run of each model that is looked at where the seeds cannot be brought together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.analysis.one_split import seed_of_one_split
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind


def draw_whose_split(ranked: Sequence[Standing], kind: Kind) -> None:
    """Say of which seed what follows is, where each seed drew a split of its own."""
    seed = seed_of_one_split(ranked)
    if seed is not None:
        st.caption(
            f":material/call_split: Each seed was tested on other {kind.examples}, so what is looked at one by one is "
            f"of seed {seed}, where all models had the same. Learning curves, word order, data needed and cost are of "
            "all seeds."
        )


def label_with_seed(standing: Standing) -> str:
    """The model's name, with the seed where there are several."""
    return f"{standing.label}, seed {standing.results[0].seed}" if standing.seeds > 1 else standing.label
