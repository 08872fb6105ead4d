"""Vectors of the words of some texts, as a file of ours keeps them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import DataError

_ABOUT, _WORDS, _VALUES = "about", "words", "values"


@dataclass(frozen=True)
class WordVectors:
    """The vectors that a file has of the words of some texts, whatever else it has.

    Attributes:
        name: Of the file, as it was given.
        words: Different ones.
        values: (words, size) the vector of each, float32.
        in_file: How many words the file has vectors of.
        capitals: Words of the texts, in lower case, that the file has with capitals only.
        notes: What was found while it was read, a sentence each.
    """

    name: str
    words: tuple[str, ...]
    values: NDArray[np.float32]
    in_file: int
    capitals: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Numbers of each vector."""
        return int(self.values.shape[1])

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def content_hash(self) -> str:
        """Thirty-two hexadecimal digits that name the words with their vectors."""
        hashed = hashlib.sha256("\n".join(self.words).encode())
        hashed.update(f"\n\n{self.size}\n".encode() + np.ascontiguousarray(self.values, "<f4").tobytes())
        return hashed.hexdigest()[:32]

    def to_bytes(self) -> bytes:
        """An `.npz` of plain arrays; words and what is said of them stand in it as JSON."""
        about = {"name": self.name, "in_file": self.in_file, "capitals": sorted(self.capitals), "notes": self.notes}
        texts = {_ABOUT: about, _WORDS: self.words}
        arrays = {name: np.frombuffer(json.dumps(text).encode(), np.uint8) for name, text in texts.items()}
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **arrays, **{_VALUES: self.values})
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> WordVectors:
        """What `to_bytes` wrote.

        Raises:
            DataError: the bytes are something else.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                about, words = (json.loads(file[name].tobytes()) for name in (_ABOUT, _WORDS))
                values = file[_VALUES]
            return cls(
                str(about["name"]), tuple(map(str, words)), _checked(values, len(words)), int(about["in_file"]),
                frozenset(about["capitals"]), tuple(map(str, about["notes"])),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile):
            raise DataError("The stored word vectors are damaged", remedy="Give their file again") from None


def _checked(values: Any, words: int) -> NDArray[np.float32]:
    if values.dtype != np.float32 or values.ndim != 2 or len(values) != words:
        raise ValueError("not a vector for each word")
    found: NDArray[np.float32] = values
    return found
