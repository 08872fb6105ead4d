"""A file of word vectors, read once from its beginning to its end: packed or not, as text or in binary form."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from seqcore.errors import DataError
from seqcore.kinds.text.vectors.binary_form import read_binary_form
from seqcore.kinds.text.vectors.header import header_of
from seqcore.kinds.text.vectors.kept import Kept, said
from seqcore.kinds.text.vectors.text_form import read_text_form
from seqcore.kinds.text.vectors.word_vectors import WordVectors

EXTENSIONS = ("txt", "vec", "bin", "gz", "zip")
_OPENING = 4096  # bytes that tell one form from the other
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_NUMPY, _FASTTEXT = b"\x93NUMPY", b"\xba\x16\x4f\x2f"
_PICKLES = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))
_FEW = 5  # names in a sentence


def read_vectors(file: BinaryIO, name: str, words: Collection[str]) -> WordVectors:
    """Read a file of word vectors, keeping those of some words: neither its text nor the others are held in memory.

    Args:
        file: Open, at its beginning; one that can be sought.
        name: Its name as given; never trusted.
        words: Those that are wanted.

    Raises:
        DataError: it is no file of word vectors, damaged, or has a vector of none of the words.
    """
    kept = Kept.of(words)
    try:
        with _unpacked(file) as content:
            _read(content, kept)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise DataError(
            "The file of word vectors is damaged, protected or ends too early",
            received=name[-60:],
            remedy="Download or copy it again",
        ) from None
    if not kept.words:
        raise DataError(
            "None of the words of these texts has a vector in this file",
            received=f"{kept.seen:,} words, and {len(kept.wanted):,} in the texts",
            remedy="Give vectors of the language of the texts",
        )
    found = tuple(word.decode("utf-8", "surrogatepass") for word in kept.words)
    capitals = frozenset(word.decode("utf-8", "replace") for word in kept.capitals.difference(kept.words))
    return WordVectors(_file_name(name), found, kept.values(), kept.seen, capitals, tuple(_notes(kept)))


def _read(content: BinaryIO, kept: Kept) -> None:
    buffered = io.BufferedReader(cast(io.RawIOBase, content), _OPENING)
    try:
        opening = buffered.peek(_OPENING)[:_OPENING]
        _refuse_others(opening)
        line, ended, behind = opening.partition(b"\n")
        is_binary = ended and header_of(line) is not None and not _is_text(behind)
        (read_binary_form if is_binary else read_text_form)(buffered, kept)
    finally:
        buffered.detach()  # or it would close what is not ours


def _is_text(behind: bytes) -> bool:
    """Whether what follows the header is a line of a word and numbers."""
    words = behind.partition(b"\n")[0].split()
    try:
        [float(word) for word in words[1:3]]
    except ValueError:
        return False
    return len(words) > 1 and b"\x00" not in behind


def _refuse_others(opening: bytes) -> None:
    """Refuse what is known and cannot be read, each in its own words."""
    if not opening.strip():
        raise DataError("The file of word vectors is empty", remedy="Give a file of GloVe, word2vec or fastText")
    if opening.startswith(_PICKLES):
        raise DataError(
            "This is a pickle, as gensim's save() writes it, and a pickle can run code of whoever made it",
            remedy='In gensim, write the vectors with kv.save_word2vec_format("vectors.bin", binary=True)',
        )
    if opening.startswith(_NUMPY):
        raise DataError(
            "This file has numbers without their words: gensim keeps those in a pickle, which is not opened here",
            remedy='In gensim, write both with kv.save_word2vec_format("vectors.bin", binary=True)',
        )
    if opening.startswith(_FASTTEXT):
        raise DataError(
            "This is a whole model of fastText, of which only the vectors of words can be used here",
            remedy="Give the .vec file that lies beside it",
        )


@contextmanager
def _unpacked(file: BinaryIO) -> Iterator[BinaryIO]:
    """What a file holds, once it is unpacked."""
    opening = file.read(4)
    file.seek(0)
    if opening.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file) as inner:
            yield cast(BinaryIO, inner)
    elif opening.startswith(_ZIP):
        with zipfile.ZipFile(file) as archive, archive.open(_member_of(archive)) as inner:
            yield cast(BinaryIO, inner)
    else:
        yield file


def _member_of(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The file in an archive that has the vectors.

    Raises:
        DataError: there is none, or a person has to choose.
    """
    inside = [each for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__MACOSX")]
    able = [each for each in inside if PurePosixPath(each.filename).suffix.lower() in (".txt", ".vec", ".bin")]
    if len(able) > 1:
        able = [each for each in able if not each.filename.lower().rpartition("/")[2].startswith("readme")]
    if len(able) != 1:
        names = ", ".join(said(each.filename.encode("utf-8", "replace")) for each in (able or inside)[:_FEW])
        raise DataError(
            "The archive has several files of vectors" if able else "The archive has no file of word vectors",
            received=names or "an empty archive",
            remedy="Unpack it and give the one that you want" if able else "Give a .txt, .vec or .bin file",
        )
    return able[0]


def _notes(kept: Kept) -> Iterator[str]:
    if kept.promised and kept.seen != kept.promised:
        yield f"The first line of the file promises {kept.promised:,} words; it has {kept.seen:,}."
    if kept.repeated:
        yield f"{kept.repeated:,} words stand in the file more than once; the first vector of each is used."


def _file_name(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2][-80:]
