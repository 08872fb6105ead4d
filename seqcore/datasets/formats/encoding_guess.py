"""Which encoding bytes are in, by how likely they are as a text of some language in each."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from seqcore.datasets.formats.likely_text import likelihood

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
_PARTS = 4
_BYTES_FOR_ONE_FILE = 200  # lines repeat themselves: this many say as much as one file in a rarer encoding
_BYTES_OF_A_PART = 6 * 1024
_BROKEN_CHARACTER = -30.0  # natural logarithm: bytes that are no character in an encoding speak against it
_WORTH_OFFERING = 5


@dataclass(frozen=True)
class Candidate:
    """An encoding that a file may be in.

    Attributes:
        codec: Name of the codec.
        label: What people call it.
        group: The languages that are written in it, a key of `likely_text.GROUPS`.
        rarity: How much rarer than the usual ones files in it are, as a natural logarithm.
    """

    codec: str
    label: str
    group: str
    rarity: float = 0.0


# Of two that read a file alike, the one told first is taken.
CANDIDATES = (
    Candidate("cp1252", "Windows-1252", "latin"),
    Candidate("iso8859_15", "ISO-8859-15", "latin", 4),
    Candidate("cp1250", "Windows-1250", "latin", 2),
    Candidate("iso8859_2", "ISO-8859-2", "latin", 3),
    Candidate("cp1254", "Windows-1254", "latin", 3),
    Candidate("iso8859_9", "ISO-8859-9", "latin", 4),
    Candidate("cp1257", "Windows-1257", "latin", 4),
    Candidate("iso8859_13", "ISO-8859-13", "latin", 6),
    Candidate("iso8859_4", "ISO-8859-4", "latin", 8),
    Candidate("cp1258", "Windows-1258", "latin", 8),
    Candidate("mac_roman", "Mac OS Roman", "latin", 7),
    Candidate("mac_latin2", "Mac OS Central European", "latin", 9),
    Candidate("cp850", "DOS 850", "latin", 8),
    Candidate("cp852", "DOS 852", "latin", 8),
    Candidate("cp437", "DOS 437", "latin", 9),
    Candidate("cp1251", "Windows-1251", "alphabet"),
    Candidate("koi8_r", "KOI8-R", "alphabet", 1),
    Candidate("koi8_u", "KOI8-U", "alphabet", 2),
    Candidate("iso8859_5", "ISO-8859-5", "alphabet", 4),
    Candidate("cp866", "DOS 866", "alphabet", 4),
    Candidate("mac_cyrillic", "Mac OS Cyrillic", "alphabet", 6),
    Candidate("iso8859_7", "ISO-8859-7", "alphabet", 1),
    Candidate("cp1253", "Windows-1253", "alphabet", 1),
    Candidate("cp1255", "Windows-1255", "alphabet", 2),
    Candidate("iso8859_8", "ISO-8859-8", "alphabet", 3),
    Candidate("cp1256", "Windows-1256", "alphabet", 2),
    Candidate("iso8859_6", "ISO-8859-6", "alphabet", 4),
    Candidate("cp874", "Windows-874", "alphabet", 2),
    Candidate("gb18030", "GB18030", "simplified", 1),
    Candidate("cp950", "Big5", "traditional", 2),
    Candidate("big5hkscs", "Big5-HKSCS", "traditional", 3),
    Candidate("cp932", "Shift-JIS", "japanese", 1),
    Candidate("euc_jp", "EUC-JP", "japanese", 2),
    Candidate("cp949", "EUC-KR", "korean", 1),
)


@dataclass(frozen=True)
class Guess:
    """An encoding, and what speaks for it.

    Attributes:
        candidate: The encoding.
        language: The language that the text looks like in it.
        score: How likely that is, as a natural logarithm.
        broken: How many characters of the whole file are none in it.
    """

    candidate: Candidate
    language: str
    score: float
    broken: int = 0


def guesses(data: bytes) -> list[Guess]:
    """Encodings that a file may be in, the likeliest first; at most a handful.

    Where a sample of it happens to be cut plays no part, and an encoding in which bytes further down are broken falls
    behind one in which the whole file is text.

    Args:
        data: A file that is not UTF-8.
    """
    sample = lines_beyond_ascii(data)
    judged = sorted((_judged(sample, candidate) for candidate in CANDIDATES), key=lambda guess: -guess.score)
    likeliest = [_held_to_the_whole(data, guess) for guess in judged[:_WORTH_OFFERING]]
    return sorted(likeliest, key=lambda guess: -guess.score)  # stable


def lines_beyond_ascii(data: bytes) -> bytes:
    """Lines that have bytes beyond ASCII, whole ones, some of each part of the file.

    A line end is never the second half of a character in any of the encodings, so a line is whole characters.
    """
    parts = _PARTS if len(data) > _PARTS * _BYTES_OF_A_PART else 1
    starts = [_line_start(data, len(data) * part // parts) for part in range(parts)]
    ends = [*starts[1:], len(data)]
    return b"\n".join(
        line for start, end in zip(starts, ends, strict=True) for line in _lines_between(data, start, end)
    )


def _line_start(data: bytes, at: int) -> int:
    """Where the first line at or after a place begins; the end where none does."""
    line_end = _LINE_END.search(data, at - 1) if at else None
    if line_end:
        return line_end.end()
    return len(data) if at else 0


def _lines_between(data: bytes, at: int, end: int) -> list[bytes]:
    found: list[bytes] = []
    size = 0
    while size < _BYTES_OF_A_PART and (match := _BEYOND_ASCII.search(data, at, end)):
        start = max(data.rfind(b"\n", at, match.start()), data.rfind(b"\r", at, match.start()), at - 1) + 1
        line_end = _LINE_END.search(data, match.start())
        at = line_end.end() if line_end else len(data)
        found.append(data[start : min(at, start + _BYTES_OF_A_PART)])
        size += len(found[-1])
    return found


def _judged(sample: bytes, candidate: Candidate) -> Guess:
    decoder = codecs.getincrementaldecoder(candidate.codec)("replace")
    text = decoder.decode(sample)  # not final: half a character at the end of a long line is no mistake
    score, language = likelihood(text, candidate.group)
    rarity = candidate.rarity * (1 + len(sample) / _BYTES_FOR_ONE_FILE)
    return Guess(candidate, language, score - rarity)


def _held_to_the_whole(data: bytes, guess: Guess) -> Guess:
    try:
        data.decode(guess.candidate.codec)
    except UnicodeDecodeError:
        broken = data.decode(guess.candidate.codec, "replace").count("\ufffd")
        return replace(guess, score=guess.score + _BROKEN_CHARACTER * broken, broken=broken)
    return guess
