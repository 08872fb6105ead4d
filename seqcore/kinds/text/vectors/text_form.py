"""Word vectors as text: a line a word, its numbers behind it (GloVe, fastText's `.vec`, word2vec's text form)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import DataError
from seqcore.kinds.text.ids import LONGEST_VECTOR
from seqcore.kinds.text.vectors.header import header_of
from seqcore.kinds.text.vectors.kept import Kept, said

_BLOCK = 1 << 20  # bytes read at a time
_LONGEST_LINE = 64 * LONGEST_VECTOR  # bytes; more is no line of numbers


def read_text_form(file: BinaryIO, kept: Kept) -> None:
    """Keep the rows that are wanted; the others are looked at as far as their word.

    Raises:
        DataError: the lines are no word vectors, or one that is wanted has another number of numbers.
    """
    lines = _lines(file)
    first = next(lines, b"")
    header = header_of(first)
    if header is not None:
        kept.promised, kept.size = header
        first = next(lines, b"")
    mark = b"\t" if b"\t" in first and b" " not in first.strip() else b" "
    kept.size = _size_of(first, mark, kept.size)
    wanted = kept.wanted
    for line in _with(first, lines):
        word, _, rest = line.partition(mark)
        if not rest:
            if line.strip():
                raise _no_vectors(line)
            continue
        kept.seen += 1
        if word in wanted:
            vector = _vector(line, rest.split(), kept, mark)
            if vector is not None:
                kept.keep(word, vector)
        else:
            kept.pass_by(word)


def _vector(line: bytes, numbers: list[bytes], kept: Kept, mark: bytes) -> NDArray[np.float32] | None:
    """The numbers of a line; None where they belong to a longer word, which has spaces in it."""
    if len(numbers) != kept.size:
        if len(numbers) > kept.size and not all(map(_is_number, numbers[: -kept.size])):
            return None
        raise DataError(
            "A word has another number of dimensions than the others",
            received=f"{len(numbers):,} numbers behind “{said(line.partition(mark)[0])}”, word {kept.seen:,}, "
            f"where {kept.size:,} were expected",
            remedy="Give a file that is whole",
        )
    try:
        return np.array(list(map(float, numbers)), np.float32)
    except ValueError:
        raise _no_vectors(line) from None


def _size_of(line: bytes, mark: bytes, promised: int) -> int:
    """How many numbers the first line has behind its word.

    Raises:
        DataError: none, too many, or not as many as the header says.
    """
    word, *numbers = line.rstrip().split(mark)
    numbers = [number for number in numbers if number]
    found = len(numbers)
    if found < 2 or not all(map(_is_number, numbers[-2:])):
        raise _no_vectors(line)
    if promised and found != promised:
        raise DataError(
            "The vectors have another number of dimensions than the first line of the file says",
            received=f"{found:,} numbers behind “{said(word)}”, where {promised:,} were promised",
            remedy="Give a file that is whole",
        )
    if found > LONGEST_VECTOR:
        raise DataError(
            "These vectors are longer than any model here reads",
            received=f"{found:,} dimensions",
            remedy=f"Give vectors of at most {LONGEST_VECTOR:,}",
        )
    return found


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines, without what ends them; no more of the file is held than a block and a line."""
    rest = b""
    while block := file.read(_BLOCK):
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
        if len(rest) > _LONGEST_LINE:
            raise _no_vectors(rest)
    if rest:
        yield rest


def _with(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _is_number(text: bytes) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _no_vectors(line: bytes) -> DataError:
    return DataError(
        "These are no word vectors: each line has to be a word and its numbers, with spaces between",
        received=f"a line that begins “{said(line)}”" if line.strip() else "a file without a line of numbers",
        remedy="Give a file of GloVe, word2vec or fastText (.txt, .vec, .bin)",
    )
