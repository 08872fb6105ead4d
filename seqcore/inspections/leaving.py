"""An example without some of its steps: words move up, moments are filled in."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Fill = Literal["line", "mean"]
SHARE_OF_WINDOW = 20  # a window of moments is one part in so many of an example, where nobody says how wide it is


def without(array: NDArray[Any], gone: NDArray[np.bool_], fill: Fill = "mean") -> NDArray[Any]:
    """The example as a model reads it when some of its steps are not there.

    The tokens of a text that follow move up. Moments cannot: what comes after would come too early. They are filled in,
    and the example stays as long as it is.

    Args:
        array: (steps,) ids or (steps, channels) frames.
        gone: (steps,) which are not there.
        fill: What stands where moments were: the straight line between the neighbours that are left, at an end the
            nearest of them; or zeros, which is the mean of the training rows where the kind standardises by it.
    """
    if array.ndim == 1:
        return array[~gone]
    found, kept = array.copy(), np.flatnonzero(~gone)
    if fill == "mean" or not len(kept):
        found[gone] = 0
        return found
    places = np.flatnonzero(gone)
    for channel in range(array.shape[1]):
        found[places, channel] = np.interp(places, kept, array[kept, channel])
    return found


def window_of(steps: int) -> int:
    """How many neighbouring moments are left out at once, where nobody says it."""
    return max(1, round(steps / SHARE_OF_WINDOW))
