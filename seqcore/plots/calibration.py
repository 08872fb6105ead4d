"""What probabilities are worth: reliability, accuracy of the surest answers, costs of a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import Line, plain, short
from seqcore.plots.line_code import line_style, mark_style, place
from seqcore.plots.scores import add_lines, unit_square
from seqcore.plots.theme import NEUTRAL

_WITH_INTERVALS = 2  # models up to which every point has its interval; of more nobody could tell whose it is
_LEAST_MARK, _GREATEST_MARK = 5, 17  # pixels, for no text and for all


@dataclass(frozen=True)
class Reliability:
    """One model's answers in bins of about the same probability.

    Attributes:
        label: What the legend calls it.
        architecture: Gives colour, dash and mark.
        confidence: (bins,) mean probability of the answers.
        accuracy: (bins,) share of them that is right.
        low: (bins,) least of the interval of that share.
        high: (bins,) greatest.
        texts: (bins,) how many.
        variant: How many models of the same architecture come before it.
    """

    label: str
    architecture: str
    confidence: Sequence[float]
    accuracy: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    texts: Sequence[int]
    variant: int = 0


@dataclass(frozen=True)
class CostLine:
    """What mistakes cost one model at every threshold.

    Attributes:
        line: x the thresholds, y the costs of a hundred texts.
        chosen: Threshold and cost where one was chosen; None where it could not be.
    """

    line: Line
    chosen: tuple[float, float] | None


def plot_reliability(models: Sequence[Reliability], examples: str = "texts") -> go.Figure:
    """Share right against mean probability; on the diagonal they are equal. The larger a mark, the more texts."""
    figure = unit_square([_line(each) for each in models], "Probability of the answer", "Share that is right")
    figure.add_trace(
        go.Scatter(
            x=[0, 1], y=[0, 1], mode="lines", line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
            name="Perfectly calibrated", hoverinfo="skip",
        )
    )  # fmt: skip
    for each in sorted(models, key=lambda model: place(model.architecture)):
        total = max(sum(each.texts), 1)
        sizes = [_LEAST_MARK + (_GREATEST_MARK - _LEAST_MARK) * (texts / total) ** 0.5 for texts in each.texts]
        numbers = [[n, low, high] for n, low, high in zip(each.texts, each.low, each.high, strict=True)]
        above = [high - right for high, right in zip(each.high, each.accuracy, strict=True)]
        below = [right - low for low, right in zip(each.low, each.accuracy, strict=True)]
        bars = {"array": above, "arrayminus": below, "width": 4, "thickness": 1.4}
        figure.add_trace(
            go.Scatter(
                x=list(each.confidence), y=list(each.accuracy), mode="lines+markers", name=plain(each.label),
                line=line_style(each.architecture),
                marker=mark_style(each.architecture, each.variant) | {"size": sizes},
                error_y=bars if len(models) <= _WITH_INTERVALS else None, customdata=numbers,
                hovertemplate=f"%{{fullData.name}}<br>%{{customdata[0]:,}} {examples}, "
                "probability %{x:.1%} on average<br>"
                "%{y:.1%} right (95 % interval %{customdata[1]:.1%} to %{customdata[2]:.1%})<extra></extra>",
            )
        )  # fmt: skip
    least = min((value for each in models for value in each.confidence), default=0.0)
    lowest = min((value for each in models for value in each.accuracy), default=0.0)
    figure.update_xaxes(range=[max(-0.015, least - 0.06), 1.015])
    figure.update_yaxes(range=[max(-0.015, min(least, lowest) - 0.12), 1.015])
    return figure


def describe_reliability(models: Sequence[Reliability]) -> str:
    """Of each model, what its answers in every bin were worth, in words."""
    said = []
    for each in sorted(models, key=lambda model: place(model.architecture)):
        points = [
            f"{right:.0%} right at {sure:.0%}" for sure, right in zip(each.confidence, each.accuracy, strict=True)
        ]
        said.append(f"{short(each.label)}: {', '.join(points)}")
    return f"Share of right answers by their probability. {'; '.join(said)}."


def plot_coverage(lines: Sequence[Line]) -> go.Figure:
    """Accuracy of the answered texts against their share, where the least sure are left unanswered first.

    Args:
        lines: x the shares answered, y the accuracies, both from 0 to 1.
    """
    figure = unit_square(lines, "Share answered, the surest first", "Accuracy of the answered")
    add_lines(figure, lines, "%{x:.1%} answered, %{y:.1%} of them right")
    least = min((value for line in lines for value in line.y), default=0.0)
    figure.update_yaxes(range=[max(-0.015, least - 0.03), 1.008])
    return figure


def describe_coverage(lines: Sequence[Line], examples: str = "texts") -> str:
    """Of each model its accuracy on half of the texts and on all, in words."""
    said = []
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        if line.x:
            half = min(range(len(line.x)), key=lambda at: abs(line.x[at] - 0.5))
            said.append(
                f"{short(line.label)} {line.y[half]:.1%} of the surest {line.x[half]:.0%}, {line.y[-1]:.1%} of all"
            )
    return f"Accuracy where only the surest {examples} are answered: {'; '.join(said)}."


def plot_costs(lines: Sequence[CostLine], examples: str = "texts") -> go.Figure:
    """What mistakes cost at every threshold; a ring where the validation texts say it is cheapest."""
    figure = unit_square([each.line for each in lines], "Threshold", f"Cost of a hundred {examples}")
    add_lines(figure, [each.line for each in lines], "from %{x:.1%} on: %{y:.4g}")
    for each in lines:
        if each.chosen is not None:
            color = line_style(each.line.architecture)["color"]
            figure.add_trace(
                go.Scatter(
                    x=[each.chosen[0]], y=[each.chosen[1]], mode="markers", showlegend=False, hoverinfo="skip",
                    marker={"color": color, "size": 18, "symbol": "circle-open", "line": {"width": 2.4}},
                )
            )  # fmt: skip
    figure.update_yaxes(range=None, autorange=True, rangemode="tozero", tickformat="~g")
    return figure


def describe_costs(lines: Sequence[CostLine], examples: str = "texts") -> str:
    """Of each model what the usual threshold costs and what the chosen one does, in words."""
    said = []
    for each in sorted(lines, key=lambda cost: place(cost.line.architecture)):
        half = min(range(len(each.line.x)), key=lambda at: abs(each.line.x[at] - 0.5))
        chosen = "" if each.chosen is None else f", {each.chosen[1]:.3g} at the chosen {each.chosen[0]:.1%}"
        said.append(f"{short(each.line.label)} {each.line.y[half]:.3g} at 50%{chosen}")
    return f"Cost of a hundred {examples} by the threshold: {'; '.join(said)}."


def _line(model: Reliability) -> Line:
    return Line(model.label, model.architecture, model.confidence, model.accuracy, model.variant)
