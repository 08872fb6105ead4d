"""What models are judged by, and which differences do not matter: chosen by a person, remembered by the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.measures import Measure, measures
from seqcore.analysis.pairs import LIMIT
from seqcore.analysis.standings import Standing
from seqcore.ui.session import state
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.kinds import Kind

_MEASURE, _LIMIT = "compare-measure", "compare-limit"


@dataclass(frozen=True)
class JudgedBy:
    """A choice.

    Attributes:
        measure: What models are compared by.
        limit: Differences below it do not matter, in the measure's own units.
    """

    measure: Measure
    limit: float


def choose_judged_by(ranked: Sequence[Standing], kind: Kind) -> JudgedBy:
    """Draw the choice: accuracy and one point, unless somebody wants to know it otherwise."""
    first = ranked[0].results[0]
    known = {each.name: each for each in measures(first.classes, with_probabilities=_all_have_probabilities(ranked))}
    memory = state.memory()
    if _MEASURE not in st.session_state:
        st.session_state[_MEASURE] = memory.judged_by[0] if memory.judged_by[0] in known else next(iter(known))
        st.session_state[_LIMIT] = memory.judged_by[1]
    elif st.session_state[_MEASURE] not in known:
        st.session_state[_MEASURE] = next(iter(known))
    with st.container(horizontal=True, vertical_alignment="bottom", key="judged-by"):
        name = st.selectbox(
            "Judged by", list(known), format_func=lambda each: known[each].label, key=_MEASURE, width=260,
            help=explained(
                f"The verdict and its intervals follow. Accuracy counts every {kind.example} alike, macro F1 every "
                "class; the table below has every score.", most=4,
            ),
        )  # fmt: skip
        points = st.number_input(
            "Points that do not matter", min_value=0.1, max_value=20.0, step=0.5, key=_LIMIT, width=220,
            help="Models whose whole interval lies within so many points are equal for practical purposes. A point is "
            "0.01 of a loss or a Brier score.",
        )  # fmt: skip
    memory.judged_by = (str(name), float(points or 100 * LIMIT))
    return JudgedBy(known[memory.judged_by[0]], memory.judged_by[1] / 100)


def _all_have_probabilities(ranked: Sequence[Standing]) -> bool:
    return all(result.probabilities is not None for standing in ranked for result in standing.results)
