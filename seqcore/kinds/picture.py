"""What a page draws of an example whose steps are moments: lines or an image along a time axis, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Picture:
    """An example along time.

    Attributes:
        form: A line a channel, or an image with a row a band, the first at the bottom.
        names: Of the channels or bands, in order.
        values: (moments, channels) as a person meets them; NaN where nothing was measured.
        at: (moments,) when each was, in `unit`; rising. Of an image where its columns begin.
        steps: (steps + 1,) where each step that the model reads begins, and where the last ends, in `unit`; rising.
        unit: Of time, as an axis says it: "Moment", "Seconds".
        value: What is drawn upwards: "Value", "Mel band".
    """

    form: Literal["lines", "image"]
    names: tuple[str, ...]
    values: NDArray[np.floating]
    at: NDArray[np.float64]
    steps: NDArray[np.float64]
    unit: str = "Moment"
    value: str = "Value"

    @property
    def length(self) -> float:
        """From where the first moment or step begins to where the last ends, in `unit`."""
        ends = [each for each in (self.at, self.steps) if len(each)]
        return float(max(each[-1] for each in ends) - min(each[0] for each in ends)) if ends else 0.0


def edges_around(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """(steps + 1,) halfway between neighbours of (steps,) rising times, and as far beyond the ends; of none, none."""
    if not len(at):
        return np.zeros(0)
    half = np.diff(at) / 2 if len(at) > 1 else np.array([0.5])
    return np.concatenate([[at[0] - half[0]], at[:-1] + np.diff(at) / 2, [at[-1] + half[-1]]])


def picture_of_frames(frames: NDArray[np.floating], unit: str) -> Picture:
    """Frames as a model reads them, (steps, channels): a line for each channel, the moments counted from 1."""
    steps, channels = frames.shape
    names = tuple(f"channel {number + 1}" for number in range(channels))
    at = np.arange(1, steps + 1, dtype=np.float64)
    return Picture("lines", names, np.asarray(frames, np.float64), at, edges_around(at), unit)
