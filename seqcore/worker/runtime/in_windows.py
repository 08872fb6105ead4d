"""What is asked of a model that reads a long text in windows, and cannot be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqcore.errors import InspectionError
from seqcore.kinds import Encoder


def refuse_several_windows(encoder: Encoder, encoded: Sequence[np.ndarray]) -> None:
    """Refuse texts that are read in several windows, where a picture of a single reading is asked for.

    Raises:
        InspectionError: one of these is.
    """
    for array in encoded:
        parts = encoder.windows(len(array))
        if len(parts) > 1:
            raise InspectionError(
                f"This model reads a text of {len(array):,} tokens in {len(parts)} windows, and this can be asked of "
                "a single one",
                remedy=f"Ask about a part of it, of at most {parts[0].stop:,} tokens",
            )


def stitched(windows: Sequence[np.ndarray], parts: Sequence[slice], steps: int) -> np.ndarray:
    """`(steps,)` the sum, at every step of a text, of what its windows have there, `(steps of the window,)` each."""
    found = np.zeros(steps)
    for values, part in zip(windows, parts, strict=True):
        found[part] += values
    return found
