"""Prepared series for tests, without a kind of data: arrays, an encoder that only pads, a split by rows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from seqcore.architectures import get_architecture
from seqcore.kinds.sizes import FrameSizes
from seqcore.spec import TrainingOptions
from seqcore.worker.evaluate import Scorer
from seqcore.worker.fit.closed_form import counted_in, solve
from seqcore.worker.fit.observer import Observers
from seqcore.worker.models.build import build_model
from seqcore.worker.prepare import Examples, PreparedData


def prepared_series(parts: list[tuple[list[np.ndarray], np.ndarray]], classes: int) -> PreparedData:
    """Data of three parts, training, validation and test, each its series (steps, channels) and their classes."""
    channels = parts[0][0][0].shape[1]
    longest = max(map(len, parts[0][0]))
    encoder: Any = SimpleNamespace(
        padding=float("nan"),
        empty=np.zeros((1, channels), np.float32),
        sizes=FrameSizes(channels, longest),
        windows=lambda length: [slice(0, length)],
        pooling="mean",
    )
    data: Any = SimpleNamespace(classes=[f"class {code}" for code in range(classes)])
    examples = [Examples([each.astype(np.float32) for each in some], labels, encoder) for some, labels in parts]
    return PreparedData(data, None, encoder, *examples)  # type: ignore[arg-type]


def solved(name: str, prepared: PreparedData, seed: int = 0, **values: Any) -> tuple[keras.Model, dict[str, Any]]:
    """A model of these data, and what was chosen for it."""
    architecture = get_architecture(name)
    options = architecture.validate_options(values)
    prepared = counted_in(prepared, options)
    model = build_model(architecture, prepared.sizes, options)
    scorer = Scorer(model, architecture.footprint(prepared.sizes, options))
    return model, solve(model, scorer, prepared, options, TrainingOptions(), seed, Observers())
