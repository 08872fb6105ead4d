"""What a checkpoint keeps of a moment of training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Kept:
    """Numbers and arrays under names; every part of a training finds its own again by its names.

    Attributes:
        numbers: Whatever JSON can hold.
        arrays: Lists of plain arrays, such as the weights of a model.
    """

    numbers: dict[str, Any] = field(default_factory=dict)
    arrays: dict[str, list[np.ndarray]] = field(default_factory=dict)

    def __or__(self, other: Kept) -> Kept:
        """Both.

        Raises:
            ValueError: a name stands in both, so that one would be lost.
        """
        twice = (self.numbers.keys() & other.numbers.keys()) | (self.arrays.keys() & other.arrays.keys())
        if twice:
            raise ValueError(f"kept under the same name twice: {sorted(twice)}")
        return Kept(self.numbers | other.numbers, self.arrays | other.arrays)


def check_values(values: Sequence[np.ndarray], variables: Sequence[Any]) -> None:
    """See that the values can be assigned to Keras variables as they are, one to each.

    Raises:
        ValueError: they differ in number, shape or type.
    """
    for value, variable in zip(values, variables, strict=True):
        if value.shape != tuple(variable.shape) or value.dtype.name != variable.dtype:
            raise ValueError(f"{variable.path} is {variable.dtype} {variable.shape}, not {value.dtype} {value.shape}")
