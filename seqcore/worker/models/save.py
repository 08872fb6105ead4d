"""A model as a `.keras` file that needs Keras alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import keras

from seqcore.layers.recurrent import PACKAGE


def to_bytes(model: keras.Model) -> bytes:
    """A `.keras` file that needs Keras alone: our layers are written as the Keras layers they equal."""
    plain = keras.Model.from_config(plain_config(model.get_config()))
    plain.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        plain.save(path)
        return path.read_bytes()


def plain_config(config: Any) -> Any:
    """A model's configuration with Keras' layers in the place of ours."""
    if isinstance(config, list | tuple):
        return [plain_config(item) for item in config]
    if not isinstance(config, dict):
        return config
    config = {key: plain_config(value) for key, value in config.items()}
    if str(config.get("registered_name", "")).startswith(f"{PACKAGE}>"):
        config |= {"module": "keras.layers", "registered_name": None}
    return config
