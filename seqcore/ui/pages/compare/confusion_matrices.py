"""Which class each model takes for which: matrices side by side; of many classes one, and the worst pairs first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.plots.confusion import NAMED, NUMBERED
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, shorten
from seqcore.ui.pages.compare.confusion_texts import choose_cell, draw_texts_of_cell
from seqcore.ui.pages.compare.first_seeds import label_with_seed
from seqcore.ui.session import cache

if TYPE_CHECKING:
    from seqcore.analysis.evaluation import Evaluation
    from seqcore.store import Experiment


def draw_confusion_matrices(experiment: Experiment, ranked: Sequence[Standing], kind: Kind) -> None:
    """Confusion matrices, side by side up to twelve classes, and the texts of the cell that is clicked or chosen."""
    _draw_all(ranked, kind)
    draw_texts_of_cell(experiment, ranked, kind)


def _draw_all(ranked: Sequence[Standing], kind: Kind) -> None:
    evaluations = [cache.evaluation(standing.results[0].run_id) for standing in ranked]
    if len(evaluations[0].classes) > NUMBERED:
        _draw_one_of_many_classes(ranked, evaluations, kind)
        return
    st.caption(
        f"Rows are the true classes, columns the answers. Shade: share of the row. Numbers: {kind.examples}; click a "
        "cell to read them below."
    )
    across = 3 if len(evaluations[0].classes) <= 3 else 2
    for start in range(0, len(ranked), across):
        for column, number in zip(st.columns(across, gap="medium"), range(start, len(ranked)), strict=False):
            with column:
                st.markdown(bold(label_with_seed(ranked[number])))
                _draw_matrix(number, label_with_seed(ranked[number]), evaluations[number], f"confusion-{number}", kind)


def _draw_one_of_many_classes(ranked: Sequence[Standing], evaluations: Sequence[Evaluation], kind: Kind) -> None:
    labels = [label_with_seed(standing) for standing in ranked]
    number = 0
    if len(ranked) > 1:
        chosen = st.segmented_control(
            "Model", range(len(ranked)), default=0, required=True, key="confusion-model",
            format_func=lambda each: shorten(labels[each], 40),
        )  # fmt: skip
        number = int(chosen or 0)
    evaluation = evaluations[number]
    pairs = plots.most_confused(evaluation.test.confusion, evaluation.classes)
    if pairs:
        st.caption(f"The classes that {bold(labels[number])} confuses most, of {len(evaluation.classes)}.")
        st.dataframe(
            {
                "True class": [shorten(pair.true, 80) for pair in pairs],
                "Answer": [shorten(pair.given, 80) for pair in pairs],
                kind.examples.capitalize(): [pair.count for pair in pairs],
                "Share of the true class": [100 * pair.share for pair in pairs],
            },
            hide_index=True,
            height=318,
            column_config={"Share of the true class": st.column_config.NumberColumn(format="%.0f %%")},
            key="confused-pairs",
            alt="The pairs of classes that are confused most",
        )
    named = "" if len(evaluation.classes) <= NAMED else " Point at a cell for the names."
    named += f" Click one to read its {kind.examples} below."
    st.caption(f"All of them: rows are the true classes, columns the answers. Shade: share of the row.{named}")
    _draw_matrix(number, labels[number], evaluation, "confusion-of-many", kind)


def _draw_matrix(number: int, label: str, evaluation: Evaluation, key: str, kind: Kind) -> None:
    confusion, classes = evaluation.test.confusion, evaluation.classes
    figure = plots.plot_confusion(confusion, classes, kind.examples)
    said = f"{shorten(label, 40)}. {plots.describe_confusion(confusion, classes)}"
    names = [shorten(label, 40) for label in classes]
    rows = [[name, *map(str, row)] for name, row in zip(names, confusion, strict=True)]
    heard = [["True class", *names], *rows] if len(classes) <= NUMBERED else ()  # of more, the worst pairs are a table
    least = plots.least_width(len(classes))
    choose_cell(number, charts.show_cells(figure, key=key, alt=said, table=heard, least=least))
