"""The weights of a `.keras` file, once the file is known to be what training wrote."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import keras

from seqcore.errors import InspectionError
from seqcore.worker.compat import ARITHMETIC
from seqcore.worker.models.save import plain_config

_WEIGHTS, _CONFIG, _ABOUT = "model.weights.h5", "config.json", "metadata.json"
_MEMBERS = frozenset({_WEIGHTS, _CONFIG, _ABOUT})
_MOST_CONFIG = 4 * 1024**2  # bytes of a description
_SPARE = 16 * 1024**2  # bytes of weights beyond the numbers themselves
_NUMBER = 8  # bytes of the widest number
# Plain arithmetic, of which models of earlier versions were built: none of it can run anything.
_ARITHMETIC = frozenset(
    "Add Equal ExpandDims GetItem Matmul Maximum Multiply NotEqual Sqrt Square Sum TrueDivide".split()  # noqa: SIM905
)

LayerClass = tuple[str, str, str]  # module, class, registered name


def load_weights(model: keras.Model, data: bytes) -> None:
    """Put the weights of a `.keras` file into a model built from the run's spec.

    Only numbers are read: nothing is built from the file's own description of a model, so nothing in it can run.
    It is compared with the model, though, and a file that describes anything else is refused.

    Raises:
        InspectionError: the file is damaged or belongs to another model.
    """
    _refuse_foreign(model, data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(data)
        try:
            model.load_weights(path)
        except Exception as error:
            raise InspectionError(
                "The saved model cannot be read", received=type(error).__name__, remedy="Train this run again"
            ) from error


def _refuse_foreign(model: keras.Model, data: bytes) -> None:
    """Raise when a file holds anything but what `save.to_bytes` writes for a model like this.

    Keras itself refuses the code of a Lambda layer; we refuse every layer, module and file that the run's own
    model does not have, so that neither we nor who downloads the bundle meets one.

    Args:
        model: Built from the run's spec.
        data: The file's bytes.

    Raises:
        InspectionError: damaged, larger than this model, or not written by a training of this model.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            if len(archive.infolist()) != len(_MEMBERS) or sizes.keys() != _MEMBERS:
                raise _foreign("other files than a model has")
            most = _SPARE + _NUMBER * sum(int(keras.ops.size(weight)) for weight in model.weights)
            if sizes[_CONFIG] > _MOST_CONFIG or sizes[_WEIGHTS] > most:
                raise _foreign("more than this model holds")
            if archive.testzip() is not None:
                raise _damaged()
            config = json.loads(archive.read(_CONFIG))
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RecursionError, NotImplementedError):
        raise _damaged() from None
    _refuse_foreign_parts(config, model)


def _refuse_foreign_parts(config: Any, model: keras.Model) -> None:
    of_model = type(model)
    whole = (of_model.__module__, of_model.__name__, keras.saving.get_registered_name(of_model))
    if not isinstance(config, dict) or _layer_class(config) != whole:
        raise _foreign("a description of something else")
    strange = _layer_classes(list(config.values())) - _layer_classes(plain_config(model.get_config()))
    names = {name for module, name, _ in strange if not (module == ARITHMETIC and name in _ARITHMETIC)}
    if names:
        raise _foreign(f"“{min(names)[:60]}”, which this model does not have")


def _layer_classes(config: Any) -> set[LayerClass]:
    """What a configuration would build, however deep inside."""
    if isinstance(config, list | tuple):
        return set().union(*map(_layer_classes, config)) if config else set()
    if not isinstance(config, dict):
        return set()
    inner = set().union(*map(_layer_classes, config.values())) if config else set()
    return inner | {_layer_class(config)} if {"class_name", "module", "registered_name"} & config.keys() else inner


def _layer_class(config: dict[str, Any]) -> LayerClass:
    return str(config.get("module")), str(config.get("class_name")), str(config.get("registered_name"))


def _foreign(what: str) -> InspectionError:
    return InspectionError(
        "The saved model is not what this training wrote", received=what, remedy="Delete this run and train it again"
    )


def _damaged() -> InspectionError:
    return InspectionError(
        "The saved model cannot be read", received="a damaged or incomplete file", remedy="Train this run again"
    )
