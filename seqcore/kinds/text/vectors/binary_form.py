"""Word vectors as word2vec's binary form: a line of text, then each word, a space and its numbers (float32)."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np

from seqcore.errors import DataError
from seqcore.kinds.text.vectors.header import header_of
from seqcore.kinds.text.vectors.kept import Kept

_BLOCK = 1 << 20  # bytes read at a time
_LONGEST_WORD = 4000  # bytes
_NUMBER = 4  # bytes


def read_binary_form(file: BinaryIO, kept: Kept) -> None:
    """Keep the rows that are wanted.

    Raises:
        DataError: the file ends too early, or is something else.
    """
    line, _, buffer = file.read(_BLOCK).partition(b"\n")
    header = header_of(line)
    if header is None:
        raise DataError(
            "These are no word vectors in word2vec's binary form", remedy="Give a .txt or .vec file of them instead"
        )
    kept.promised, kept.size = header
    length, start, wanted = _NUMBER * kept.size, 0, kept.wanted
    while kept.seen < kept.promised:
        space = buffer.find(b" ", start)
        if space < 0 or space + 1 + length > len(buffer):
            if space < 0 and len(buffer) - start > _LONGEST_WORD:
                raise _cut_short(kept)
            more = file.read(_BLOCK)
            if not more:
                raise _cut_short(kept)
            buffer, start = buffer[start:] + more, 0
            continue
        word, start = buffer[start:space].lstrip(b"\n"), space + 1 + length
        kept.seen += 1
        if word in wanted:
            kept.keep(word, np.frombuffer(buffer, "<f4", kept.size, space + 1).astype(np.float32))
        else:
            kept.pass_by(word)


def _cut_short(kept: Kept) -> DataError:
    return DataError(
        "The file of word vectors ends too early, or is damaged",
        received=f"{kept.seen:,} of {kept.promised:,} words",
        remedy="Download or copy it again",
    )
