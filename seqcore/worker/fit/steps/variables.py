"""Arrays that stand for the variables of a model while steps change them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np


class Arrays:
    """The arrays that stand for variables, each made when it is first asked for."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Any, np.ndarray]] = {}

    def of(self, variable: Any) -> np.ndarray:
        """The one of a variable; it changes in place."""
        if id(variable) not in self._held:
            self._held[id(variable)] = variable, _value(variable).copy(order="C")
        return self._held[id(variable)][1]

    def take_up(self) -> None:
        """What the variables hold now."""
        for variable, array in self._held.values():
            array[...] = _value(variable)

    def write_back(self, variables: Sequence[Any]) -> None:
        """Give some variables what their arrays hold."""
        for variable in variables:
            variable.assign(self.of(variable))


def _value(variable: Any) -> np.ndarray:
    found: np.ndarray = keras.ops.convert_to_numpy(variable)
    return found
