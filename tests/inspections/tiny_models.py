"""Tiny models of every architecture with weights drawn at random, as an inspection meets them."""

from __future__ import annotations

from functools import cache

import numpy as np

from seqcore.architectures import Architecture, Sizes, get_architecture
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime.finished_model import FinishedModel

CLASSES = ("bad", "good", "so-so")
TEXTS = ("a warm and lovely film", "a cold film", "warm and cold")
SMALL = {"embedding_size": 4, "units": 3, "heads": 2, "widest": 2}
EVIDENCE = {"a warm film": (1,), "and lovely": (1,), "\x00": (0,)}
TESTED = (["a warm film", "and lovely", "", "\x00", "🎉🎉"], np.array([1, 0, 2, 0, 0]))


@cache
def fresh_model(
    architecture: Architecture | str,
    classes: tuple[str, ...] = CLASSES,
    spread: float = 0.5,
    longest: int = 0,
    layers: int = 1,
) -> FinishedModel:
    """One for the whole session.

    Args:
        architecture: Or its name.
        classes: Two or more.
        spread: Standard deviation of the weights.
        longest: Most tokens of a text; 0: as many as the longest has.
        layers: Layers, where it has some.
    """
    if isinstance(architecture, str):
        architecture = get_architecture(architecture)
    encoder = TextEncoder.fit(list(TEXTS), TextOptions(max_length=longest))
    wanted = {**SMALL, "layers": layers}
    options = {name: value for name, value in wanted.items() if name in architecture.options.model_fields}
    sizes, complete = Sizes(encoder.sizes, len(classes)), architecture.validate_options(options)
    model = build_model(architecture, sizes, complete)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape, scale=spread) for weight in model.get_weights()])
    footprint = architecture.footprint(sizes, complete)
    return FinishedModel(
        architecture, "text", model, encoder, classes, footprint, lambda: TESTED, evidence=lambda: EVIDENCE
    )
