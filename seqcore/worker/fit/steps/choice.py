"""Who computes a training step."""

from __future__ import annotations

from contextlib import suppress

import keras
import numpy as np
import tensorflow as tf

from seqcore.layers import gpu
from seqcore.worker.fit.steps.arrays import ArrayStep
from seqcore.worker.fit.steps.rules import NoRuleError
from seqcore.worker.fit.steps.step import Step
from seqcore.worker.fit.steps.traced import MirroredStep, TracedStep
from seqcore.worker.models.build import PROBABILITIES, logits_of


def train_step(model: keras.Model, optimizer: keras.optimizers.Optimizer, class_weights: np.ndarray) -> Step:
    """The step of a model, or of a network that ends with its logits; `class_weights`: `(classes,)`."""
    network = logits_of(model) if model.layers[-1].name == PROBABILITIES else model
    if tf.distribute.has_strategy():
        return MirroredStep(network, optimizer, class_weights)
    if not gpu.has_gpu():
        with suppress(NoRuleError):
            return ArrayStep(network, optimizer, class_weights)
    return TracedStep(network, optimizer, class_weights)
