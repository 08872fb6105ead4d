"""Who is right where another is wrong: a matrix of models."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.confusion import number_color
from seqcore.plots.theme import FONT_SIZE, PALE, STRONG

_ROW, _AROUND = 46, 150  # pixels
_WIDTH = 76  # pixels at least of a column


def matrix_width(models: int) -> int:
    """Pixels that the matrix needs to be read; narrower screens scroll it."""
    return 170 + _WIDTH * models if models > 3 else 0


def plot_right_where_wrong(counts: Sequence[Sequence[int]], names: Sequence[str], examples: str = "texts") -> go.Figure:
    """Texts that the model of the row gets right and that of the column wrong; shade and number are how many.

    Args:
        counts: (models, models); its diagonal is left empty.
        names: Of the models, in that order.
        examples: What is counted.
    """
    size = len(names)
    most = max((max(row) for row in counts), default=0)
    full = [plain(name, 60) for name in names]
    figure = empty_figure(_AROUND + _ROW * size, x_title="Wrong", y_title="Right")
    figure.add_trace(
        go.Heatmap(
            z=[[None if i == j else count for j, count in enumerate(row)] for i, row in enumerate(counts)],
            zmin=0, zmax=max(most, 1), colorscale=[[0, PALE], [1, STRONG]], showscale=False, xgap=3, ygap=3,
            customdata=[[[full[i], full[j]] for j in range(size)] for i in range(size)],
            hovertemplate=f"%{{customdata[0]}} right, %{{customdata[1]}} wrong<br>%{{z:,}} {examples}<extra></extra>",
            hoverongaps=False,
        )
    )  # fmt: skip
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            if i != j:
                font = {"size": FONT_SIZE, "color": number_color(count / max(most, 1))}
                figure.add_annotation(x=j, y=i, text=f"{count:,}", showarrow=False, font=font)
    places = {"tickvals": list(range(size)), "ticktext": [plain(name, 18) for name in names], "showgrid": False}
    figure.update_xaxes(tickangle=0 if size <= 3 else -40, **places)
    figure.update_yaxes(autorange="reversed", **places)
    return figure


def describe_right_where_wrong(counts: Sequence[Sequence[int]], names: Sequence[str], examples: str = "texts") -> str:
    """The same for every two models, in words."""
    said = [
        f"{short(names[i])} alone {counts[i][j]:,}, {short(names[j])} alone {counts[j][i]:,}"
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    return f"{examples.capitalize()} that one of two models gets right and the other wrong: {'; '.join(said)}."
