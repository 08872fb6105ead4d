"""What the data set holds: examples of each class, and how long they are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import ACCENT, FONT_SIZE, NEUTRAL

if TYPE_CHECKING:
    from seqcore.datasets.lengths import Lengths

MOST_BARS = 20
_TICKS = 6


def shown_classes(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The classes that have a bar, the most frequent first."""
    return sorted(counts.items(), key=lambda item: -item[1])[:MOST_BARS]


def plot_class_counts(counts: Mapping[str, int]) -> go.Figure:
    """Examples of each class, the most frequent on top, each bar with its number; at most 20 classes.

    What has no bar is said by `describe_other_classes`: a bar for all of the rest would dwarf the others.
    """
    shown = shown_classes(counts)
    total = sum(counts.values()) or 1
    figure = empty_figure(40 + (36 if len(shown) <= 10 else 26) * max(len(shown), 2), right=24)
    figure.add_trace(
        go.Bar(
            x=[count for _, count in shown], y=list(range(len(shown))), orientation="h", marker={"color": ACCENT},
            text=[f"{count:,}  ({_share(count, total)})" for _, count in shown], textposition="outside",
            textfont={"size": FONT_SIZE - 1}, cliponaxis=False, customdata=[plain(label, 120) for label, _ in shown],
            hovertemplate="%{customdata}<br>%{x:,}<extra></extra>", width=0.68,
        )
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=[plain(label, 22) for label, _ in shown],
        range=[len(shown) - 0.5, -0.5], showgrid=False, fixedrange=True, ticksuffix=" ",
    )  # fmt: skip
    most = max((count for _, count in shown), default=1)
    figure.update_xaxes(visible=False, range=[0, most * 1.38], fixedrange=True)
    return figure


def describe_class_counts(counts: Mapping[str, int], examples: str) -> str:
    """How many examples each class has, in words; of many classes the first and the last."""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    total = sum(counts.values()) or 1
    said = [f"{short(label)} {count:,} ({_share(count, total)})" for label, count in ordered]
    if len(said) > MOST_BARS:
        said = [*said[:5], "…", said[-1]]
    return f"{examples.capitalize()} of {len(ordered)} classes: {', '.join(said)}."


def describe_other_classes(counts: Mapping[str, int], examples: str) -> str:
    """What the bars leave out, in a sentence; empty when they show every class."""
    rest = sorted(counts.values(), reverse=True)[MOST_BARS:]
    if not rest:
        return ""
    each = f"{rest[-1]:,}" if rest[0] == rest[-1] else f"{rest[-1]:,} to {rest[0]:,}"
    return (
        f"The {MOST_BARS} largest of {len(counts):,} classes; the other {len(rest):,} have {each} {examples} each, "
        f"{sum(rest):,} together."
    )


def plot_lengths(lengths: Lengths, *, steps: str = "tokens", nouns: tuple[str, str] = ("text", "texts")) -> go.Figure:
    """How many examples have how many steps; the last bar says so when it holds all that are longer.

    Args:
        lengths: Of the examples, before they are cut.
        steps: What several steps are called.
        nouns: What one example is called, and several.
    """
    width = lengths.edges[1] - lengths.edges[0]
    figure = empty_figure(280, x_title=f"{steps.capitalize()} in a {nouns[0]}", y_title=nouns[1].capitalize())
    ranges = [f"{start:,} to {stop - 1:,}" if width > 1 else f"{start:,}" for start, stop in pairwise(lengths.edges)]
    places = [start + width / 2 - 0.5 for start in lengths.edges[:-1]]
    counts = list(lengths.counts)
    if lengths.longer:
        places.append(lengths.edges[-1] + 1.5 * width - 0.5)  # a bar's width away from the others
        counts.append(lengths.longer)
        ranges.append(open_end(lengths))
    figure.add_trace(
        go.Bar(
            x=places, y=counts, width=0.9 * width, marker={"color": ACCENT}, customdata=ranges,
            hovertemplate=f"%{{customdata}} {plain(steps)}<br>%{{y:,}}<extra></extra>",
        )
    )  # fmt: skip
    values, names = _ticks(lengths, places[-1])
    figure.update_xaxes(showgrid=False, fixedrange=True, tickvals=values, ticktext=names, tickangle=0)
    figure.update_yaxes(fixedrange=True, nticks=5)
    if lengths.cut and lengths.most < lengths.edges[-1]:
        figure.add_vline(x=lengths.most + 0.5, line={"color": NEUTRAL, "width": 2, "dash": "dash"})
        figure.add_annotation(
            x=lengths.most + 0.5, y=1, yref="paper", text="cut here ", showarrow=False,
            xanchor="left" if lengths.most < lengths.edges[-1] / 2 else "right", xshift=4, yanchor="top",
        )  # fmt: skip
    return figure


def open_end(lengths: Lengths) -> str:
    """What the last bar is called that holds all that are longer: "200+"."""
    return f"{lengths.edges[-1]:,}+"


def describe_lengths(lengths: Lengths, *, examples: str = "texts", steps: str = "tokens") -> str:
    """How long the examples are, in words."""
    which = f"the {lengths.examples:,} {examples}"
    if lengths.examples < lengths.total:
        which += f" looked at (of {lengths.total:,})"
    said = f"Half of {which} have at most {lengths.median:,.0f} {steps}; the longest has {lengths.longest:,}."
    if lengths.cut:
        said += (
            f" {lengths.cut:,} ({_share(lengths.cut, lengths.examples)}) have more than the maximum length of "
            f"{lengths.most:,} and are cut."
        )
    return said


def _ticks(lengths: Lengths, last: float) -> tuple[list[float], list[str]]:
    """Round numbers along the closed bars, and the name of the open one."""
    end = lengths.edges[-1] - 1
    step = next(size for size in _round_sizes() if end / size <= _TICKS)
    values: list[float] = list(range(0, end + 1, step))
    if not lengths.longer:
        return values, [f"{value:,}" for value in values]
    values = [value for value in values if value < end - step / 2]
    return [*values, last], [*(f"{value:,.0f}" for value in values), open_end(lengths)]


def _round_sizes() -> list[int]:
    return [digit * 10**power for power in range(12) for digit in (1, 2, 5)]


def _share(count: int, total: int) -> str:
    """A percentage that is not 0 where there is something."""
    share = count / total
    return f"{100 * share:.0f} %" if share >= 0.005 or not count else "under 1 %"
