"""Operations on each number by itself, and on the shape of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from seqcore.worker.fit.steps.rules.base import ArrayOf, OfPlaces, Rule, Slopes, insist, rule_of


@rule_of("NotEqual")
class NotEqual(Rule):
    """Where ids are not a certain one."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        (self._other,) = arguments

    def forwards(self, ids: np.ndarray) -> np.ndarray:
        """A mask."""
        found: np.ndarray = ids != self._other
        return found


@rule_of("Isnan")
class IsNoNumber(Rule):
    """Where frames are padded."""

    def forwards(self, frames: np.ndarray) -> np.ndarray:
        """A mask."""
        found: np.ndarray = np.isnan(frames)
        return found


@rule_of("LogicalNot")
class Not(Rule):
    """The other places."""

    def forwards(self, mask: np.ndarray) -> np.ndarray:
        """A mask."""
        found: np.ndarray = np.logical_not(mask)
        return found


@rule_of("GetItem")
class Item(Rule):
    """A part of what is not trained."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._part = tuple(arguments)

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """That part."""
        found: np.ndarray = values[self._part]
        return found


@rule_of("Where")
class NumberWhere(Rule):
    """A number in some places of what is not trained."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(len(arguments) == 1, layer, "arguments")
        self._number = np.float32(arguments[0])

    def forwards(self, mask: np.ndarray, values: np.ndarray) -> np.ndarray:
        """What is left."""
        return np.where(mask, self._number, values)


@rule_of("Cast")
class Cast(Rule):
    """Numbers of another type, of what is not trained."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._type = np.dtype(layer.dtype)

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """The same numbers."""
        return values.astype(self._type)


@rule_of("ExpandDims")
class ExpandDims(Rule):
    """One axis more."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        self._axis = layer.axis

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """The same numbers."""
        return np.expand_dims(values, self._axis)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """The same numbers."""
        return (np.squeeze(upstream, self._axis),)


@rule_of("Squeeze")
class Squeeze(Rule):
    """One axis fewer."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.axis is not None, layer, "axis")
        self._axis = layer.axis

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """The same numbers."""
        return np.squeeze(values, self._axis)

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """The same numbers."""
        return (np.expand_dims(upstream, self._axis),)


@rule_of("Multiply")
class MultiplyByConstant(Rule):
    """A product with something that is not trained, such as a mask."""

    def forwards(self, values: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Their product."""
        self._factors = factors
        found: np.ndarray = values * factors
        return found

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the first; the second has none."""
        return upstream * self._factors, None

    def backwards_from(self, upstream: OfPlaces) -> Slopes:
        """As much at the same places."""
        batch, steps, _ = self._factors.shape
        if self._factors.shape[2] != 1:
            return super().backwards_from(upstream)
        factors = self._factors[np.arange(batch)[:, None], upstream.places, 0]
        return OfPlaces(upstream.slopes * factors, upstream.places, steps), None


@rule_of(keras.layers.Dropout)
class Dropout(Rule):
    """Srivastava et al. 2014, JMLR 15: some values are zero, the others larger; drawn as Keras draws them.

    Attributes:
        generator: The variable that holds the layer's seed and how often it was drawn from.
        examples: Of the whole batch.
        part: Which part of it this rule has where it has not all of it: every so many examples of `PARTS`.
    """

    PARTS = 2

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.noise_shape is None, layer, "noise_shape")
        insist(0 < layer.rate < 1, layer, "rate")
        self._rate, self.part, self.examples = layer.rate, 0, 0
        self.generator = layer.seed_generator.state
        self._drawn = array_of(self.generator)

    def forwards(self, values: np.ndarray) -> np.ndarray:
        """What is left of the values."""
        seed = (self._drawn % (tf.int32.max - 1)).astype(np.int32)  # as Keras makes 32 bits of it
        drawn = tf.random.stateless_uniform((self.examples, *values.shape[1:]), seed).numpy()
        mine = drawn if len(values) == self.examples else drawn[self.part :: self.PARTS]
        self._mask = (mine >= self._rate) * np.float32(1 / (1 - self._rate))
        left: np.ndarray = values * self._mask
        return left

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """Zero where the value was."""
        return (upstream * self._mask,)

    def draw(self) -> None:
        """Let the next mask be another one."""
        self._drawn[1] += 1
