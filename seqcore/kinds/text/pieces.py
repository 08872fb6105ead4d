"""The distinct pieces of a corpus: millions of words are few different ones (Zipf's law), each looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from seqcore.kinds.text.ragged import Counts, Ids, bounds_of

_BLOCK_BYTES = 1 << 20  # with its pieces it fits the processor's cache; threads gain nothing, they wait for each other


@dataclass(frozen=True)
class Cuts:
    """Where texts may be cut.

    Attributes:
        around: ASCII characters that have nothing to do with their ASCII neighbours.
        without: Those of them that no token holds.
        glued: They may have to do with a character beyond ASCII after them (a combining mark).
    """

    around: str
    without: str
    glued: bool


@dataclass(frozen=True)
class Pieces:
    """Texts cut up so that the tokens of the pieces, one after the other, are the tokens of the texts.

    Attributes:
        distinct: Every different piece, in the order of first appearance.
        codes: For each piece of the corpus, its place in `distinct`.
        per_text: (texts,) pieces of each text.
    """

    distinct: list[str]
    codes: Ids
    per_text: Counts

    @classmethod
    def of(cls, texts: Sequence[str], cuts: Callable[[bytes], Cuts]) -> Pieces:
        """Cut the corpus.

        Args:
            texts: The corpus.
            cuts: From a block of it in UTF-8, where it may be cut.
        """
        cut = [_cut(block, cuts) for block in _blocks(texts)]
        if not cut:
            return cls([], np.empty(0, np.int32), np.zeros(0, np.int64))
        encoded = pa.chunked_array([array for array, _ in cut]).unify_dictionaries().combine_chunks()
        return cls(
            encoded.dictionary.to_pylist(),
            encoded.indices.to_numpy(),
            np.concatenate([counts for _, counts in cut]),
        )

    def counts(self) -> Counts:
        """How often each distinct piece occurs."""
        return np.bincount(self.codes, minlength=len(self.distinct))

    def spans(self, texts: int = 4096) -> Iterator[tuple[Ids, Counts]]:
        """Codes and pieces per text, some texts at a time: what fits the cache is put together faster."""
        bounds = bounds_of(self.per_text)
        for first in range(0, len(self.per_text), texts):
            per_text = self.per_text[first : first + texts]
            yield self.codes[bounds[first] : bounds[first + len(per_text)]], per_text


def encodable(text: str) -> str:
    """The text with each lone surrogate replaced by "?", so that every index into it stays."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _blocks(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """The texts in UTF-8, in blocks of a size that Arrow's 32-bit offsets and the memory bear."""
    block: list[bytes] = []
    size = 0
    for text in texts:
        encoded = text.encode("utf-8", "replace")
        block.append(encoded)
        size += len(encoded)
        if size >= _BLOCK_BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block


def _cut(block: list[bytes], cuts: Callable[[bytes], Cuts]) -> tuple[pa.DictionaryArray, Counts]:
    """The pieces of one block of texts, and how many each text has."""
    blob = b"".join(block)
    where = cuts(blob)
    # (bytes,) each; `bytes.translate` looks bytes up several times as fast as NumPy's indexing.
    around = np.frombuffer(blob.translate(_members(where.around)), np.bool_)
    without = around
    if where.without != where.around:
        without = np.frombuffer(blob.translate(_members(where.without)), np.bool_)
    begins = around.copy()
    begins[1:] |= (around & ~without)[:-1]  # what is left out needs no piece of its own: the next one begins with it
    kept = blob.translate(None, where.without.encode())
    if where.glued:
        glued = np.append(np.frombuffer(blob, np.uint8)[1:] >= 0x80, False)
        begins[1:] &= ~glued[:-1] | around[1:]
        without = without & ~glued
        kept = np.frombuffer(blob, np.uint8)[~without].tobytes()
    text_bounds = bounds_of(np.fromiter(map(len, block), np.int64, len(block)))
    begins[text_bounds[text_bounds < len(blob)]] = True
    starts = np.flatnonzero(begins)
    offsets = np.append(starts, len(blob)).astype(np.int32)  # (pieces + 1,) in blob ...
    offsets[1:] -= np.cumsum(without[starts], dtype=np.int32)  # ... and in kept
    pieces = pa.StringArray.from_buffers(len(starts), pa.py_buffer(offsets), pa.py_buffer(kept))
    return pieces.dictionary_encode(), np.diff(np.searchsorted(starts, text_bounds))


def _members(characters: str) -> bytes:
    """A table for `bytes.translate`: 1 for these ASCII characters, 0 for other bytes."""
    return bytes(byte in characters.encode() for byte in range(256))
