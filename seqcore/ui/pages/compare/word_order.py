"""Whether the models need the order of words: what each loses when those of the test texts are shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.standings import Standing
from seqcore.errors import SeqlabError
from seqcore.inspections import get_inspection
from seqcore.inspections.word_order import WORD_ORDER, OrderScores, WordOrderRequest
from seqcore.plots import variants
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.pages.compare.first_seeds import label_with_seed
from seqcore.ui.session import questions

if TYPE_CHECKING:
    from seqcore.store import Run


def draw_word_order(ranked: Sequence[Standing], runs: Sequence[Run]) -> None:
    """How to read it; after a press, a sentence about each model, and the numbers."""
    inspection, first = get_inspection(WORD_ORDER), {each.results[0].run_id for each in ranked}
    able, others = questions.who_can_answer(inspection, [run for run in runs if run.id in first])
    st.caption(inspection.how_to_read)
    questions.draw_who_cannot(others)
    if not able or not st.toggle("Shuffle the words of the test texts", key="word-order"):
        return
    questions.wait_for_engine()
    found = _asked(ranked, {run.id for run in able})
    answered = [
        (standing, number, found[standing.results[0].run_id])
        for standing, number in zip(ranked, variants(each.architecture for each in ranked), strict=True)
        if standing.results[0].run_id in found
    ]
    draw_statements(
        [
            Statement(standing.architecture, number, label_with_seed(standing), (said.sentence,))
            for standing, number, said in answered
        ]
    )
    if answered:
        _draw_table([(standing, said) for standing, _, said in answered])
    st.caption(inspection.how_not_to_read)


def _asked(ranked: Sequence[Standing], able: set[str]) -> dict[str, OrderScores]:
    """What the models answer, by their run; an error stands in the place of those that cannot."""
    found = {}
    with st.spinner("Asking each model about the shuffled texts …"):
        for standing in ranked:
            if (run_id := standing.results[0].run_id) not in able:
                continue
            try:
                found[run_id] = questions.ask(WORD_ORDER, run_id, WordOrderRequest())
            except SeqlabError as error:
                said = f"{label_with_seed(standing)}: {error}"
                st.error(escape_markdown(said, limit=1000), icon=":material/error:")
    return found


def _draw_table(found: Sequence[tuple[Standing, OrderScores]]) -> None:
    import pandas as pd

    rows = [
        {
            "Model": shorten(label_with_seed(standing), 40),
            "As written": 100 * said.accuracy,
            "Shuffled": 100 * sum(said.shuffled) / len(said.shuffled),
            "Lost": 100 * said.lost,
            "At least": 100 * said.interval[0],
            "At most": 100 * said.interval[1],
            "Answers changed": 100 * said.changed,
        }
        for standing, said in found
    ]
    share, points = st.column_config.NumberColumn(format="%.1f %%"), "Points; the 95 % interval of what is lost."
    bound = st.column_config.NumberColumn(format="%.1f", help=points)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "As written": share,
            "Shuffled": st.column_config.NumberColumn(format="%.1f %%", help="The mean of the shuffles."),
            "Lost": st.column_config.NumberColumn(format="%.1f", help="Points of accuracy."),
            "At least": bound,
            "At most": bound,
            "Answers changed": share,
        },
        key="word-order-table",
        alt="What every model loses when words are shuffled, in numbers",
    )
