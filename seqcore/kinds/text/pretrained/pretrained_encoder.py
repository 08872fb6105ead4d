"""A pretrained encoder as a file of ours keeps it: its sizes, its tokenizer and its weights."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from seqcore.errors import DataError
from seqcore.kinds.text.pretrained.config import EncoderConfig
from seqcore.kinds.text.pretrained.tensor_file import Tensor, TensorFile, written
from seqcore.kinds.text.pretrained.tensor_names import shapes

_NAME, _CONFIG, _TOKENIZER = "name", "config", "tokenizer"


@dataclass(frozen=True)
class PretrainedEncoder:
    """An encoder of the BERT family.

    Attributes:
        name: As it was given: of a folder, a file or on the hub.
        config: Its sizes; `vocabulary` and `positions` as they are used here.
        tokenizer: Its `tokenizer.json` with our ids.
        weights: By the names that BERT's have; rows of words by our ids, positions from the first that stands for one,
            with the vector of the first token type in them.
    """

    name: str
    config: EncoderConfig
    tokenizer: str
    weights: Mapping[str, Tensor]

    @cached_property
    def content_hash(self) -> str:
        """Thirty-two hexadecimal digits that name all of it but the name."""
        hashed = hashlib.sha256(json.dumps([self.config.stored(), self.tokenizer]).encode())
        for name, values in sorted(self.weights.items()):
            hashed.update(f"\n{name} {values.dtype} {values.shape}\n".encode() + np.ascontiguousarray(values).tobytes())
        return hashed.hexdigest()[:32]

    @property
    def parameters(self) -> int:
        """How many numbers it has."""
        return sum(values.size for values in self.weights.values())

    def to_bytes(self) -> bytes:
        """A file of tensors; the rest stands in its header."""
        about = {_NAME: self.name, _CONFIG: json.dumps(self.config.stored()), _TOKENIZER: self.tokenizer}
        return written(self.weights, about)

    @classmethod
    def from_bytes(cls, data: bytes) -> PretrainedEncoder:
        """What `to_bytes` wrote.

        Raises:
            DataError: the bytes are something else.
        """
        try:
            file = TensorFile(io.BytesIO(data), len(data))
            config = EncoderConfig(**json.loads(file.about[_CONFIG]))
            weights = {name: file.read(name) for name in file.places}
            if any(weights[name].shape != shape for name, shape in kept_shapes(config).items()):
                raise ValueError("weights of other shapes")
            return cls(file.about[_NAME], config, file.about[_TOKENIZER], weights)
        except (DataError, KeyError, TypeError, ValueError):
            raise DataError("The stored pretrained encoder is damaged", remedy="Give its files again") from None


def kept_shapes(config: EncoderConfig) -> dict[str, tuple[int, ...]]:
    """Name and shape of each weight that is kept: positions without the rows that stand for none."""
    return dict(shapes(replace(config, family="bert")))
