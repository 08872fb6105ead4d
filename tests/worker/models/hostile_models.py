"""`.keras` files that somebody put in the place of a run's model; each would leave a mark where code of it ran."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

WEIGHTS, CONFIG = "model.weights.h5", "config.json"


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def changed(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The file with another description; weights and everything else stay as they are."""
    members = members_of(data)
    config = json.loads(members[CONFIG])
    change(config)
    return packed(members | {CONFIG: json.dumps(config).encode()})


def _lambda_layer(mark: Path) -> dict[str, Any]:
    """A Lambda layer as Keras writes it, whose function would leave the mark."""
    source = f"open({str(mark)!r}, 'w').close()"
    layer = keras.layers.Lambda(eval(f"lambda tensor: (exec({source!r}), tensor)[1]"))  # code of the attack, not ours
    return keras.saving.serialize_keras_object(layer)


def load_unprotected(data: bytes, folder: Path) -> None:
    """Load it as nobody should: what runs then is what the tests must see not running."""
    path = folder / "unprotected.keras"
    path.write_bytes(data)
    keras.saving.load_model(path, compile=False, safe_mode=False)


def with_lambda(data: bytes, mark: Path) -> bytes:
    """The last layer is a Lambda, in the same place of the graph."""

    def change(config: dict[str, Any]) -> None:
        last = config["config"]["layers"][-1]
        hostile = _lambda_layer(mark)
        hostile["config"]["name"] = last["name"]
        config["config"]["layers"][-1] = last | {
            key: hostile[key] for key in ("module", "class_name", "config", "registered_name")
        }

    return changed(data, change)


def with_module(data: bytes, mark: Path, module: str = "os", function: str = "system") -> bytes:
    """The activation of the last layer is a function of another module; calling it would leave the mark."""

    def change(config: dict[str, Any]) -> None:
        config["config"]["layers"][-1]["config"]["activation"] = {
            "module": module,
            "class_name": "function",
            "config": function,
            "registered_name": function,
            "args": f"touch {mark}",
        }

    return changed(data, change)


def with_custom_object(data: bytes, mark: Path) -> bytes:
    """The whole model is an object of another module, made with the attacker's words."""

    def change(config: dict[str, Any]) -> None:
        config |= {
            "module": "subprocess", "class_name": "Popen", "registered_name": None,
            "config": {"args": ["touch", str(mark)]},
        }  # fmt: skip

    return changed(data, change)


def with_path_outside(data: bytes, mark: Path) -> bytes:
    """A member whose name leads out of the folder that it would be unpacked in."""
    return packed(members_of(data) | {f"../../../../../../../../{str(mark).lstrip('/')}": b"here", str(mark): b"here"})


def with_bomb(data: bytes, _mark: Path) -> bytes:
    """Weights that unpack to a thousand times their size."""
    members = members_of(data)
    return packed(members | {WEIGHTS: members[WEIGHTS] + bytes(300 * 1024**2)})


def with_other_weights(data: bytes, _mark: Path) -> bytes:
    """The weights of a model of another size."""
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(7), keras.layers.Dense(2)])
    folder = Path(_mark).parent
    other.save(folder / "other.keras")
    return packed(members_of(data) | {WEIGHTS: members_of((folder / "other.keras").read_bytes())[WEIGHTS]})


def cut(data: bytes, _mark: Path) -> bytes:
    """Half a file, as a full disk leaves it."""
    return data[: len(data) // 2]


def flipped(data: bytes, _mark: Path) -> bytes:
    """A bit of the weights is another."""
    at = data.index(WEIGHTS.encode()) + len(data) // 2
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


_CHANGES = [
    with_lambda, with_module, with_custom_object, with_path_outside, with_bomb, with_other_weights, cut, flipped
]  # fmt: skip
ATTACKS: dict[str, Callable[[bytes, Path], bytes]] = {attack.__name__: attack for attack in _CHANGES} | {
    "empty": lambda _data, _mark: b"",
    "pickle": lambda _data, _mark: b"cos\nsystem\n(S'true'\ntR.",
}
