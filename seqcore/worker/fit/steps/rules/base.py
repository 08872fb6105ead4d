"""What a rule is: how a kind of layer is computed and differentiated with arrays.

A rule does what the layer of Keras does in training, and nothing else is asked of it: what stands at padding may be
anything where the layers above leave it out, as everywhere here. Arrays are float32, masks bool, both as C lays them
out; `(batch, steps, features)` unless something else is said.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

ArrayOf = Callable[[Any], np.ndarray]


class NoRuleError(Exception):
    """A layer, or a setting of it, that no rule is for."""


class Rows(NamedTuple):
    """A gradient of a table that is zero outside of some rows.

    Attributes:
        ids: `(n,)`, int32, in no order and not only once each.
        slopes: `(n, size)`, of which those of the same row are to be added.
    """

    ids: np.ndarray
    slopes: np.ndarray


Gradient = np.ndarray | Rows


class OfPlaces(NamedTuple):
    """A slope `(batch, steps, features)` that is zero but at one step of each example and feature.

    Attributes:
        slopes: There, `(batch, features)`.
        places: The step, `(batch, features)`, int32.
        steps: How many there are.
    """

    slopes: np.ndarray
    places: np.ndarray
    steps: int

    def spread(self) -> np.ndarray:
        """The whole of it."""
        batch, features = self.places.shape
        whole = np.zeros((batch, self.steps, features), np.float32)
        np.put_along_axis(whole, self.places[:, None], self.slopes[:, None], axis=1)
        return whole


def spread(slope: np.ndarray | OfPlaces) -> np.ndarray:
    """The whole of a slope."""
    return slope.spread() if isinstance(slope, OfPlaces) else slope


Slopes = tuple[np.ndarray | OfPlaces | None, ...]


class Rule(ABC):
    """One layer.

    Args:
        layer: Of Keras.
        array_of: The array that stands for a variable of the layer; it changes in place.
        arguments: What the layer is called with beside arrays.

    Attributes:
        variables: Those that are trained, in the order of `gradients`.
        gradients: Of the last way back.
        is_first: Nothing below is trained, so that nobody asks for the slope by the first input.

    Raises:
        NoRuleError: the layer has a setting that is not known here.
    """

    is_first = False

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        self.variables: list[Any] = []
        self.gradients: list[Gradient] = []

    @abstractmethod
    def forwards(self, *inputs: Any) -> np.ndarray:
        """The layer's output; what the way back needs is kept."""

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """From the loss's gradient by the output to that by each input, None where there is none."""
        raise NoRuleError(type(self).__name__)  # of what holds no weight and depends on none

    def backwards_from(self, upstream: OfPlaces) -> Slopes:
        """The same from a few places."""
        return self.backwards(upstream.spread())


RULES: dict[type | str, type[Rule]] = {}
Kind = TypeVar("Kind", bound=type[Rule])


def rule_of(*kinds: type | str) -> Callable[[Kind], Kind]:
    """Add the rule of some layers, by their classes, or operations of Keras that are no layers, by their names."""

    def added(rule: Kind) -> Kind:
        RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return added


def insist(known: bool, layer: Any, setting: str) -> None:
    """Whether a setting of a layer is one that its rule knows.

    Raises:
        NoRuleError: it is not.
    """
    if not known:
        raise NoRuleError(f"{setting} of {layer.name}")
