"""A network as a list of rules, called one after the other forwards and one after the other back."""

from __future__ import annotations

import keras
import numpy as np

from seqcore.worker.compat import calls_of
from seqcore.worker.fit.steps.rules import RULES, NoRuleError, OfPlaces, Rule, spread
from seqcore.worker.fit.steps.rules.elementwise import Dropout
from seqcore.worker.fit.steps.variables import Arrays


class Network:
    """A network as rules, in the order of their computation.

    Args:
        network: From its input to its logits.
        arrays: Where its weights stand.
        part: Which part of a batch it computes.

    Attributes:
        rules: All of them.
        drawing: Those that draw at random.

    Raises:
        NoRuleError: a layer is not known.
    """

    def __init__(self, network: keras.Model, arrays: Arrays, part: int) -> None:
        self._input, self._output = id(network.inputs[0]), id(network.outputs[0])
        self.rules: list[Rule] = []
        self.drawing: list[Dropout] = []
        self._inputs: list[list[int]] = []
        self._outputs: list[int] = []
        self._is_trained: list[bool] = []
        trained: set[int] = set()  # tensors that depend on what is trained
        for call in calls_of(network):
            kind = RULES.get(type(call.operation), RULES.get(type(call.operation).__name__))
            if kind is None or not call.inputs:
                raise NoRuleError(type(call.operation).__name__)
            rule = kind(call.operation, arrays.of, call.constants)
            rule.is_first = call.inputs[0] not in trained
            if any(each in trained for each in call.inputs) or rule.variables:
                trained.add(call.output)
            if isinstance(rule, Dropout):
                rule.part = part
                self.drawing.append(rule)
            self.rules.append(rule)
            self._inputs.append(call.inputs)
            self._outputs.append(call.output)
            self._is_trained.append(call.output in trained)

    def logits(self, inputs: np.ndarray) -> np.ndarray:
        """`(batch, outputs)`."""
        values = {self._input: inputs}
        for rule, given, output in zip(self.rules, self._inputs, self._outputs, strict=True):
            values[output] = rule.forwards(*[values[each] for each in given])
        return values[self._output]

    def back(self, slope: np.ndarray) -> None:
        """From the loss's gradient by the logits to the gradients of all rules."""
        slopes: dict[int, np.ndarray | OfPlaces] = {self._output: slope}
        for place in range(len(self.rules) - 1, -1, -1):
            upstream = slopes.pop(self._outputs[place], None)
            if upstream is None or not self._is_trained[place]:
                continue
            rule = self.rules[place]
            found = rule.backwards_from(upstream) if isinstance(upstream, OfPlaces) else rule.backwards(upstream)
            for below, part in zip(self._inputs[place], found, strict=True):
                if part is not None:
                    slopes[below] = spread(slopes[below]) + spread(part) if below in slopes else part
