"""What the data decides about a model's input: token ids, or frames of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar, Literal

FIRST_ID = 2  # of a token; 0 is padding, 1 whatever is not in the vocabulary
Form = Literal["tokens", "frames"]


@dataclass(frozen=True)
class TokenSizes:
    """Input of token ids `(batch, steps)`, int32; 0 is padding.

    Attributes:
        vocabulary: Ids in use, padding and out-of-vocabulary included.
        longest: Most steps of an example.
        pairs: Pairs of neighbouring ids that have a number of their own, for a model that counts them.
        vector_size: Numbers of the pretrained vector of each id; 0: as many as the model says.
        frozen: Whether training leaves the vectors as they are.
        ends: Marks that end a sentence; theirs are the first ids, from 2. 0: a model does not know sentences.
    """

    form: ClassVar[Literal["tokens"]] = "tokens"
    part: ClassVar[str] = "embedding"  # what turns the input into vectors

    vocabulary: int
    longest: int
    pairs: int = 0
    vector_size: int = 0
    frozen: bool = False
    ends: int = 0

    def row_parameters(self, size: int) -> int:
        """Numbers of a table with a row of this size for each id."""
        return self.vocabulary * size

    def vector_parameters(self, size: int) -> int:
        """Numbers that training changes of what turns ids into vectors of this size.

        A row of a table for each; pretrained rows of another size are brought to this one by a matrix.
        """
        table = 0 if self.frozen else self.row_parameters(self.vector_size or size)
        return table + (self.vector_size * size if self.is_projected(size) else 0)

    def is_projected(self, size: int) -> bool:
        """Whether vectors of this size are made of pretrained ones of another."""
        return self.vector_size not in (0, size)


@dataclass(frozen=True)
class FrameSizes:
    """Input of frames `(batch, steps, channels)`, float32; padding is what is not a number (NaN).

    Attributes:
        channels: Numbers at each step.
        longest: Most steps of an example.
        examples: Training examples that a model keeps, where it compares with them.
    """

    form: ClassVar[Literal["frames"]] = "frames"
    part: ClassVar[str] = "projection"

    channels: int
    longest: int
    examples: int = 0

    def vector_parameters(self, size: int) -> int:
        """Numbers that turn frames into vectors of this size: a matrix and a bias."""
        return (self.channels + 1) * size


InputSizes = TokenSizes | FrameSizes


def stored_sizes(sizes: InputSizes) -> dict[str, int]:
    """Sizes as files keep them."""
    stored = {name: int(value) for name, value in asdict(sizes).items()}
    for name in ("pairs", "vector_size", "frozen", "ends", "examples"):
        if not stored.get(name, 1):
            del stored[name]
    return stored


def read_sizes(stored: Mapping[str, int]) -> InputSizes:
    """What `stored_sizes` wrote.

    Raises:
        KeyError: neither form has these names.
    """
    if "vocabulary" in stored:
        pairs, vector_size, frozen, ends = (stored.get(name, 0) for name in ("pairs", "vector_size", "frozen", "ends"))
        return TokenSizes(stored["vocabulary"], stored["longest"], pairs, vector_size, bool(frozen), ends)
    return FrameSizes(stored["channels"], stored["longest"], stored.get("examples", 0))
