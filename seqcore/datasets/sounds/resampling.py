"""Another rate for a sound, by the soxr library."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def resampled(samples: npt.NDArray[np.float32], rate: int, wanted: int) -> npt.NDArray[np.float32]:
    """(samples,) at the wanted rate; as many as the same seconds have there, rounded."""
    if rate == wanted or not len(samples):
        return samples
    import soxr

    found = np.asarray(soxr.resample(samples, rate, wanted), np.float32)
    count = round(len(samples) * wanted / rate)
    return found[:count] if len(found) >= count else np.pad(found, (0, count - len(found)))
