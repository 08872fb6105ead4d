"""Files of tensors in the safetensors format, read without trust and written plainly.

Eight bytes say how long the header is, the header is JSON: type, shape and place of each tensor; then come their bytes.
Source: https://huggingface.co/docs/safetensors (format).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import DataError

Tensor = NDArray[np.float32] | NDArray[np.float16]

ABOUT = "__metadata__"
_LONGEST_HEADER = 8 * 1024**2  # bytes; that of a large encoder takes some ten thousand
_MOST_TENSORS = 5_000
_MOST_SIDES = 8
_LENGTH = 8  # bytes that say how long the header is
_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}  # types of numbers that weights can be


@dataclass(frozen=True)
class Place:
    """Where a tensor stands.

    Attributes:
        kind: Its type, "F32".
        shape: Its sides.
        start: Its first byte, counted from the beginning of the file.
        size: Its bytes.
    """

    kind: str
    shape: tuple[int, ...]
    start: int
    size: int


class TensorFile:
    """The tensors of a file; each is read when it is asked for.

    Args:
        file: Open; one that can be sought.
        size: Its bytes.

    Raises:
        DataError: it is something else, or damaged.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        file.seek(0)
        length = int.from_bytes(file.read(_LENGTH), "little")
        if size < _LENGTH or not 2 <= length <= size - _LENGTH:
            raise _damaged(f"a file of {size:,} bytes whose header is to have {length:,}")
        if length > _LONGEST_HEADER:
            raise _damaged(f"a header of {length:,} bytes, at most {_LONGEST_HEADER:,} are read")
        try:
            header = json.loads(file.read(length))
            if not isinstance(header, dict) or len(header) > _MOST_TENSORS:
                raise ValueError("no table of tensors")
            self.about: Mapping[str, str] = {str(key): str(text) for key, text in header.pop(ABOUT, {}).items()}
            first = _LENGTH + length
            self.places = {name: _place(told, first, size) for name, told in header.items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise _damaged("a header that makes no sense, or a file that ends too early") from None

    def read(self, name: str) -> Tensor:
        """A tensor as finite numbers: those of 16 bits stay so unless they are bfloat16; others become float32.

        Raises:
            DataError: it is of another type, or holds what is not a finite number.
            KeyError: there is none of that name.
        """
        place = self.places[name]
        if place.kind not in _BYTES:
            raise DataError(
                "The encoder's weights are of a type that is not read",
                received=f"{name[:80]}: {place.kind[:20]}",
                remedy=f"Give weights of one of these: {', '.join(_BYTES)}; quantised ones are not read",
            )
        self._file.seek(place.start)
        values = _numbers(self._file.read(place.size), place.kind).reshape(place.shape)
        if not np.isfinite(values).all():
            raise DataError(
                "The encoder's weights hold what is not a finite number", received=name[:80],
                remedy="Give a file that is whole",
            )  # fmt: skip
        return values


def written(tensors: Mapping[str, Tensor], about: Mapping[str, str]) -> bytes:
    """A file of tensors, with texts about them."""
    header: dict[str, Any] = {ABOUT: dict(about)}
    place = 0
    for name, values in tensors.items():
        kind = "F16" if values.dtype == np.float16 else "F32"
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [place, place + values.nbytes]}
        place += values.nbytes
    said = json.dumps(header, ensure_ascii=False).encode()
    said += b" " * (-len(said) % _LENGTH)
    parts = [values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes() for values in tensors.values()]
    return b"".join([len(said).to_bytes(_LENGTH, "little"), said, *parts])


def _place(told: Any, first: int, size: int) -> Place:
    kind, shape = str(told["dtype"]), tuple(told["shape"])
    start, end = told["data_offsets"]
    numbers = (*shape, start, end)
    if len(shape) > _MOST_SIDES or any(type(each) is not int or not 0 <= each <= size for each in numbers):
        raise ValueError("no shape and place")
    wrong_size = kind in _BYTES and end - start != math.prod(shape) * _BYTES[kind]
    if end < start or first + end > size or wrong_size:
        raise ValueError("a place that is none")
    return Place(kind, shape, first + start, end - start)


def _numbers(data: bytes, kind: str) -> Tensor:
    if kind == "F16":
        return np.frombuffer(data, "<f2").astype(np.float16)
    if kind == "BF16":  # the upper half of a float32
        return (np.frombuffer(data, "<u2").astype(np.uint32) << 16).view(np.float32)
    return np.frombuffer(data, "<f8" if kind == "F64" else "<f4").astype(np.float32)


def _damaged(received: str) -> DataError:
    return DataError(
        "The encoder's model.safetensors is damaged, or something else", received=received,
        remedy="Download or copy it again",
    )  # fmt: skip
