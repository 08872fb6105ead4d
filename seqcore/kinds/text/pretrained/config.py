"""What `config.json` says of an encoder, as far as it is read here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from seqcore.errors import DataError

Family = Literal["bert", "distilbert", "roberta"]
Activation = Literal["gelu", "relu"]
FAMILIES: tuple[Family, ...] = ("bert", "distilbert", "roberta")
_ROBERTA_OFFSET = 2  # rows of its table of positions that stand for none
_LONGEST = 1024**2  # bytes of the file
_BOUNDS = {
    "vocabulary": (4, 300_000), "hidden": (2, 4_096), "layers": (1, 48), "heads": (1, 64), "feed_forward": (1, 16_384),
    "positions": (3, 8_192),
}  # fmt: skip
_NAMES: dict[str, tuple[str, ...]] = {  # in config.json: of BERT and RoBERTa, and of DistilBERT
    "vocabulary": ("vocab_size",),
    "hidden": ("hidden_size", "dim"),
    "layers": ("num_hidden_layers", "n_layers"),
    "heads": ("num_attention_heads", "n_heads"),
    "feed_forward": ("intermediate_size", "hidden_dim"),
    "positions": ("max_position_embeddings",),
}


@dataclass(frozen=True)
class EncoderConfig:
    """The sizes of an encoder.

    Attributes:
        family: Which names its weights have.
        vocabulary: Ids of pieces of words.
        hidden: Numbers of the vector of a step.
        layers: Blocks on top of each other.
        heads: Attention heads of each.
        feed_forward: Units of the hidden layer of each.
        positions: Most tokens of a text.
        activation: Of that hidden layer.
        epsilon: Added to variances before a division.
    """

    family: Family
    vocabulary: int
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    activation: Activation = "gelu"
    epsilon: float = 1e-12

    @property
    def offset(self) -> int:
        """Rows of the table of positions, as its file has it, that stand for none."""
        return _ROBERTA_OFFSET if self.family == "roberta" else 0

    def told(self, parameters: int) -> str:
        """Its sizes in words, those of an encoder of so many numbers."""
        return (
            f"{parameters:,} parameters, {self.layers} blocks of {self.heads} heads, {self.hidden} numbers a token, "
            f"{self.vocabulary:,} pieces of words, texts of up to {self.positions:,} tokens."
        )

    def stored(self) -> dict[str, Any]:
        """As files of ours keep it."""
        return asdict(self)


def read_config(data: bytes) -> EncoderConfig:
    """The sizes that a `config.json` says.

    Raises:
        DataError: it is damaged, of an encoder that is not read, or says what no encoder has.
    """
    said = _parsed(data)
    family = said.get("model_type")
    if family not in FAMILIES:
        raise DataError(
            "An encoder of this type is not read", received=f"model_type {_short(family)}",
            remedy=f"Give one of these types: {', '.join(FAMILIES)} (MiniLM is a bert)",
        )  # fmt: skip
    numbers = {name: _number(said, name, keys) for name, keys in _NAMES.items()}
    if family == "roberta":
        numbers["positions"] -= _ROBERTA_OFFSET
    _refuse_other_arithmetic(said, numbers)
    epsilon = said.get("layer_norm_eps", 1e-12)
    if not isinstance(epsilon, float) or not 0 < epsilon < 0.1:
        raise _senseless("layer_norm_eps", epsilon)
    activation = said.get("hidden_act", said.get("activation", "gelu"))
    return EncoderConfig(family=family, **numbers, activation=activation, epsilon=epsilon)


def _refuse_other_arithmetic(said: dict[str, Any], numbers: dict[str, int]) -> None:
    """Refuse what would be computed in another way than the encoders that are read here."""
    if numbers["hidden"] % numbers["heads"]:
        raise _senseless("num_attention_heads", f"{numbers['heads']} heads of {numbers['hidden']} numbers together")
    activation = said.get("hidden_act", said.get("activation", "gelu"))
    if activation not in ("gelu", "relu"):
        raise DataError(
            "The encoder has an activation that is not read", received=_short(activation), remedy="gelu and relu are"
        )
    if said.get("position_embedding_type", "absolute") != "absolute" or said.get("is_decoder"):
        received = _short(said.get("position_embedding_type", "a decoder"))
        raise DataError("The encoder numbers positions in a way that is not read", received=received)


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data) if len(data) <= _LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise DataError(
            "The encoder's config.json cannot be read", received=f"{len(data):,} bytes",
            remedy="Give the file as the encoder's publisher has it",
        )  # fmt: skip
    return said


def _number(said: dict[str, Any], name: str, keys: tuple[str, ...]) -> int:
    value = next((said[key] for key in keys if key in said), None)
    least, most = _BOUNDS[name]
    if type(value) is not int or not least <= value <= most:
        raise _senseless(keys[0], value)
    return value


def _senseless(key: str, value: object) -> DataError:
    return DataError(
        "The encoder's config.json says what no encoder that is read here has", received=f"{key} {_short(value)}",
        remedy="Give the file as the encoder's publisher has it",
    )  # fmt: skip


def _short(value: object) -> str:
    return repr(value)[:60]
