"""A step with NumPy and machine code: for models of layers that `rules` knows, trained by Adam.

A step of TensorFlow on a batch of short texts is bookkeeping for the most part: here it is a few dozen calls on arrays
that stand for the model's variables. A large batch is two halves that two threads compute at the same time where the
machine has them: always two halves, so that digits depend neither on the cores of a machine nor on what else it does.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

import keras
import numpy as np

from seqcore.worker.compat import running_averages
from seqcore.worker.fit import optimizers
from seqcore.worker.fit.steps import kernels
from seqcore.worker.fit.steps.network import Network
from seqcore.worker.fit.steps.rules import Gradient, NoRuleError, Rows
from seqcore.worker.fit.steps.rules.dense import Embedding
from seqcore.worker.fit.steps.rules.elementwise import Dropout
from seqcore.worker.fit.steps.step import Step, Taken
from seqcore.worker.fit.steps.variables import Arrays
from seqcore.worker.runtime.threads import threads_of_process

PARTS = Dropout.PARTS  # of a large batch
WORTH_TWO = 10_000_000  # weights that are read, for every step of a batch, from which two threads gain


class _Trained:
    """What belongs to one variable that is trained: its array, Adam's averages, and the sum of its gradients."""

    def __init__(self, variable: Any, optimizer: keras.optimizers.Adam, arrays: Arrays) -> None:
        self.variables = variable, *running_averages(optimizer, variable)
        self.value, self.mean, self.squares = (arrays.of(each) for each in self.variables)
        self.gradient = np.zeros(self.value.shape, np.float32)
        self.squared_norm = 0.0

    def add(self, gradient: Gradient, *, with_norm: bool) -> None:
        """Add one; rows count by themselves in the norm, as Keras has it."""
        if isinstance(gradient, Rows):
            kernels.add_rows(self.gradient, np.ascontiguousarray(gradient.ids), np.ascontiguousarray(gradient.slopes))
            if with_norm:
                self.squared_norm += float(np.vdot(gradient.slopes, gradient.slopes))
        else:
            self.gradient += gradient

    def take_norm(self) -> float:
        """The squared norm of what was added, which is forgotten."""
        found, self.squared_norm = self.squared_norm, 0.0
        return found or float(np.vdot(self.gradient, self.gradient))


class ArrayStep(Step):
    """A step of a network that ends with its logits.

    Args:
        network: Of layers that there are rules for.
        optimizer: Adam or AdamW, with one rate for all variables.
        class_weights: `(classes,)`.

    Raises:
        NoRuleError: this network, or this optimizer, is none of those.
    """

    def __init__(self, network: keras.Model, optimizer: keras.optimizers.Optimizer, class_weights: np.ndarray) -> None:
        if not isinstance(optimizer, optimizers.Adam | optimizers.AdamW) or optimizer.rates:
            raise NoRuleError(type(optimizer).__name__)
        self._arrays, self._optimizer = Arrays(), optimizer
        self._parts = [Network(network, self._arrays, part) for part in range(PARTS)]
        optimizer.build(network.trainable_variables)
        self._trained = {id(each): _Trained(each, optimizer, self._arrays) for each in network.trainable_variables}
        rules = self._parts[0].rules
        if {id(each) for rule in rules for each in rule.variables} != set(self._trained):
            raise NoRuleError("a variable of no rule")
        self._weights_read = sum(
            variable.value.shape.num_elements()
            for rule in rules if not isinstance(rule, Embedding) for variable in rule.variables
        )  # fmt: skip
        self._class_weights = np.asarray(class_weights, np.float32)
        self._is_settled = True
        self._number, self._rate = 0, 0.0

    @cached_property
    def _other_thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1)

    def __call__(self, inputs: np.ndarray, labels: np.ndarray) -> Taken:
        """Take the step."""
        if self._is_settled:
            self._begin()
        with np.errstate(all="ignore"):  # a loss that is no number is told by whoever hears of it
            if inputs.shape[0] * inputs.shape[1] * self._weights_read < WORTH_TWO or len(labels) < PARTS:
                found = [self._part(0, inputs, labels, len(labels))]
            else:
                found = self._halves(inputs, labels)
            self._update(len(found))
        return Taken(sum(loss for loss, _ in found), sum(right for _, right in found))

    def settle(self) -> None:
        """Write everything that steps change into its variables."""
        if self._is_settled:
            return
        for trained in self._trained.values():
            self._arrays.write_back(trained.variables)
        self._arrays.write_back([rule.generator for rule in self._parts[0].drawing])
        self._optimizer.iterations.assign(self._number)
        self._is_settled = True

    def _begin(self) -> None:
        self._arrays.take_up()
        self._number, self._rate = int(self._optimizer.iterations.numpy()), float(self._optimizer.learning_rate)
        self._is_settled = False

    def _part(self, part: int, inputs: np.ndarray, labels: np.ndarray, examples: int) -> tuple[float, int]:
        """Forwards and back; the summed loss and the right answers."""
        network = self._parts[part]
        for rule in network.drawing:
            rule.examples = examples
        slope, loss, right = kernels.cross_entropy(network.logits(inputs), labels, self._class_weights, 1 / examples)
        network.back(slope)
        return loss, right

    def _halves(self, inputs: np.ndarray, labels: np.ndarray) -> list[tuple[float, int]]:
        """Every other example in each, so that both have as many long ones."""
        given = [
            (part, np.ascontiguousarray(inputs[part::PARTS]), np.ascontiguousarray(labels[part::PARTS]), len(labels))
            for part in range(PARTS)
        ]
        if threads_of_process() < PARTS:
            return [self._part(*each) for each in given]
        other = self._other_thread.submit(self._quietly, *given[1])
        return [self._part(*given[0]), other.result()]

    def _quietly(self, *given: Any) -> tuple[float, int]:
        with np.errstate(all="ignore"):  # of this thread
            return self._part(*given)

    def _update(self, parts: int) -> None:
        """Adam, for all variables."""
        optimizer = self._optimizer
        most = optimizer.global_clipnorm
        for network in self._parts[:parts]:
            for rule in network.rules:
                for variable, gradient in zip(rule.variables, rule.gradients, strict=True):
                    self._trained[id(variable)].add(gradient, with_norm=bool(most))
        if most:
            norm = math.sqrt(sum(trained.take_norm() for trained in self._trained.values()))
            scale = np.float32(most / max(norm, most)) if math.isfinite(norm) else np.float32(math.nan)
            for trained in self._trained.values():
                trained.gradient *= scale
        self._number += 1
        rate, number = np.float32(self._rate), self._number
        corrected = rate * math.sqrt(1 - optimizer.beta_2**number) / (1 - optimizer.beta_1**number)
        kept = 1 - (optimizer.weight_decay or 0.0) * self._rate
        for trained in self._trained.values():
            kernels.adam(
                trained.value.reshape(-1), trained.mean.reshape(-1), trained.squares.reshape(-1),
                trained.gradient.reshape(-1), corrected, 1 - optimizer.beta_1, 1 - optimizer.beta_2,
                optimizer.epsilon, kept,
            )  # fmt: skip
        for rule in self._parts[0].drawing:
            rule.draw()
