"""Tables and products with a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from seqcore.layers.kernels import bounded
from seqcore.layers.products import NOTHING, affine, column_sums, product, transposed_product
from seqcore.worker.fit.steps.attention_kernels import gelu, gelu_back
from seqcore.worker.fit.steps.rules.base import ArrayOf, Rows, Rule, Slopes, insist, rule_of


@rule_of(keras.layers.Embedding)
class Embedding(Rule):
    """The row of a table that belongs to each id."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._table = array_of(layer.embeddings)
        self.variables = [layer.embeddings] if layer.trainable else []

    def forwards(self, ids: np.ndarray) -> np.ndarray:
        """`(batch, steps)` ids to `(batch, steps, size)`."""
        self._ids = ids
        return self._table.take(ids, axis=0)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """Of the rows that were looked up."""
        self.gradients = [Rows(self._ids.reshape(-1), upstream.reshape(-1, self._table.shape[1]))]
        return (None,)


@rule_of(keras.layers.Dense)
class Dense(Rule):
    """x W + b, and its tanh or GELU where that is asked for, of any number of axes."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._activation = getattr(layer.activation, "__name__", "")
        insist(self._activation in ("linear", "tanh", "gelu"), layer, "activation")
        self._kernel = array_of(layer.kernel)
        self._bias = array_of(layer.bias) if layer.use_bias else NOTHING
        self.variables = list(layer.trainable_variables)

    def forwards(self, inputs: np.ndarray) -> np.ndarray:
        """`(..., features)` to `(..., outputs)`."""
        self._inputs = np.ascontiguousarray(inputs.reshape(-1, inputs.shape[-1]))
        outputs = affine(self._inputs, self._kernel, self._bias)
        self._sums = outputs
        if self._activation == "tanh":
            self._outputs = outputs = bounded(outputs)
        elif self._activation == "gelu":
            outputs = gelu(outputs)
        return outputs.reshape(*inputs.shape[:-1], outputs.shape[1])

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the inputs, unless they are first."""
        slopes = np.ascontiguousarray(upstream.reshape(-1, upstream.shape[-1]))
        if self._activation == "tanh":
            slopes = slopes * (1 - self._outputs * self._outputs)
        elif self._activation == "gelu":
            slopes = gelu_back(slopes, self._sums)
        if self.variables:
            bias = [column_sums(slopes)] if len(self._bias) else []
            self.gradients = [transposed_product(self._inputs, slopes), *bias]
        return (None if self.is_first else product(slopes, self._kernel.T).reshape(*upstream.shape[:-1], -1),)
