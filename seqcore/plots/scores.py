"""How right the models are: ROC, precision-recall, scores of each class."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.plots.canvas import Line, empty_figure, plain, short
from seqcore.plots.line_code import MOST_MARKS, line_style, mark_style, place, variants
from seqcore.plots.theme import FONT_SIZE, GRID, NEUTRAL

_SQUARE, _LEGEND_LINE = 390, 24  # pixels high


def plot_roc(lines: Sequence[Line]) -> go.Figure:
    """True against false positive rate; the diagonal is guessing.

    Args:
        lines: x the false, y the true positive rates, from (0, 0) to (1, 1). Labels stand in the legend.
    """
    figure = unit_square(lines, "False positive rate", "True positive rate")
    figure.add_trace(
        go.Scatter(
            x=[0, 1], y=[0, 1], mode="lines", line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
            name="Guessing", hoverinfo="skip",
        )
    )  # fmt: skip
    add_lines(figure, lines, "false positives %{x:.1%}, true positives %{y:.1%}")
    return figure


def plot_precision_recall(lines: Sequence[Line]) -> go.Figure:
    """Precision against recall.

    Args:
        lines: x the recalls, y the precisions. Labels stand in the legend.
    """
    figure = unit_square(lines, "Recall", "Precision")
    add_lines(figure, lines, "recall %{x:.1%}, precision %{y:.1%}")
    return figure


def unit_square(lines: Sequence[Line], x_title: str, y_title: str) -> go.Figure:
    """A square from 0 to 1, and below it room for a legend of that many lines and one more."""
    legend_height = _LEGEND_LINE * (len(lines) + 1)
    figure = empty_figure(_SQUARE + legend_height, x_title=x_title, y_title=y_title)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(range=[-0.015, 1.015], tickformat=".0%", nticks=6)
    legend = {"orientation": "v", "yref": "container", "y": 0.0, "yanchor": "bottom", "x": 0, "xanchor": "left"}
    margin = {"b": legend_height + 65}
    figure.update_layout(showlegend=True, legend=legend, margin=margin)
    return figure


def add_lines(figure: go.Figure, lines: Sequence[Line], numbers: str) -> None:
    """Draw lines in the order of the architectures; `numbers` is what one reads at a point."""
    for line in sorted(lines, key=lambda line: place(line.architecture)):
        figure.add_trace(
            go.Scatter(
                x=list(line.x), y=list(line.y), mode="lines+markers", name=plain(line.label),
                line=line_style(line.architecture),
                marker=mark_style(line.architecture, line.variant) | {"maxdisplayed": MOST_MARKS},
                hovertemplate=f"%{{fullData.name}}<br>{numbers}<extra></extra>",
            )
        )  # fmt: skip


def plot_class_scores(scores: Sequence[tuple[str, str, Sequence[float]]], classes: Sequence[str]) -> go.Figure:
    """One row per class, one mark per model: who is good at what.

    Args:
        scores: (label, architecture, score of each class from 0 to 1) of each model.
        classes: Names, from the top row down.
    """
    figure = empty_figure(70 + max(150, 44 * len(classes)))
    names = [plain(name, 24) for name in classes]
    rows = list(range(len(classes)))
    numbered = zip(scores, variants(name for _, name, _ in scores), strict=True)
    ordered = sorted(numbered, key=lambda each: place(each[0][1]))
    for number, ((label, architecture, values), variant) in enumerate(ordered):
        offset = (number - (len(scores) - 1) / 2) * 0.6 / max(len(scores), 1)
        figure.add_trace(
            go.Scatter(
                x=list(values), y=[row + offset for row in rows], mode="markers", name=plain(label), text=names,
                marker=mark_style(architecture, variant, size=13),
                hovertemplate="%{fullData.name} · %{text}<br>%{x:.1%}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_yaxes(
        tickvals=rows, ticktext=names, range=[len(classes) - 0.5, -0.5], showgrid=False, ticks="", fixedrange=True
    )
    for row in rows[1:]:
        figure.add_hline(y=row - 0.5, line={"color": GRID, "width": 1})
    least = min((value for _, _, values in scores for value in values), default=0.0)
    figure.update_xaxes(range=[max(-0.02, least - 0.08), 1.02], tickformat=".0%", nticks=6)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def describe_lines(what: str, lines: Sequence[Line]) -> str:
    """Curves whose labels say their area, in words.

    Args:
        what: The picture, such as "ROC curves".
        lines: In any order.
    """
    ordered = sorted(lines, key=lambda line: place(line.architecture))
    return f"{what}: {', '.join(short(line.label, 60) for line in ordered)}."


def describe_class_scores(
    measure: str, scores: Sequence[tuple[str, str, Sequence[float]]], classes: Sequence[str]
) -> str:
    """Of each model its best class and its worst, in words."""
    said = []
    for label, _, values in sorted(scores, key=lambda score: place(score[1])):
        best, worst = max(range(len(values)), key=values.__getitem__), min(range(len(values)), key=values.__getitem__)
        least, most = f"{values[worst]:.1%} ({short(classes[worst])})", f"{values[best]:.1%} ({short(classes[best])})"
        said.append(f"{short(label)} from {least} to {most}")
    return f"{measure} of {len(classes)} classes: {'; '.join(said)}."


def describe_slice_scores(by: str, scores: Sequence[tuple[str, str, Sequence[float]]], groups: Sequence[str]) -> str:
    """Of each model its accuracy on every part of the test, in words."""
    said = []
    for label, _, values in sorted(scores, key=lambda score: place(score[1])):
        parts = [f"{value:.1%} ({short(group)})" for value, group in zip(values, groups, strict=True)]
        said.append(f"{short(label)} {', '.join(parts)}")
    return f"Accuracy by {short(by)}: {'; '.join(said)}."
