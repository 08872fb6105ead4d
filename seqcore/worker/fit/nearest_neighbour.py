"""Fitting the nearest neighbour: the training examples are put into the model."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from seqcore.architectures.nearest_neighbour import CLASSES, KEPT, SCALE, kept_of
from seqcore.worker.evaluate import Scorer
from seqcore.worker.fit.scale import best_scale
from seqcore.worker.prepare import PreparedData


def keep_examples(model: keras.Model, scorer: Scorer, prepared: PreparedData) -> dict[str, Any]:
    """Fit in place.

    Distances are no probabilities: the factor that makes logits of them is chosen on the validation examples, and
    changes no answer.

    Returns:
        How many examples are kept ("kept") and the factor ("scale").
    """
    train, kept = prepared.train, kept_of(prepared.sizes)
    rows = np.linspace(0, len(train) - 1, kept).round().astype(np.int64)
    arrays = train.arrays()
    moments = prepared.sizes.input.longest
    examples = np.stack([stretched(arrays[row], moments).ravel() for row in rows]).astype(np.float64)
    model.get_layer(KEPT).set_weights([2 * examples.T, -np.square(examples).sum(axis=1)])
    model.get_layer(CLASSES).set_weights([train.labels[rows][:, None]])
    classes = prepared.sizes.classes
    layer = model.get_layer(SCALE)
    layer.set_weights([_nearer(classes)])
    scale = best_scale(scorer.logits(prepared.validation), prepared.validation.labels)
    layer.set_weights([_nearer(classes) * np.float32(scale)])
    return {"kept": kept, "scale": scale}


def stretched(example: NDArray[np.float32], moments: int) -> NDArray[np.float64]:
    """(moments, channels): an example at so many places from its first step to its last, by straight lines."""
    places = np.arange(moments) * ((len(example) - 1) / max(moments - 1, 1))
    steps = np.arange(len(example))
    return np.stack([np.interp(places, steps, channel) for channel in example.T], axis=1)


def _nearer(classes: int) -> NDArray[np.float32]:
    """(classes, outputs): of two classes how much nearer the second is, of more how near each is."""
    if classes == 2:
        return np.array([[1.0], [-1.0]], np.float32)
    return -np.eye(classes, dtype=np.float32)
