"""What models say while they read: a probability after each word of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.line_code import MOST_MARKS, line_style, mark_style, place
from seqcore.plots.theme import FONT_SIZE, NEUTRAL

_NAMED = 40  # words that an axis can name
_WORD = 26  # pixels that a named word needs
_LEGEND_LINE = 26


@dataclass(frozen=True)
class ReadLine:
    """One model along a text.

    Attributes:
        label: What the legend calls it.
        architecture: Gives colour, dash and mark.
        values: A probability for each word; None where it has read nothing yet.
        changes: Places, from 0, at which it changes its mind.
        variant: How many lines of the same architecture come before it.
    """

    label: str
    architecture: str
    values: Sequence[float | None]
    changes: Sequence[int]
    variant: int = 0


def plot_reading_along(lines: Sequence[ReadLine], words: Sequence[str], label: str) -> go.Figure:
    """Probability of one class over the words of a text; a ring where a model changes its mind.

    Args:
        lines: A model each.
        words: Of the text, in order; as many as each line has values.
        label: The class.
    """
    named = len(words) <= _NAMED
    height = 330 + _LEGEND_LINE * ((len(lines) + 2) // 3) + (70 if named else 0)
    figure = empty_figure(height, x_title="" if named else "Word", y_title=f"Probability of {plain(label, 24)}")
    places = list(range(len(words)))
    figure.add_hline(y=0.5, line={"color": NEUTRAL, "width": 1, "dash": "dot"})
    told = [[plain(word, 30), number + 1] for number, word in enumerate(words)]
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        figure.add_trace(
            go.Scatter(
                x=places, y=list(line.values), mode="lines+markers", name=plain(line.label), customdata=told,
                line=line_style(line.architecture),
                marker=mark_style(line.architecture, line.variant) | {"maxdisplayed": MOST_MARKS},
                hovertemplate="%{fullData.name}<br>%{customdata[1]}: %{customdata[0]}<br>%{y:.1%}<extra></extra>",
            )
        )  # fmt: skip
        if line.changes:
            figure.add_trace(
                go.Scatter(
                    x=list(line.changes), y=[line.values[at] for at in line.changes], mode="markers",
                    marker={
                        "symbol": "circle-open", "size": 19, "color": line_style(line.architecture)["color"],
                        "line": {"width": 2.5},
                    },
                    showlegend=False, hoverinfo="skip",
                )
            )  # fmt: skip
    ticks = {"tickvals": places, "ticktext": [plain(word, 14) for word in words], "tickangle": -50} if named else {}
    figure.update_xaxes(showgrid=False, range=[-0.5, len(words) - 0.5], **ticks)
    figure.update_yaxes(range=[-0.03, 1.03], tickformat=".0%", nticks=6)
    legend = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def along_width(words: int) -> int:
    """Pixels that the picture of so many words needs to be read."""
    return 120 + _WORD * min(words, _NAMED)


def describe_reading_along(lines: Sequence[ReadLine], words: Sequence[str], label: str) -> str:
    """Of each model what it says after the first word and after the last, and where it changes its mind, in words."""
    said = []
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        known = [value for value in line.values if value is not None]
        if not known:
            continue
        changes = ", ".join(short(words[at], 20) for at in line.changes[:5])
        minds = f", changes its mind at {changes}" if changes else ", never changes its mind"
        said.append(f"{short(line.label)} from {known[0]:.1%} to {known[-1]:.1%}{minds}")
    return f"Probability of {short(label)} after each of {len(words)} words: {'; '.join(said)}."
