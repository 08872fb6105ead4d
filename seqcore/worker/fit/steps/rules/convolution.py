"""Filters over neighbouring steps, and the strongest answer of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from seqcore.layers.products import column_sums, product, transposed_product
from seqcore.worker.fit.steps import kernels
from seqcore.worker.fit.steps.rules.base import ArrayOf, OfPlaces, Rule, Slopes, insist, rule_of


@rule_of(keras.layers.Conv1D)
class Conv1D(Rule):
    """relu(x * W + b): one matrix product over the neighbours of all steps."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.padding == "same" and layer.use_bias and layer.groups == 1, layer, "padding, bias or groups")
        insist(layer.activation is keras.activations.relu, layer, "activation")
        insist(layer.strides == (1,) and layer.dilation_rate == (1,), layer, "strides or dilation")
        insist(layer.trainable, layer, "trainable")
        self._kernel, self._bias = array_of(layer.kernel), array_of(layer.bias)
        self.variables = [layer.kernel, layer.bias]
        self._width = layer.kernel_size[0]
        self._left = (self._width - 1) // 2  # zeros before the first step, as TensorFlow has it; the rest behind

    def forwards(self, inputs: np.ndarray) -> np.ndarray:
        """`(batch, steps, features)` to `(batch, steps, filters)`."""
        self._inputs = inputs
        self._outputs = kernels.convolution(inputs, self._kernel, self._bias, self._left)
        return self._outputs

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the inputs, unless they are first."""
        batch, steps, filters = upstream.shape
        features = self._kernel.shape[1]
        padded = np.zeros((batch, steps + self._width - 1, features), np.float32)
        padded[:, self._left : self._left + steps] = self._inputs
        windows = np.stack([padded[:, place : place + steps] for place in range(self._width)], axis=2)
        windows = windows.reshape(batch * steps, self._width * features)
        slopes = (upstream * (self._outputs > 0)).reshape(-1, filters)
        weights = transposed_product(windows, slopes)
        self.gradients = [weights.reshape(self._kernel.shape), column_sums(slopes)]
        if self.is_first:
            return (None,)
        apart = product(slopes, self._kernel.reshape(-1, filters).T).reshape(batch, steps, self._width, features)
        padded[:] = 0
        for place in range(self._width):
            padded[:, place : place + steps] += apart[:, :, place]
        return (padded[:, self._left : self._left + steps],)

    def backwards_from(self, upstream: OfPlaces) -> Slopes:
        """The same from a few places, which is most of the work saved."""
        slopes = np.ascontiguousarray(upstream.slopes)
        places = np.ascontiguousarray(upstream.places)
        one_by_one = np.ascontiguousarray(self._kernel.transpose(2, 0, 1))
        by_inputs, by_filters = kernels.convolution_back(
            slopes, places, self._outputs, self._inputs, one_by_one, self._left
        )
        is_open = np.take_along_axis(self._outputs, places[:, None], axis=1)[:, 0] > 0
        self.gradients = [np.ascontiguousarray(by_filters.transpose(1, 2, 0)), (slopes * is_open).sum(axis=0)]
        return (by_inputs,)


@rule_of(keras.layers.Concatenate)
class Concatenate(Rule):
    """Features side by side."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.axis == -1, layer, "axis")

    def forwards(self, *inputs: np.ndarray) -> np.ndarray:
        """All of them."""
        self._ends = np.cumsum([each.shape[-1] for each in inputs])[:-1]
        return np.concatenate(inputs, axis=-1)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """To each its own."""
        return tuple(np.split(upstream, self._ends, axis=-1))

    def backwards_from(self, upstream: OfPlaces) -> Slopes:
        """To each its own."""
        parts = zip(*(np.split(each, self._ends, axis=-1) for each in upstream[:2]), strict=True)
        return tuple(OfPlaces(slopes, places, upstream.steps) for slopes, places in parts)


@rule_of(keras.layers.GlobalMaxPooling1D)
class GlobalMaxPooling1D(Rule):
    """The maximum over the steps.

    Of steps that are strongest alike the first has the slope, where TensorFlow shares it: they are alike because the
    same stands there, which learns as much either way.
    """

    def forwards(self, frames: np.ndarray) -> np.ndarray:
        """`(batch, steps, features)` to `(batch, features)`."""
        found, self._places = kernels.strongest(frames)
        self._steps = frames.shape[1]
        return found

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the frames."""
        return (OfPlaces(upstream, self._places, self._steps),)
