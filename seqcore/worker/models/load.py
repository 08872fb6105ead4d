"""Whether a `.keras` file is what training wrote: looked at before anything in it is used."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

import keras

from seqcore.errors import InspectionError

_WEIGHTS, _CONFIG, _ABOUT = "model.weights.h5", "config.json", "metadata.json"
_MEMBERS = frozenset({_WEIGHTS, _CONFIG, _ABOUT})
_MOST_CONFIG = 4 * 1024**2  # bytes of a description
_SPARE = 16 * 1024**2  # bytes of weights beyond the numbers themselves
_NUMBER = 8  # bytes of the widest number

Kind = tuple[str, str, str]  # module, class, registered name


def refuse_foreign(model: keras.Model, plain: Any, data: bytes) -> None:
    """Raise when a file holds anything but what `saving.to_bytes` writes for a model like this.

    Keras itself refuses the code of a Lambda layer; we refuse every layer, module and file that the run's own
    model does not have, so that neither we nor who downloads the bundle meets one.

    Args:
        model: Built from the run's spec.
        plain: Its configuration in Keras' own layers.
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
    _refuse_foreign_parts(config, plain)


def _refuse_foreign_parts(config: Any, plain: Any) -> None:
    if not isinstance(config, dict) or _kind(config) != ("keras.src.models.functional", "Functional", "Functional"):
        raise _foreign("a description of something else")
    strange = _kinds(list(config.values())) - _kinds(plain)
    if strange:
        raise _foreign(f"“{min(name for _, name, _ in strange)[:60]}”, which this model does not have")


def _kinds(config: Any) -> set[Kind]:
    """What a configuration would build, however deep inside."""
    if isinstance(config, list | tuple):
        return set().union(*map(_kinds, config)) if config else set()
    if not isinstance(config, dict):
        return set()
    inner = set().union(*map(_kinds, config.values())) if config else set()
    return inner | {_kind(config)} if {"class_name", "module", "registered_name"} & config.keys() else inner


def _kind(config: dict[str, Any]) -> Kind:
    return str(config.get("module")), str(config.get("class_name")), str(config.get("registered_name"))


def _foreign(what: str) -> InspectionError:
    return InspectionError(
        "The saved model is not what this training wrote", received=what, remedy="Delete this run and train it again"
    )


def _damaged() -> InspectionError:
    return InspectionError(
        "The saved model cannot be read", received="a damaged or incomplete file", remedy="Train this run again"
    )
