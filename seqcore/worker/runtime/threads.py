"""Whether a batch is computed by one thread, or the two directions of a layer side by side by two.

Every operation has one thread always, and which of them run at the same time changes none of their numbers: so digits
depend neither on the cores of a machine nor on what else it does. Two threads gain where the directions of a
bidirectional layer are long enough; elsewhere they hand work to each other for nothing, and one is quicker.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import keras
import tensorflow as tf

from seqcore.layers import gpu
from seqcore.machine import cores_of_machine

DIRECTIONS = 2
WORTH_TWO = 20_000_000  # weights that are read both ways, for every step of a batch, from which two threads gain
_ONE = "SINGLE_THREADED_EXECUTOR"  # as TensorFlow calls it


def threads_of_process() -> int:
    """Operations that this process may run at the same time: no more than there are cores for."""
    return min(DIRECTIONS, cores_of_machine())


def one_thread() -> AbstractContextManager[None]:
    """Functions are traced and called for one thread; one that was traced so can be called for several too.

    On a GPU it is TensorFlow that hands operations out.
    """
    return nullcontext() if gpu.has_gpu() else _one()


def _one() -> AbstractContextManager[None]:
    executor: AbstractContextManager[None] = tf.experimental.function_executor_type(_ONE)
    return executor


class Threads:
    """The threads of a model's batches.

    Args:
        model: Whose bidirectional layers are looked at.
    """

    def __init__(self, model: keras.Model) -> None:
        both_ways = [layer for layer in model.layers if isinstance(layer, keras.layers.Bidirectional)]
        self._weights, self._has_gpu = sum(layer.count_params() for layer in both_ways), gpu.has_gpu()

    def of_batch(self, rows: int, steps: int) -> AbstractContextManager[None]:
        """For a batch of so many examples, padded to so many steps."""
        gains = self._has_gpu or rows * steps * self._weights >= WORTH_TWO
        return nullcontext() if gains else _one()
