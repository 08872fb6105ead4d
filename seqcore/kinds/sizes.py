"""What the data decides about a model's input: token ids, or frames of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar, Literal

Form = Literal["tokens", "frames"]


@dataclass(frozen=True)
class TokenSizes:
    """Input of token ids `(batch, steps)`, int32; 0 is padding.

    Attributes:
        vocabulary: Ids in use, padding and out-of-vocabulary included.
        longest: Most steps of an example.
        pairs: Pairs of neighbouring ids that have a number of their own, for a model that counts them.
    """

    form: ClassVar[Literal["tokens"]] = "tokens"
    part: ClassVar[str] = "embedding"  # what turns the input into vectors

    vocabulary: int
    longest: int
    pairs: int = 0

    def vector_parameters(self, size: int) -> int:
        """Numbers that turn ids into vectors of this size: a row of a table for each."""
        return self.vocabulary * size


@dataclass(frozen=True)
class FrameSizes:
    """Input of frames `(batch, steps, channels)`, float32; padding is what is not a number (NaN).

    Attributes:
        channels: Numbers at each step.
        longest: Most steps of an example.
    """

    form: ClassVar[Literal["frames"]] = "frames"
    part: ClassVar[str] = "projection"

    channels: int
    longest: int

    def vector_parameters(self, size: int) -> int:
        """Numbers that turn frames into vectors of this size: a matrix and a bias."""
        return (self.channels + 1) * size


InputSizes = TokenSizes | FrameSizes


def stored_sizes(sizes: InputSizes) -> dict[str, int]:
    """Sizes as files keep them."""
    stored = asdict(sizes)
    if not stored.get("pairs", 1):
        del stored["pairs"]
    return stored


def read_sizes(stored: Mapping[str, int]) -> InputSizes:
    """What `stored_sizes` wrote.

    Raises:
        KeyError: neither form has these names.
    """
    if "vocabulary" in stored:
        return TokenSizes(stored["vocabulary"], stored["longest"], stored.get("pairs", 0))
    return FrameSizes(stored["channels"], stored["longest"])
