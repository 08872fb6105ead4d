"""Values of steps moved to later steps, in Keras' own operations."""

from __future__ import annotations

import keras
from keras import ops


def later(values: keras.KerasTensor, steps: int) -> keras.KerasTensor:
    """The same `(batch, steps, features)` so many steps later, at least 1; zeros before the first."""
    return ops.pad(values, [[0, 0], [steps, 0], [0, 0]])[:, :-steps]
