"""The layers of a transformer's encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from seqcore.layers.products import affine, column_sums, product, transposed_product
from seqcore.worker.fit.steps import attention_kernels as kernels
from seqcore.worker.fit.steps.rules.base import ArrayOf, Rule, Slopes, insist, rule_of


@rule_of("Cumsum")
class RunningSum(Rule):
    """Of what is not trained."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._axis = layer.axis

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """Each with those before it."""
        return values.cumsum(axis=self._axis, dtype=values.dtype)


@rule_of("Minimum")
class AtMost(Rule):
    """Of what is not trained."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(len(arguments) == 1, layer, "arguments")
        self._most = arguments[0]

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """At most so much."""
        found: np.ndarray = np.minimum(values, self._most)
        return found


@rule_of(keras.layers.Add)
class Add(Rule):
    """The sum of arrays of one shape."""

    def forwards(self, first: np.ndarray, *others: np.ndarray) -> np.ndarray:
        """All of them."""
        self._count = 1 + len(others)
        found = first
        for each in others:
            found = found + each
        return found

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """The same to each."""
        return (upstream,) * self._count


@rule_of(keras.layers.LayerNormalization)
class LayerNormalization(Rule):
    """Over the features of each step."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.axis in (-1, [-1], [2]) and layer.scale and layer.center, layer, "axis, scale or center")
        insist(layer.trainable and not layer.rms_scaling, layer, "trainable or rms_scaling")
        self._scale, self._shift, self._epsilon = array_of(layer.gamma), array_of(layer.beta), layer.epsilon
        self.variables = [layer.gamma, layer.beta]

    def forwards(self, inputs: np.ndarray) -> np.ndarray:
        """`(batch, steps, features)` to the same."""
        flat = inputs.reshape(-1, inputs.shape[-1])
        found, self._plain, self._inverse = kernels.normalise(flat, self._scale, self._shift, self._epsilon)
        return found.reshape(inputs.shape)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the inputs."""
        flat = upstream.reshape(self._plain.shape)
        found, *self.gradients = kernels.normalise_back(flat, self._plain, self._inverse, self._scale)
        return (found.reshape(upstream.shape),)


@rule_of(keras.layers.MultiHeadAttention)
class MultiHeadAttention(Rule):
    """Each step looks at every real one."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(not layer.dropout and layer.trainable, layer, "dropout or trainable")
        dense = (layer.query_dense, layer.key_dense, layer.value_dense, layer.output_dense)
        insist(all(each.bias is not None for each in dense), layer, "use_bias")
        self.variables = [variable for each in dense for variable in (each.kernel, each.bias)]
        arrays = [array_of(variable) for variable in self.variables]
        self._shapes = [each.shape for each in arrays]
        *into, out = arrays[::2]
        self._kernels = [*(each.reshape(len(each), -1) for each in into), out.reshape(-1, out.shape[2])]
        self._biases = [each.reshape(-1) for each in arrays[1::2]]
        self._heads, self._scale = self._shapes[0][1], float(self._shapes[0][2]) ** -0.5

    def forwards(self, queries: np.ndarray, values: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """`(batch, steps, features)` twice, `(batch, 1, steps)`, to `(batch, steps, features)`."""
        self._lengths = mask[:, 0].sum(axis=1, dtype=np.int32)
        self._given = [each.reshape(-1, each.shape[2]) for each in (queries, values, values)]
        shape = (*queries.shape[:2], -1)
        projected = zip(self._given, self._kernels[:3], self._biases[:3], strict=True)
        asked, shown, told = (affine(each, kernel, bias).reshape(shape) for each, kernel, bias in projected)
        self._projected = asked, shown, told
        mixed, self._weights = kernels.attend(asked, shown, told, self._lengths, self._heads, self._scale)
        self._mixed = mixed.reshape(-1, mixed.shape[2])
        return affine(self._mixed, self._kernels[3], self._biases[3]).reshape(shape)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the queries and by what keys and values are made of; none by the mask."""
        last = upstream.reshape(-1, upstream.shape[2])
        asked, shown, told = self._projected
        mixed = product(last, self._kernels[3].T).reshape(asked.shape)
        changes = kernels.attend_back(mixed, self._weights, asked, shown, told, self._lengths, self._scale)
        flat = [each.reshape(-1, each.shape[2]) for each in changes]
        found = [
            gradient
            for given, slopes in zip([*self._given, self._mixed], [*flat, last], strict=True)
            for gradient in (transposed_product(given, slopes), column_sums(slopes))
        ]
        self.gradients = [each.reshape(shape) for each, shape in zip(found, self._shapes, strict=True)]
        below = [product(slopes, kernel.T) for slopes, kernel in zip(flat, self._kernels[:3], strict=True)]
        return below[0].reshape(upstream.shape), (below[1] + below[2]).reshape(upstream.shape), None


@rule_of(keras.layers.GlobalAveragePooling1D)
class MeanOfSteps(Rule):
    """Over the real steps."""

    def forwards(self, frames: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """`(batch, steps, features)` and `(batch, steps)` to `(batch, features)`."""
        real = mask.astype(np.float32)
        self._shares = real / real.sum(axis=1, keepdims=True)
        found: np.ndarray = np.matmul(self._shares[:, None], frames)[:, 0]
        return found

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the frames; none by the mask."""
        return self._shares[:, :, None] * upstream[:, None], None
