"""Bytes of an unknown encoding as text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from seqcore.datasets.formats.encoding_guess import Guess, guesses, lines_beyond_ascii
from seqcore.datasets.formats.encoding_names import codec_named
from seqcore.datasets.formats.refusals import not_a_table
from seqcore.errors import DataError

_BOMS = (  # UTF-32 before UTF-16: its mark begins with the same bytes
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b\0"))) + b"\x7f"
_BYTES_LOOKED_AT = 64 * 1024
_MOST_CONTROLS = 0.02  # share of control characters beyond which a file is no text
_MOST_NULS = 0.10
_MOST_BROKEN = 0.05  # share of broken non-ASCII characters up to which a file still is UTF-8
_MOST_UNPRINTABLE = 0.02  # share of characters, line ends aside, up to which bytes are UTF-16
_ESCAPED = {
    b"\x1b$": "iso2022_jp",
    b"\x1b$)C": "iso2022_kr",
    b"~{": "hz",
}  # all ASCII bytes, and so UTF-8 to the unwary
_LINE_ENDS = re.compile(r"[\r\n]")
_MUCH_WORSE = 2.0  # times the logarithm of how likely the best is
_TO_CHANGE_IT = "choose another under “How the file was read”, or with --encoding"


@dataclass(frozen=True)
class Decoded:
    """Bytes as text.

    Attributes:
        text: The text.
        encoding: Name of the codec.
        notes: What was found and repaired, one sentence each.
        others: Codecs in which the same bytes are text too, the likeliest first.
    """

    text: str
    encoding: str
    notes: list[str]
    others: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text and notes on how it was read; NUL characters are taken out.

    Args:
        data: The bytes.
        encoding: The codec that a person chose; None: find it out.

    Raises:
        DataError: the bytes are no text in any encoding, or not in the one chosen.
        OptionError: there is no such encoding.
    """
    found = _decode_any(data) if encoding is None else _decode_as(data, encoding)
    text, notes = found.text, list(found.notes)
    nuls = text.count("\0")
    if nuls > _MOST_NULS * len(text):
        raise not_a_table("binary data")
    if nuls:
        text = text.replace("\0", "")
        notes.append("1 NUL character was removed" if nuls == 1 else f"{nuls:,} NUL characters were removed")
    controls = sum(text.count(chr(code)) for code in _CONTROLS)
    if controls > _MOST_CONTROLS * len(text):
        raise not_a_table("binary data")
    return replace(found, text=text, notes=notes)


def _decode_any(data: bytes) -> Decoded:
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(codec, "replace")
            return Decoded(text, codec, [] if label == "UTF-8" else [f"Read as {label}"])
    wide = _utf16_codec(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide, ["Read as UTF-16"])
    escaped = _escaped_codec(data)
    if escaped:
        return Decoded(data.decode(escaped), escaped, [f"Read as {escaped.upper().replace('_', '-')}"])
    try:
        return Decoded(data.decode("utf-8"), "utf-8", [])
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _utf16_codec(data: bytes) -> str | None:
    """UTF-16 without a mark shows by NULs on every other byte of Western text, and by line ends in any."""
    sample = data[: _BYTES_LOOKED_AT & ~1]
    if b"\0" not in sample:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return next((codec for codec in ("utf-16-le", "utf-16-be") if _is_lines_of(sample, codec)), None)


def _is_lines_of(sample: bytes, codec: str) -> bool:
    """Whether bytes are lines of printable text; those of other encodings have no line end in two bytes."""
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
    lines = text.splitlines()
    unprintable = sum(len(line) for line in lines if not line.isprintable() and not _printable_but_tabs(line))
    return text.count("\n") > 0.2 * sample.count(b"\n") and unprintable <= _MOST_UNPRINTABLE * len(text)


def _printable_but_tabs(line: str) -> bool:
    return line.replace("\t", " ").replace("\u3000", " ").replace("\xa0", " ").isprintable()


def _escaped_codec(data: bytes) -> str | None:
    for mark, codec in _ESCAPED.items():
        if mark in data and data.isascii() and (codec != "hz" or data.count(mark) == data.count(b"~}")):
            try:
                data.decode(codec)
            except UnicodeDecodeError:
                continue
            return codec
    return None


def _decode_legacy(data: bytes) -> Decoded:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if broken <= _MOST_BROKEN * beyond_ascii:
        return Decoded(text, "utf-8", [f"Read as UTF-8; {broken:,} broken characters are shown as �"])
    controls = len(data) - len(data.translate(None, _CONTROLS + b"\0"))
    if controls > _MOST_CONTROLS * len(data):
        raise not_a_table("binary data")
    best, *others = guesses(data)
    text = data.decode(best.candidate.codec, "replace")
    different = (other.candidate.codec for other in others if _worth_offering(other, best, data))
    note = f"Read as {best.candidate.label}, {_how_it_looks(best)}; {_TO_CHANGE_IT}"
    return Decoded(text, best.candidate.codec, [note], tuple(different))


def _how_it_looks(guess: Guess) -> str:
    if not guess.broken:
        return f"in which it looks {guess.language}"
    return (
        "1 broken character is shown as �"
        if guess.broken == 1
        else f"{guess.broken:,} broken characters are shown as �"
    )


def _worth_offering(other: Guess, best: Guess, data: bytes) -> bool:
    """Whether a person may find that another encoding was right: it reads the file whole, and not much worse."""
    sample = lines_beyond_ascii(data)
    alike = sample.decode(other.candidate.codec, "replace") == sample.decode(best.candidate.codec, "replace")
    return not other.broken and not alike and other.score > _MUCH_WORSE * best.score - 10


def _decode_as(data: bytes, encoding: str) -> Decoded:
    """The text in the encoding that a person chose."""
    codec = codec_named(encoding)
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = _utf16_codec(data) or codec  # without a mark, Python takes one of the two
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start : error.end][:4].hex(" ")
        at = f"byte {error.start + 1:,}, in line {line:,}"
        raise _not_in(encoding, f"{at}, is not a character in it: {found}") from None
    if text.count("\0") > _MOST_NULS * len(text):
        raise _not_in(encoding, f"{text.count(chr(0)):,} NUL characters, as UTF-16 and UTF-32 have them in its place")
    if not _LINE_ENDS.search(text) and _LINE_ENDS.search(data.decode("latin_1")):
        raise _not_in(encoding, "all line ends would become parts of other characters")
    return Decoded(text, codec, [])


def _not_in(encoding: str, why: str) -> DataError:
    return DataError(
        f"The file is not {encoding}", received=why, remedy="Choose another encoding, or let it be found out"
    )
