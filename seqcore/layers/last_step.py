"""What stands at the last real step of each example, in Keras' own operations."""

from __future__ import annotations

import keras
from keras import ops

from seqcore.layers.sequence import Sequence

LAST_STEP = "last_step"


def last_step(states: keras.KerasTensor, sequence: Sequence) -> keras.KerasTensor:
    """`(batch, steps, features)` → `(batch, features)`; zeros of an example without a step.

    Padding follows the steps of an example, so the last real one is where as many were counted as there are.
    """
    counted = ops.cumsum(ops.cast(sequence.mask, "int32"), axis=1)
    is_last = ops.logical_and(sequence.mask, ops.equal(counted, counted[:, -1:]))
    return keras.layers.Dot(axes=1, name=LAST_STEP)([ops.cast(is_last, "float32"), states])
