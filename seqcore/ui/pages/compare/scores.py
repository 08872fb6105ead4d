"""The parts of the Compare page: verdict, table, curves, confusion, classes, ROC."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.line_image import line_image
from seqcore.ui.session import cache, results

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.store import MetricRow

# Column of the table: attribute of a result, whether more is better, what one is best in.
_MEASURES = {
    "Accuracy": ("accuracy", True, "accuracy"),
    "Macro F1": ("macro_f1", True, "F1"),
    "Loss": ("loss", False, "loss"),
    "Parameters": ("parameters", False, "size"),
    "Training": ("training_seconds", False, "training"),
    "Per text": ("ms_per_text", False, "speed"),
}
_CLASSES_SHOWN = 30


def bold(name: str) -> str:
    """Other people's name in bold Markdown."""
    return f"**{escape_markdown(name, 60)}**"


def scores_table(ranked: Sequence[Standing]) -> pd.DataFrame:
    """One row a model, the best first; numbers stay numbers, so that the table can be sorted and saved."""
    import pandas as pd

    best = {word: _best(ranked, attribute, more) for attribute, more, word in _MEASURES.values()}
    rows: list[dict[str, Any]] = []
    for standing in ranked:
        interval = standing.interval()
        row: dict[str, Any] = {"Model": ("★ " if standing is ranked[0] else "") + shorten(standing.label, 40)}
        row |= {name: standing.mean(attribute) for name, (attribute, *_) in _MEASURES.items()}
        row["Accuracy"] *= 100
        row["95 %"] = f"{interval.low * 100:.1f} – {interval.high * 100:.1f}"
        row["Seeds"] = f"± {standing.spread('accuracy') * 100:.1f} ({standing.seeds})" if standing.seeds > 1 else ""
        row["Best in"] = ", ".join(word for word, winner in best.items() if winner is standing)
        rows.append(row)
    order = ["Model", "Accuracy", "95 %", "Seeds", "Best in", *list(_MEASURES)[1:]]
    table = pd.DataFrame(rows, columns=order)
    return table if any(standing.seeds > 1 for standing in ranked) else table.drop(columns="Seeds")


def draw_scores(ranked: Sequence[Standing], table: pd.DataFrame) -> None:
    """The table, each model with its line."""
    number = st.column_config.NumberColumn
    shown = table.copy()
    shown.insert(0, "Line", [line_image(standing.architecture) for standing in ranked])
    st.dataframe(
        shown,
        hide_index=True,
        row_height=44,
        height="content",
        column_config={
            "Line": st.column_config.ImageColumn("", width=56),
            "Model": st.column_config.TextColumn(width=150),
            "Accuracy": number(format="%.1f %%", help="Share of the test texts given their true class."),
            "95 %": st.column_config.TextColumn(help="Where the true accuracy lies, given so many test texts."),
            "Seeds": st.column_config.TextColumn(help="Standard deviation of the accuracy (number of seeds)."),
            "Macro F1": number(format="%.3f", help="Mean F1 of the classes; rare ones count as much as common ones."),
            "Loss": number(format="%.3f", help="Cross-entropy on the test texts; confident mistakes cost most."),
            "Parameters": number(format="localized", help="Numbers that training adjusts."),
            "Training": number(format="%.1f s", help="Seconds that training took."),
            "Per text": number(format="%.2f ms", help="Milliseconds that one answer takes."),
            "Best in": st.column_config.TextColumn(width=170, help="Where no other model is as good."),
        },
    )


def draw_curves(ranked: Sequence[Standing]) -> None:
    """Loss and accuracy over the epochs."""
    run_ids = tuple(result.run_id for standing in ranked for result in standing.results)
    rows = results.metric_rows(run_ids)
    training = st.toggle("Training curves too", value=len(run_ids) <= 6, help="Thin and pale, beside validation.")
    loss, accuracy = st.columns(2, gap="medium")
    with loss:
        _draw_measure(ranked, rows, "loss", training)
    with accuracy:
        _draw_measure(ranked, rows, "accuracy", training)


def _draw_measure(ranked: Sequence[Standing], rows: dict[str, list[MetricRow]], measure: Any, training: bool) -> None:
    lines = []
    for standing in ranked:
        for result in standing.results:
            for split in ("train", "validation") if training else ("validation",):
                found = [row for row in rows[result.run_id] if row.split == split]
                kept = [row for row in found if math.isfinite(getattr(row, measure))]
                x, y = [row.epoch for row in kept], [getattr(row, measure) for row in kept]
                lines.append(plots.Line(standing.label, standing.architecture, x, y, faint=split == "train"))
    figure = plots.plot_curves(lines, measure=measure)
    charts.show(figure, key=f"curves-{measure}", alt=f"{measure.capitalize()} over the epochs, one line a model.")


