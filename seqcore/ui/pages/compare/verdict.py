"""What may be said about the best model, in a few sentences, and about each of the others."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.analysis.standings import Baseline, Standing
from seqcore.analysis.verdict import Verdict, verdict
from seqcore.analysis.verdict_words import for_a_student, of_the_second
from seqcore.kinds import Kind
from seqcore.plots import variants
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.kit.statements import Statement, draw_statements


def draw_verdict(ranked: Sequence[Standing], guessing: Baseline, kind: Kind) -> None:
    """Whether the lead of the first is real, and whether it beats always giving the commonest answer."""
    found = verdict(ranked, guessing)
    nouns = (kind.example, kind.examples)
    with st.container(border=True):
        st.markdown(for_a_student(found, name=bold, nouns=nouns))
        if len(ranked) > 2:
            _draw_rivals(found, nouns)


def _draw_rivals(found: Verdict, nouns: tuple[str, str]) -> None:
    numbers = variants(standing.architecture for standing in found.standings)[1:]
    draw_statements(
        [
            Statement(pair.second.architecture, number, pair.second.label, (of_the_second(pair, found, nouns=nouns),))
            for pair, number in zip(found.against_the_best, numbers, strict=True)
        ]
    )
    first = escape_markdown(found.best.label, 40)
    st.caption(f"Against {first}; each p is corrected for all {len(found.pairs)} pairs of models (Holm).")
