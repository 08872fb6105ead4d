"""A sound over its seconds: the wave above, and below how loud each band of frequencies is, frame by frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from seqcore.plots.canvas import empty_figure
from seqcore.plots.theme import ACCENT, PALE, STRONG

_COLUMNS = 600  # of a picture at most: more are not seen
_DECIBEL = 10 / np.log(10)  # of a natural logarithm of power
_QUIETEST = 60  # decibels below the loudest, where the scale begins
_TICKS = 6


def plot_sound(
    samples: NDArray[np.float32], rate: int, loudness: NDArray[np.float32], hop: float, hertz: Sequence[float]
) -> go.Figure:
    """Wave and log-mel spectrogram over the same seconds.

    Args:
        samples: (samples,) between -1 and 1.
        rate: Of them, a second.
        loudness: (frames, bands) natural logarithms of power; at least one frame.
        hop: Seconds from one frame to the next.
        hertz: (bands,) the middle of each band.
    """
    figure = empty_figure(380, x_title="Seconds")
    times, low, high = _envelope(samples, rate)
    for values, fill in ((high, None), (low, "tonexty")):
        figure.add_trace(
            go.Scatter(
                x=times, y=values, mode="lines", line={"color": ACCENT, "width": 1}, fill=fill, fillcolor=ACCENT,
                yaxis="y2", hoverinfo="skip",
            )
        )  # fmt: skip
    columns, places = _columns(loudness)
    decibels = columns * _DECIBEL
    loudest = float(decibels.max())
    rows = [f"{value:,.0f}" for value in hertz]
    figure.add_trace(
        go.Heatmap(
            x=(places * hop).round(3).tolist(), z=decibels.T.round(1).tolist(), zmin=loudest - _QUIETEST, zmax=loudest,
            colorscale=[[0, PALE], [1, STRONG]], customdata=[[row] * len(places) for row in rows],
            colorbar={"thickness": 12, "outlinewidth": 0, "nticks": 5, "title": {"text": "dB"}, "len": 0.7, "y": 0.33},
            hovertemplate="%{x:.2f} s, %{customdata} Hz<br>%{z:.0f} dB<extra></extra>",
        )
    )  # fmt: skip
    ticks = np.unique(np.linspace(0, len(rows) - 1, min(_TICKS, len(rows))).astype(int)).tolist()
    figure.update_layout(
        yaxis={"domain": [0, 0.7], "showgrid": False, "title": {"text": "Hz"}, "tickvals": ticks,
               "ticktext": [rows[tick] for tick in ticks]},
        yaxis2={"domain": [0.76, 1], "anchor": "x", "range": [-1, 1], "showgrid": False, "tickvals": [0],
                "ticktext": [""], "zeroline": False},
        xaxis={"range": [0, max(len(samples) / rate, len(loudness) * hop)], "showgrid": False},
    )  # fmt: skip
    return figure


def describe_sound(
    samples: NDArray[np.float32], rate: int, loudness: NDArray[np.float32], hop: float, hertz: Sequence[float]
) -> str:
    """How long it is, and when and where it is loudest, in words."""
    frame, band = divmod(int(loudness.argmax()), loudness.shape[1])
    said = f"A sound of {len(samples) / rate:.2f} seconds, in {len(loudness):,} frames of {loudness.shape[1]} bands. "
    return said + f"It is loudest at {frame * hop:.2f} seconds, around {hertz[band]:,.0f} Hz."


def _envelope(samples: NDArray[np.float32], rate: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds, least and greatest sample of each of so many pieces."""
    if not len(samples):
        return [], [], []
    starts = np.unique(np.linspace(0, len(samples), min(_COLUMNS, len(samples)), endpoint=False).astype(int))
    low, high = np.minimum.reduceat(samples, starts), np.maximum.reduceat(samples, starts)
    return (starts / rate).round(4).tolist(), low.round(3).tolist(), high.round(3).tolist()


def _columns(loudness: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frames, of many the mean of neighbours, and the middle of each."""
    starts = np.unique(np.linspace(0, len(loudness), min(_COLUMNS, len(loudness)), endpoint=False).astype(int))
    counts = np.diff([*starts, len(loudness)])
    means = np.add.reduceat(loudness.astype(np.float64), starts, axis=0) / counts[:, None]
    return means, starts + (counts - 1) / 2
