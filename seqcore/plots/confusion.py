"""Which class is taken for which: the matrix, and the pairs that are confused most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.contrast import contrast, mixed
from seqcore.plots.theme import FONT_SIZE, ON_PALE, ON_STRONG, PALE, STRONG

NUMBERED = 12  # classes up to which the cells carry their numbers
NAMED = 60  # ... and up to which the axes carry every name
_CELL, _WIDTH = 18, 15  # pixels at least of a cell that has a name but no number: high and wide


@dataclass(frozen=True)
class Confused:
    """Texts of one class that were given another.

    Attributes:
        true: The class that they are of.
        given: The class that they were given.
        count: How many.
        share: Of all texts of their class.
    """

    true: str
    given: str
    count: int
    share: float


def most_confused(confusion: Sequence[Sequence[int]], classes: Sequence[str], most: int = 20) -> list[Confused]:
    """The pairs of classes with the most wrong answers, the most first.

    Args:
        confusion: (classes, classes) texts of each true class (row) given each class (column).
        classes: Names, in that order.
        most: Pairs at most.
    """
    pairs = [
        Confused(classes[i], classes[j], count, count / sum(row))
        for i, row in enumerate(confusion)
        for j, count in enumerate(row)
        if i != j and count
    ]
    return sorted(pairs, key=lambda pair: (-pair.count, -pair.share))[:most]


def least_width(classes: int) -> int:
    """Pixels that the matrix needs to be read; narrower screens scroll it."""
    return 0 if classes <= NUMBERED or classes > NAMED else 150 + _WIDTH * classes


def plot_confusion(confusion: Sequence[Sequence[int]], classes: Sequence[str], examples: str = "texts") -> go.Figure:
    """True classes (rows) against predicted ones (columns): shade is the share of the row, numbers are texts.

    Args:
        confusion: (classes, classes) counts.
        classes: Names, in that order; in full where one points at a cell.
        examples: What is counted.
    """
    size = len(classes)
    shares = [[count / max(sum(row), 1) for count in row] for row in confusion]
    full = [plain(name, 120) for name in classes]
    figure = empty_figure(_height(size), x_title="Predicted", y_title="True")
    figure.add_trace(
        go.Heatmap(
            z=shares,
            zmin=0,
            zmax=1,
            customdata=[[[full[i], full[j], row[j]] for j in range(size)] for i, row in enumerate(confusion)],
            colorscale=[[0, PALE], [1, STRONG]],
            showscale=False,
            xgap=3 if size <= NUMBERED else 1 if size <= NAMED else 0,
            ygap=3 if size <= NUMBERED else 1 if size <= NAMED else 0,
            hovertemplate="true %{customdata[0]}, predicted %{customdata[1]}<br>"
            f"%{{customdata[2]}} {examples}, "
            "%{z:.1%} of the row<extra></extra>",
        )
    )
    if size <= NUMBERED:
        _write_counts(figure, confusion, shares)
    _name_axes(figure, classes)
    return figure


def number_color(share: float) -> str:
    """The colour of a number in a cell of that shade: whichever can be read better. In dark both are white."""
    cell = mixed(PALE, STRONG, share)
    return ON_PALE if contrast(ON_PALE, cell) >= contrast(ON_STRONG, cell) else ON_STRONG


def describe_confusion(confusion: Sequence[Sequence[int]], classes: Sequence[str]) -> str:
    """What the matrix says, in words: how much of it is right, and the three worst pairs."""
    total = sum(map(sum, confusion))
    right = sum(row[i] for i, row in enumerate(confusion))
    pairs = [
        f"{pair.count:,} of {short(pair.true)} taken for {short(pair.given)}"
        for pair in most_confused(confusion, classes, 3)
    ]
    wrong = f" Most often: {', '.join(pairs)}." if pairs else ""
    return f"Confusion matrix of {len(classes)} classes: {right:,} of {total:,} right.{wrong}"


def _height(size: int) -> int:
    if size <= NUMBERED:
        return max(300, min(620, 130 + 62 * size))
    return 180 + _CELL * size if size <= NAMED else 900


def _name_axes(figure: go.Figure, classes: Sequence[str]) -> None:
    size = len(classes)
    if size > NAMED:
        for update in (figure.update_xaxes, figure.update_yaxes):
            update(showticklabels=False, showgrid=False)
    else:
        ticks = {"tickvals": list(range(size)), "ticktext": [plain(name, 22) for name in classes], "showgrid": False}
        font = {"size": FONT_SIZE - 1 if size <= NUMBERED else 12}
        angle = 0 if size <= 4 else -40 if size <= NUMBERED else -90
        figure.update_xaxes(tickangle=angle, tickfont=font, **ticks)
        figure.update_yaxes(tickfont=font, **ticks)
    figure.update_yaxes(autorange="reversed")


def _write_counts(figure: go.Figure, confusion: Sequence[Sequence[int]], shares: Sequence[Sequence[float]]) -> None:
    roomy = len(confusion) <= 6
    for i, row in enumerate(confusion):
        for j, count in enumerate(row):
            share = f'<br><span style="font-size:13px">{shares[i][j]:.0%}</span>' if roomy and any(row) else ""
            font = {"size": FONT_SIZE + (3 if roomy else -1), "color": number_color(shares[i][j])}
            figure.add_annotation(x=j, y=i, text=f"{count:,}{share}", showarrow=False, font=font)
