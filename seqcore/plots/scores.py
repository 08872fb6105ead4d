"""How right the models are: confusion, ROC, precision-recall, scores of each class."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.architectures import appearance
from seqcore.plots.canvas import ACCENT, FONT_SIZE, GRID, NEUTRAL, Line, empty_figure, plain, stroke

_NUMBERED = 12  # classes up to which the cells of a confusion matrix carry their numbers
_NAMED = 30  # ... and its axes every name
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon", "triangle-down", "x", "pentagon")


def plot_confusion(confusion: Sequence[Sequence[int]], classes: Sequence[str]) -> go.Figure:
    """True classes (rows) against predicted ones (columns): shade is the share of the row, numbers are texts.

    Args:
        confusion: (classes, classes) counts.
        classes: Names, in that order.
    """
    size = len(classes)
    shares = [[count / max(sum(row), 1) for count in row] for row in confusion]
    names = [plain(name, 16) for name in classes]
    figure = empty_figure(max(300, min(620, 130 + 62 * size)), x_title="Predicted", y_title="True")
    figure.add_trace(
        go.Heatmap(
            z=shares,
            zmin=0,
            zmax=1,
            customdata=[[[names[i], names[j], row[j]] for j in range(size)] for i, row in enumerate(confusion)],
            colorscale=[[0, "rgba(52,87,213,0.04)"], [1, ACCENT]],
            showscale=False,
            xgap=3,
            ygap=3,
            hovertemplate="true %{customdata[0]}, predicted %{customdata[1]}<br>"
            "%{customdata[2]} texts, %{z:.1%} of the row<extra></extra>",
        )
    )
    if size <= _NUMBERED:
        _write_counts(figure, confusion, shares)
    ticks = {"tickvals": list(range(size)), "ticktext": names} if size <= _NAMED else {"showticklabels": False}
    figure.update_xaxes(showgrid=False, tickangle=0 if size <= 4 else -40, **ticks)
    figure.update_yaxes(showgrid=False, autorange="reversed", **ticks)
    return figure


def _write_counts(figure: go.Figure, confusion: Sequence[Sequence[int]], shares: Sequence[Sequence[float]]) -> None:
    roomy = len(confusion) <= 6
    for i, row in enumerate(confusion):
        for j, count in enumerate(row):
            share = f'<br><span style="font-size:13px">{shares[i][j]:.0%}</span>' if roomy and any(row) else ""
            strong = shares[i][j] > 0.75  # elsewhere the theme's own text colour reads best
            font = {"size": FONT_SIZE + (3 if roomy else -1)} | ({"color": "#ffffff"} if strong else {})
            figure.add_annotation(x=j, y=i, text=f"{count:,}{share}", showarrow=False, font=font)


def plot_roc(lines: Sequence[Line], *, height: int = 400) -> go.Figure:
    """True against false positive rate; the diagonal is guessing.

    Args:
        lines: x the false, y the true positive rates, from (0, 0) to (1, 1). Labels stand in the legend.
        height: Pixels.
    """
    figure = _unit_square(height, "False positive rate", "True positive rate")
    figure.add_trace(
        go.Scatter(
            x=[0, 1], y=[0, 1], mode="lines", line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
            name="Guessing", hoverinfo="skip",
        )
    )  # fmt: skip
    _add_lines(figure, lines, "false positives %{x:.1%}, true positives %{y:.1%}")
    return figure


def plot_precision_recall(lines: Sequence[Line], *, height: int = 400) -> go.Figure:
    """Precision against recall.

    Args:
        lines: x the recalls, y the precisions. Labels stand in the legend.
        height: Pixels.
    """
    figure = _unit_square(height, "Recall", "Precision")
    _add_lines(figure, lines, "recall %{x:.1%}, precision %{y:.1%}")
    return figure


def _unit_square(height: int, x_title: str, y_title: str) -> go.Figure:
    figure = empty_figure(height, x_title=x_title, y_title=y_title)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(range=[-0.015, 1.015], tickformat=".0%", nticks=6)
    legend = {"orientation": "h", "y": -0.24, "yanchor": "top", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def _add_lines(figure: go.Figure, lines: Sequence[Line], numbers: str) -> None:
    for line in lines:
        figure.add_trace(
            go.Scatter(
                x=list(line.x), y=list(line.y), mode="lines", name=plain(line.label),
                line=stroke(line.architecture), opacity=0.9,
                hovertemplate=f"%{{fullData.name}}<br>{numbers}<extra></extra>",
            )
        )  # fmt: skip


def plot_class_scores(scores: Sequence[tuple[str, str, Sequence[float]]], classes: Sequence[str]) -> go.Figure:
    """One row a class, one mark a model: who is good at what.

    Args:
        scores: (label, architecture, score of each class from 0 to 1) of each model.
        classes: Names, from the top row down.
    """
    figure = empty_figure(70 + max(150, 44 * len(classes)))
    names = [plain(name, 24) for name in classes]
    rows = list(range(len(classes)))
    for number, (label, architecture, values) in enumerate(scores):
        offset = (number - (len(scores) - 1) / 2) * 0.6 / max(len(scores), 1)
        figure.add_trace(
            go.Scatter(
                x=list(values), y=[row + offset for row in rows], mode="markers", name=plain(label), text=names,
                marker={
                    "size": 13, "color": appearance(architecture).color,
                    "symbol": _SYMBOLS[number % len(_SYMBOLS)], "line": {"width": 1, "color": "rgba(255,255,255,0.7)"},
                },
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
