"""Our recurrent layers, by the same kernels that TensorFlow calls, and both directions side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from seqcore import layers
from seqcore.layers.products import affine, column_sums, product, transposed_product
from seqcore.layers.recurrences import Recurrence
from seqcore.worker.fit.steps.rules.base import ArrayOf, Rule, Slopes, insist, rule_of


@rule_of(layers.SimpleRNN, layers.LSTM, layers.GRU)
class Recurrent(Rule):
    """The states of a recurrence: all, or the one after the last step that is read."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._recurrence: Recurrence = layer.recurrence
        self._reads = {"from_end": layer.go_backwards, "every_step": layer.return_sequences}
        cell = layer.cell
        self._kernel, self._recurrent = array_of(cell.kernel), array_of(cell.recurrent_kernel)
        self._bias, *self._biases = np.atleast_2d(array_of(cell.bias))
        insist(layer.trainable, layer, "trainable")
        self.variables = [cell.kernel, cell.recurrent_kernel, cell.bias]

    def forwards(self, inputs: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """`(batch, steps, features)` to `(batch, steps, units)`, in the order of the steps, or `(batch, units)`."""
        batch, steps, features = inputs.shape
        self._lengths = np.maximum(mask.sum(axis=1, dtype=np.int32), 1)
        self._inputs = inputs.reshape(-1, features)
        projected = affine(self._inputs, self._kernel, self._bias)
        self._states, *self._needed = self._recurrence.forwards(
            projected.reshape(batch, steps, -1), self._recurrent, *self._biases, self._lengths, self._reads["from_end"]
        )
        return self._recurrence.shown(self._states, self._lengths, **self._reads)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the inputs, unless they are first; none by the mask."""
        return self.by_inputs(upstream), None

    def by_inputs(self, upstream: np.ndarray) -> np.ndarray | None:
        """The gradient by the inputs alone, unless they are first."""
        changes = self._recurrence.gradients(
            upstream, self._recurrent, self._states, self._needed, self._lengths, **self._reads
        )
        outer, inner, before = (each.reshape(-1, each.shape[2]) for each in changes)
        bias = column_sums(outer)
        self.gradients = [
            transposed_product(self._inputs, outer),
            transposed_product(before, inner),
            np.stack([bias, column_sums(inner)]) if self._biases else bias,
        ]
        return None if self.is_first else product(outer, self._kernel.T).reshape(*self._states.shape[:2], -1)


@rule_of(keras.layers.Bidirectional)
class Bidirectional(Rule):
    """Two recurrent layers that read each way, their states side by side."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.merge_mode == "concat", layer, "merge_mode")
        both = layer.forward_layer, layer.backward_layer
        insist(all(type(each) in (layers.SimpleRNN, layers.LSTM, layers.GRU) for each in both), layer, "layer")
        self._ways = [Recurrent(each, array_of, arguments) for each in both]
        self.variables = [variable for way in self._ways for variable in way.variables]

    def forwards(self, inputs: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """As of one, with twice the units."""
        return np.concatenate([way.forwards(inputs, mask) for way in self._ways], axis=-1)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """As of one."""
        below = []
        for way, slopes in zip(self._ways, np.split(upstream, 2, axis=-1), strict=True):
            way.is_first = self.is_first
            below.append(way.by_inputs(slopes))
        self.gradients = [gradient for way in self._ways for gradient in way.gradients]
        return None if below[0] is None or below[1] is None else below[0] + below[1], None