def draw_confusion(ranked: Sequence[Standing]) -> None:
    """Confusion matrices side by side."""
    st.caption("Rows are the true classes, columns the answers. Shade: share of the row. Numbers: texts.")
    evaluations = [cache.evaluation(standing.results[0].run_id) for standing in ranked]
    across = 3 if len(evaluations[0]["classes"]) <= 3 else 2
    for start in range(0, len(ranked), across):
        for column, number in zip(st.columns(across, gap="medium"), range(start, len(ranked)), strict=False):
            with column:
                standing, evaluation = ranked[number], evaluations[number]
                st.markdown(bold(_with_seed(standing)))
                figure = plots.plot_confusion(evaluation["test"]["confusion"], evaluation["classes"])
                charts.show(figure, key=f"confusion-{number}", alt="Confusion matrix: true classes against answers.")


def draw_classes(ranked: Sequence[Standing]) -> None:
    """Precision, recall and F1 of every class."""
    import pandas as pd

    measure = st.segmented_control(
        "Score", ["F1", "Precision", "Recall"], default="F1", required=True, key="class-score"
    )
    scores = [cache.evaluation(standing.results[0].run_id)["test"]["per_class"] for standing in ranked]
    frequent = sorted(range(len(scores[0])), key=lambda code: -scores[0][code]["support"])[:_CLASSES_SHOWN]
    marks = [
        (standing.label, standing.architecture, [rows[code][measure.lower()] for code in frequent])
        for standing, rows in zip(ranked, scores, strict=True)
    ]
    if len(scores[0]) > len(frequent):
        st.caption(f"The {len(frequent)} classes with the most test texts, of {len(scores[0])}; the table has all.")
    figure = plots.plot_class_scores(marks, [scores[0][code]["label"] for code in frequent])
    charts.show(figure, key="class-scores", alt=f"{measure} of every class, one mark a model.")
    table = pd.DataFrame({"Class": [row["label"] for row in scores[0]], "Texts": [row["support"] for row in scores[0]]})
    for standing, rows in zip(ranked, scores, strict=True):
        table[shorten(standing.label, 40)] = [row[measure.lower()] for row in rows]
    numbers = {name: st.column_config.NumberColumn(format="%.3f") for name in table.columns[2:]}
    st.dataframe(table, hide_index=True, column_config=numbers)


def draw_thresholds(ranked: Sequence[Standing]) -> None:
    """ROC and precision-recall, of one class against the rest."""
    tests = [cache.evaluation(standing.results[0].run_id)["test"] for standing in ranked]
    labels = [line["label"] for line in tests[0]["roc"]]
    if not labels:
        st.caption("The test texts hold one class only, so there is no curve to draw.")
        return
    support = {row["label"]: row["support"] for row in tests[0]["per_class"]}
    frequent = max(labels, key=lambda each: support[each])
    label = st.selectbox("Class", labels, index=labels.index(frequent), width=320) if len(labels) > 1 else labels[0]
    st.caption(f"How well each model tells {bold(label)} from the rest, whatever probability one calls a yes.")
    roc, precision_recall = st.columns(2, gap="medium")
    with roc:
        lines = _threshold_lines(ranked, tests, label, "roc", ("fpr", "tpr"), "auc", "AUC")
        charts.show(plots.plot_roc(lines), key="roc", alt="ROC curves, one a model.")
    with precision_recall:
        names = ("recall", "precision")
        lines = _threshold_lines(ranked, tests, label, "precision_recall", names, "average_precision", "AP")
        charts.show(plots.plot_precision_recall(lines), key="precision-recall", alt="Precision-recall curves.")


def _threshold_lines(
    ranked: Sequence[Standing], tests: Sequence[dict[str, Any]], label: str, kind: str, axes: tuple[str, str],
    area: str, short: str,
) -> list[plots.Line]:  # fmt: skip
    lines = []
    for standing, test in zip(ranked, tests, strict=True):
        for curve in test[kind]:
            if curve["label"] == label:
                name = f"{shorten(standing.label, 22)} · {short} {curve[area]:.3f}"
                lines.append(plots.Line(name, standing.architecture, curve[axes[0]], curve[axes[1]]))
    return lines


def _best(ranked: Sequence[Standing], attribute: str, more: bool) -> Standing | None:
    """The one model that leads in a measure; nobody when several share the lead."""
    values = [standing.mean(attribute) for standing in ranked]
    wanted = max(values) if more else min(values)
    return ranked[values.index(wanted)] if values.count(wanted) == 1 and len(values) > 1 else None


def _with_seed(standing: Standing) -> str:
    return f"{standing.label}, seed {standing.results[0].seed}" if standing.seeds > 1 else standing.label
