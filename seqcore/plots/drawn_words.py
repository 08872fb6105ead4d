"""The words that draw most of attention or attribution, as bars with their intervals and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.architectures import appearance
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import AGAINST, FONT_SIZE, FOR, INK, NEUTRAL

_ROW, _AROUND = 30, 86  # pixels of a bar, and of the axes
_TOLD = 5
EVEN = 1.0  # of attention: as much as every other word of the text


@dataclass(frozen=True)
class WordBar:
    """One word.

    Attributes:
        word: As people read it.
        mean: What it gets on average.
        margin: Half the width of the 95 % interval of that; None where it stands in too few texts.
        times: How often it stands in the texts.
        texts: In how many of them.
    """

    word: str
    mean: float
    margin: float | None
    times: int
    texts: int


def plot_drawn_words(bars: Sequence[WordBar], architecture: str, *, signed: bool, rows: int = 0) -> go.Figure:
    """A bar a word, the first on top, with how often it stands at the right.

    Args:
        bars: In the order shown.
        architecture: Gives the colour of what has no sign.
        signed: Whether they are scores, for and against a class; else times an even share of attention.
        rows: Bars that there is room for, where pictures side by side are to be as high.
    """
    rows = max(rows, len(bars), 2)
    figure = empty_figure(_AROUND + _ROW * rows, x_title="Mean score" if signed else "Times an even share", right=64)
    color = appearance(architecture).color
    places = list(range(len(bars)))
    figure.add_trace(
        go.Bar(
            x=[bar.mean for bar in bars], y=places, orientation="h", width=0.62,
            marker={"color": [(FOR if bar.mean >= 0 else AGAINST) if signed else color for bar in bars]},
            error_x={"array": [bar.margin or 0.0 for bar in bars], "color": INK, "thickness": 1.5, "width": 4},
            customdata=[
                [plain(bar.word, 60), bar.times, bar.texts, "–" if bar.margin is None else f"± {bar.margin:.3g}"]
                for bar in bars
            ],
            hovertemplate="%{customdata[0]}<br>%{x:.3g} (%{customdata[3]})<br>%{customdata[1]} times in "
            "%{customdata[2]} texts<extra></extra>",
        )
    )  # fmt: skip
    for place, bar in enumerate(bars):
        _write_beside(figure, f"{bar.times:,}×", place)
    figure.update_yaxes(
        tickvals=places, ticktext=[plain(bar.word, 16) for bar in bars], range=[rows - 0.5, -0.5],
        showgrid=False, fixedrange=True, ticks="outside", ticklen=6, tickcolor="rgba(0,0,0,0)",
    )  # fmt: skip
    figure.update_xaxes(rangemode="tozero", nticks=4, fixedrange=True)
    figure.add_vline(x=0.0 if signed else EVEN, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    return figure


def _write_beside(figure: go.Figure, text: str, place: int) -> None:
    figure.add_annotation(
        text=text, xref="paper", x=1.0, xanchor="left", xshift=6, yref="y", y=place, showarrow=False,
        font={"size": FONT_SIZE - 2},
    )  # fmt: skip


def describe_drawn_words(bars: Sequence[WordBar], label: str, *, signed: bool) -> str:
    """The first words with what they get and how often they stand there, in words."""
    unit = "" if signed else " times an even share"
    told = "; ".join(f"{short(bar.word, 30)} {bar.mean:z.2f}{unit}, {bar.times:,} times" for bar in bars[:_TOLD])
    measure = "scores" if signed else "attention"
    return f"Words by {measure} in texts of {short(label)}: {told}." if bars else f"No word in texts of {short(label)}."
