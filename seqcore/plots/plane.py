"""Points in a plane, each class with a colour and a mark of its own: words, texts, and among them one's own text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from seqcore.architectures.appearance import MARKS
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import AGAINST, FONT_SIZE, FOR, INK, NEUTRAL

# Of classes; each at least 3:1 on both pages, told apart by the colour-blind (after Okabe & Ito).
_COLORS = (FOR, AGAINST, "#009E73", "#AA4499", "#b87d00", "#3390cd", "#85852a", "#c5689b")
MOST_CLASSES = len(_COLORS)  # with a look of their own; the others share one
_HEIGHT = 540
_NAMED = 14  # points that have their names beside them
_APART = (0.1, 0.025)  # of the width of the picture, which is twice as wide as high, between two names at least
_FAINT = 0.22  # of points that are not among the chosen


@dataclass(frozen=True)
class PlanePoint:
    """A point.

    Attributes:
        x: Along the first axis.
        y: Along the second.
        name: What is read when the pointer is on it.
        label: Its class; "" of one that stands for none.
        hollow: Whether it is drawn as an outline only.
        weight: Of those with the greatest the names stand in the picture; 0: never.
    """

    x: float
    y: float
    name: str
    label: str
    hollow: bool = False
    weight: float = 0.0


@dataclass(frozen=True)
class OwnMark:
    """The text that is looked at, as a mark of its own among the points.

    Attributes:
        x: Along the first axis.
        y: Along the second.
        name: What is read when the pointer is on it.
    """

    x: float
    y: float
    name: str


def shown_classes(points: Sequence[PlanePoint], classes: Sequence[str]) -> list[str]:
    """The classes that have a look of their own: the most frequent, in the order of the classes."""
    counts = Counter(point.label for point in points if point.label)
    frequent = {label for label, _ in counts.most_common(MOST_CLASSES)}
    return [label for label in classes if label in frequent]


def plot_plane(
    points: Sequence[PlanePoint], classes: Sequence[str], *, axes: tuple[str, str] = ("", ""),
    chosen: Collection[int] = (), own: OwnMark | None = None, hollow: str = "", no_class: str = "No class",
) -> go.Figure:  # fmt: skip
    """The points, class by class; both axes have one scale, so that distances are what they look like.

    Args:
        points: Any number of them; `customdata` of each mark is its place among them.
        classes: In their order.
        axes: What the two axes are called.
        chosen: Places of points that stand out from the others; none: nothing is faint.
        own: A mark of its own.
        hollow: What an outline says, for the legend: "Hollow: taken for another class".
        no_class: What points without a class are called.
    """
    figure = empty_figure(_HEIGHT, x_title=axes[0], y_title=axes[1])
    named = {place: short(points[place].name, 24) for place in _named(points)}
    picked = frozenset(chosen)
    for title, places, style in _groups(points, classes, no_class):
        again = any(trace.name == title for trace in figure.data)
        figure.add_trace(
            go.Scatter(
                x=[points[place].x for place in places], y=[points[place].y for place in places],
                mode="markers+text", name=title, legendgroup=title, showlegend=not again, customdata=places,
                cliponaxis=False,
                hovertext=[plain(points[place].name, 90) for place in places],
                hovertemplate="%{hovertext}<extra>%{fullData.name}</extra>",
                text=[plain(named[place]) if place in named else "" for place in places],
                textposition="top center", textfont={"color": INK, "size": FONT_SIZE - 2},
                marker=style,
                selectedpoints=[at for at, place in enumerate(places) if place in picked] if picked else None,
                unselected={"marker": {"opacity": _FAINT}}, selected={"marker": {"opacity": 1}},
            )
        )  # fmt: skip
    if hollow and any(point.hollow for point in points):
        sign = _marker(NEUTRAL, MARKS[0], 9, outline=True)
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=hollow, marker=sign))
    if own is not None:
        figure.add_trace(
            go.Scatter(
                x=[own.x], y=[own.y], mode="markers+text", name="Your text", hovertext=[plain(own.name, 90)],
                hovertemplate="%{hovertext}<extra>%{fullData.name}</extra>", text=["Your text"], cliponaxis=False,
                textposition="top center", textfont={"color": INK}, selectedpoints=[0] if picked else None,
                marker={"symbol": "star", "size": 19, "color": INK, "line": {"color": NEUTRAL, "width": 1}},
            )
        )  # fmt: skip
    figure.update_xaxes(showticklabels=False)
    figure.update_yaxes(showticklabels=False, scaleanchor="x", scaleratio=1)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend | {"itemsizing": "constant"}, dragmode="lasso")
    return figure


def describe_plane(points: Sequence[PlanePoint], classes: Sequence[str], what: str, how: str) -> str:
    """How many points there are, of which classes, in words.

    Args:
        points: Those that are drawn.
        classes: In their order.
        what: What the points are: "test texts".
        how: How they were laid out, as a sentence.
    """
    counts = Counter(point.label for point in points)
    parts = [f"{short(label)} {counts[label]:,}" for label in shown_classes(points, classes)]
    others = sum(number for label, number in counts.items() if label) - sum(
        counts[label] for label in shown_classes(points, classes)
    )
    parts += [f"other classes {others:,}"] if others else []
    parts += [f"no class {counts['']:,}"] if counts[""] else []
    return f"{len(points):,} {what}: {', '.join(parts)}. {how}" if parts else f"0 {what}. {how}"


def _groups(
    points: Sequence[PlanePoint], classes: Sequence[str], no_class: str
) -> list[tuple[str, list[int], dict[str, Any]]]:
    """Title, places and marker of each group, those of no class first, so that all others lie upon them.

    A class has two where some of its points are outlines: the full ones come first, and have its place in the legend.
    """
    shown, groups = shown_classes(points, classes), []
    looks: dict[str, tuple[str, str, str, float]] = {"": (no_class, NEUTRAL, "circle", 4.5)}
    looks |= {label: (plain(label, 30), *_look(number), 9) for number, label in enumerate(shown)}
    for label, (title, color, mark, size) in looks.items():
        for outline in (False, True):
            places = [at for at, each in enumerate(points) if (each.label, each.hollow) == (label, outline)]
            style = _marker(color, mark, size, outline=outline)
            groups.append((title, places, style))
    for outline in (False, True):
        rest = [at for at, each in enumerate(points) if each.label not in looks and each.hollow == outline]
        groups.append(("Other classes", rest, _marker(NEUTRAL, "hexagon", 8, outline=outline)))
    return [group for group in groups if group[1]]


def _look(number: int) -> tuple[str, str]:
    return _COLORS[number], MARKS[number]


def _marker(color: str, mark: str, size: float, *, outline: bool) -> dict[str, Any]:
    symbol = f"{mark}-open" if outline else mark
    return {"color": color, "symbol": symbol, "size": size, "opacity": 0.9, "line": {"width": 2 if outline else 0}}


def _named(points: Sequence[PlanePoint]) -> list[int]:
    """The heaviest points whose names do not lie upon each other."""
    if not points:
        return []
    spans = [max(along) - min(along) for along in ([each.x for each in points], [each.y for each in points])]
    width = max(spans[0], 2 * spans[1])
    found: list[int] = []
    for place in sorted(range(len(points)), key=lambda at: -points[at].weight):
        here = points[place]
        if len(found) == _NAMED or here.weight <= 0:
            break
        if all(
            abs(here.x - points[other].x) > _APART[0] * width or abs(here.y - points[other].y) > _APART[1] * width
            for other in found
        ):
            found.append(place)
    return found
