"""Models to files and back: plain Keras inside, no code run from a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import keras

from seqcore.errors import InspectionError
from seqcore.layers.recurrent import PACKAGE
from seqcore.worker.models.load import refuse_foreign


def to_bytes(model: keras.Model) -> bytes:
    """A `.keras` file that needs Keras alone: our layers are written as the Keras layers they equal."""
    plain = keras.Model.from_config(_plain(model.get_config()))
    plain.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        plain.save(path)
        return path.read_bytes()


def load_weights(model: keras.Model, data: bytes) -> None:
    """Put the weights of a `.keras` file into a model built from the run's spec.

    Only numbers are read: nothing is built from the file's own description of a model, so nothing in it can run.
    It is compared with the model, though, and a file that describes anything else is refused.

    Raises:
        InspectionError: the file is damaged or belongs to another model.
    """
    refuse_foreign(model, _plain(model.get_config()), data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(data)
        try:
            model.load_weights(path)
        except Exception as error:
            raise InspectionError(
                "The saved model cannot be read", received=type(error).__name__, remedy="Train this run again"
            ) from error


def _plain(config: Any) -> Any:
    """A model's configuration with Keras' layers in the place of ours."""
    if isinstance(config, list | tuple):
        return [_plain(item) for item in config]
    if not isinstance(config, dict):
        return config
    config = {key: _plain(value) for key, value in config.items()}
    if str(config.get("registered_name", "")).startswith(f"{PACKAGE}>"):
        config |= {"module": "keras.layers", "registered_name": None}
    return config
