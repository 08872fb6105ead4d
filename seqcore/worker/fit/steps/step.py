"""What the training loop asks of a step, whoever computes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import NamedTuple

import numpy as np


class Taken(NamedTuple):
    """What a step said of its batch, with the weights from before it.

    Attributes:
        loss: Sum over the examples, in nats.
        right: Right answers.
    """

    loss: float
    right: float


class Step(ABC):
    """Changes the weights of a model along the gradient of a batch."""

    @abstractmethod
    def __call__(self, inputs: np.ndarray, labels: np.ndarray) -> Taken:
        """Take the step.

        Args:
            inputs: As the model takes them: `(batch, steps)` ids, int32, or `(batch, steps, channels)`.
            labels: `(batch,)`, int32.
        """

    def settle(self) -> None:  # noqa: B027 - most steps leave nothing to do
        """Bring the model, its optimizer and its generators up to date: to be called before anybody looks at them.

        The next step begins with what they hold then.
        """
