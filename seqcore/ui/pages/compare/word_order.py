"""Whether the models need the order of words: what each loses when those of the test texts are shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.standings import Standing
from seqcore.analysis.word_order import ModelOrderLoss, order_change, order_sentence
from seqcore.inspections import get_inspection
from seqcore.inspections.word_order import WORD_ORDER, WordOrderRequest
from seqcore.lab.word_order import AskedModel, ask_in_turn, models_to_ask
from seqcore.plots import variants
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.session import questions

if TYPE_CHECKING:
    from seqcore.store import Run


def draw_word_order(ranked: Sequence[Standing], runs: Sequence[Run]) -> None:
    """How to read it; after a press, a sentence about each model, and the numbers, which grow with every answer."""
    inspection, asked = get_inspection(WORD_ORDER), models_to_ask(ranked)
    wanted = {result.run_id for model in asked for result in model.asked}
    able, others = questions.who_can_answer(inspection, [run for run in runs if run.id in wanted])
    st.caption(inspection.how_to_read)
    questions.draw_who_cannot(others)
    if not able or not st.toggle("Shuffle the words of the test texts", key="word-order"):
        return
    questions.wait_for_engine()
    numbers = variants(each.architecture for each in ranked)
    models = _only(asked, {run.id for run in able})
    _ask(models, numbers)
    for problem in (sentence for model in models for sentence in model.problems):
        st.error(escape_markdown(problem, limit=1000), icon=":material/error:")
    st.caption(inspection.how_not_to_read)


def _only(models: Sequence[AskedModel], able: set[str]) -> list[AskedModel]:
    return [
        AskedModel(model.standing, tuple(result for result in model.asked if result.run_id in able)) for model in models
    ]


def _ask(models: Sequence[AskedModel], numbers: Sequence[int]) -> None:
    """Ask run after run; answers that are remembered come at once, and are drawn at once."""
    total = sum(len(model.asked) for model in models)
    progress, place = st.empty(), st.empty()
    for asked in ask_in_turn(models, lambda run_id: questions.ask(WORD_ORDER, run_id, WordOrderRequest())):
        progress.progress(asked / total, f"{asked} of {total} runs have answered about the shuffled texts")
        with place.container():
            _draw(models, numbers)
    progress.empty()


def _draw(models: Sequence[AskedModel], numbers: Sequence[int]) -> None:
    told = [(model, number, found) for model, number in zip(models, numbers, strict=True) if (found := model.found)]
    draw_statements(
        [
            Statement(
                model.standing.architecture,
                number,
                model.standing.label,
                (order_change(found, of_seeds=model.seeds), order_sentence(found)),
            )
            for model, number, found in told
        ]
    )
    if told:
        _draw_table([(model, found) for model, _, found in told])


def _draw_table(told: Sequence[tuple[AskedModel, ModelOrderLoss]]) -> None:
    import pandas as pd

    rows = [
        {
            "Model": shorten(model.standing.label, 40),
            "Seeds": found.seeds,
            "As written": 100 * found.accuracy,
            "Shuffled": 100 * found.shuffled,
            "Lost": _points(found.lost),
            "At least": _points(found.interval.low) if found.covers else None,
            "At most": _points(found.interval.high) if found.covers else None,
            "Answers changed": 100 * found.changed,
        }
        for model, found in told
    ]
    share, points = st.column_config.NumberColumn(format="%.1f %%"), "Points; the 95 % interval of what is lost."
    bound = st.column_config.NumberColumn(format="%.1f", help=points)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Seeds": st.column_config.NumberColumn(help="That were asked; the numbers are their means."),
            "As written": share,
            "Shuffled": st.column_config.NumberColumn(format="%.1f %%", help="The mean of the shuffles."),
            "Lost": st.column_config.NumberColumn(format="%.1f", help="Points of accuracy."),
            "At least": bound,
            "At most": bound,
            "Answers changed": share,
        },
        alt="What every model loses when words are shuffled, in numbers",
    )


def _points(share: float) -> float:
    return round(100 * share, 1) + 0.0  # a little less than nothing is nothing, not "-0.0"
