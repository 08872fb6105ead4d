"""The words of many texts as numbers, whatever their case, marks and width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

_INSIDE = "['’\u00ad\u200b-\u200d\u2060\ufeff]"  # stands within words; "dont" is "don't"
_BETWEEN = r"[^\pL\pN\pM]+"
_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
# What a reader takes for one sign is a word there: a letter, what is stacked on it (after these two signs), its marks.
_SPACELESS = rf"({_LETTER}(?:[\x{{1039}}\x{{17D2}}]{_LETTER}|\pM)*)"
_ASCII = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else ord(" ") for byte in range(256))
_AT_A_TIME = 8_192  # texts; what is laid out at once stays small


@dataclass(frozen=True)
class Words:
    """The words of texts.

    Attributes:
        codes: All words, one text after the other, each as its place in `distinct`.
        lengths: (texts,) words of each.
        distinct: Every different word, in the order of first appearance.
    """

    codes: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int64]
    distinct: list[str]

    @property
    def owners(self) -> npt.NDArray[np.int32]:
        """(words,) the text of each word."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)


def words_of(texts: Sequence[str]) -> Words:
    """Cut texts into words; of Chinese, Japanese, Thai and their like, into characters with their marks.

    Example:
        >>> words_of(["Don't go!", "DONT  GO"]).codes.tolist()
        [0, 1, 0, 1]
    """
    import pyarrow as pa

    parts = list(_parts(texts))
    if not parts:
        return Words(np.empty(0, np.int32), np.zeros(0, np.int64), [])
    encoded = pa.chunked_array([part for part, _ in parts]).unify_dictionaries().combine_chunks()
    lengths = np.concatenate([length for _, length in parts])
    return Words(encoded.indices.to_numpy().astype(np.int32, copy=False), lengths, encoded.dictionary.to_pylist())


def _parts(texts: Sequence[str]) -> Iterator[tuple[pa.DictionaryArray, npt.NDArray[np.int64]]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    for first in range(0, len(texts), _AT_A_TIME):
        plain = pa.array(_plain(texts[first : first + _AT_A_TIME]), pa.large_binary()).cast(pa.large_string())
        cut = pc.ascii_split_whitespace(plain)
        flat, lengths = cut.flatten(), pc.list_value_length(cut).to_numpy().astype(np.int64)
        empty = np.array([not len(text) for text in plain.to_numpy(zero_copy_only=False)], np.bool_)
        if empty.any():  # of an empty text one empty word is cut
            flat = flat.filter(pa.array(~np.repeat(empty, lengths)))
            lengths = np.where(empty, 0, lengths)
        yield flat.dictionary_encode(), lengths


def _plain(texts: Sequence[str]) -> list[bytes]:
    """The texts in small letters, in UTF-8, with spaces between words and none around."""
    plain = [text.encode().translate(_ASCII, b"'").strip() if text.isascii() else b"" for text in texts]
    others = [place for place, text in enumerate(texts) if not text.isascii()]
    for place, text in zip(others, _plain_beyond_ascii([texts[place] for place in others]), strict=True):
        plain[place] = text
    return plain


def _plain_beyond_ascii(texts: Sequence[str]) -> list[bytes]:
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pa.array([text.encode("utf-8", "replace") for text in texts], pa.large_binary()).cast(pa.large_string())
    plain = pc.replace_substring_regex(pc.utf8_normalize(plain, "NFKC"), _SPACELESS, r" \1 ")
    plain = pc.replace_substring_regex(pc.utf8_lower(plain), _INSIDE, "")
    plain = pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, _BETWEEN, " "))
    bare: list[bytes] = plain.cast(pa.large_binary()).to_pylist()
    return bare
