"""The first line of word2vec's files: how many words there are, and how many numbers each has."""

from __future__ import annotations

import re

from seqcore.errors import DataError
from seqcore.kinds.text.ids import LONGEST_VECTOR

_HEADER = re.compile(rb"(\d+)[ \t]+(\d+)\s*")
_DIGITS = 9  # a file of a thousand million words would take terabytes


def header_of(line: bytes) -> tuple[int, int] | None:
    """Words and dimensions; None where the line is something else.

    Raises:
        DataError: there can be no such file.
    """
    found = _HEADER.fullmatch(line)
    if found is None:
        return None
    words, size = found.groups()
    if len(words) > _DIGITS or len(size) > _DIGITS or not 2 <= int(size) <= LONGEST_VECTOR or not int(words):
        raise DataError(
            "The first line of the file promises what no file of word vectors has",
            received=f"{words[:20].decode()} words of {size[:20].decode()} dimensions",
            remedy=f"Give vectors of 2 to {LONGEST_VECTOR:,} dimensions",
        )
    return int(words), int(size)
