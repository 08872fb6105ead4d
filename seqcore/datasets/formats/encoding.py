"""Bytes of an unknown encoding as text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

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
_FEW_HIGH_BYTES = 0.02  # English with curly quotes and pound signs; too few to tell Latin encodings apart


@dataclass(frozen=True)
class Decoded:
    """Bytes as text.

    Attributes:
        text: The text.
        encoding: Name of the codec.
        notes: What was found and repaired, one sentence each.
    """

    text: str
    encoding: str
    notes: list[str]


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text and notes on how it was read; NUL characters are taken out.

    Args:
        data: The bytes.
        encoding: The codec that a person chose; None: find it out.

    Raises:
        DataError: the bytes are no text in any encoding, or not in the one chosen.
    """
    text, codec, notes = _decode_any(data) if encoding is None else _decode_as(data, encoding)
    nuls = text.count("\0")
    if nuls > _MOST_NULS * len(text):
        raise not_a_table("binary data")
    if nuls:
        text = text.replace("\0", "")
        notes.append("1 NUL character was removed" if nuls == 1 else f"{nuls:,} NUL characters were removed")
    controls = sum(text.count(chr(code)) for code in _CONTROLS)
    if controls > _MOST_CONTROLS * len(text):
        raise not_a_table("binary data")
    return Decoded(text, codec, notes)


def _decode_as(data: bytes, encoding: str) -> tuple[str, str, list[str]]:
    try:
        codec = codecs.lookup(encoding).name
        return data.decode(codec), codec, []
    except LookupError:
        raise DataError("There is no such encoding", received=repr(encoding[:40])) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"The file is not {encoding}", received=f"byte {error.start:,}, line {line:,}") from None


def _decode_any(data: bytes) -> tuple[str, str, list[str]]:
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), codec, ([] if label == "UTF-8" else [f"Read as {label}"])
    wide = _utf16_codec(data)
    if wide:
        return data.decode(wide, "replace"), wide, ["Read as UTF-16"]
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _utf16_codec(data: bytes) -> str | None:
    """UTF-16 without a mark shows as NULs on every other byte of Western text."""
    sample = data[: _BYTES_LOOKED_AT & ~1]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes) -> tuple[str, str, list[str]]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if broken <= _MOST_BROKEN * beyond_ascii:
        return text, "utf-8", [f"Read as UTF-8; {broken:,} broken characters stand as �"]
    codec = _legacy_codec(data)
    return data.decode(codec, "replace"), codec, [f"Read as {codec}"]


def _legacy_codec(data: bytes) -> str:
    high = data.translate(None, bytes(range(128)))
    controls = len(data) - len(data.translate(None, _CONTROLS + b"\0"))
    if controls > _MOST_CONTROLS * len(data):
        raise not_a_table("binary data")
    undefined = len(high) - len(high.translate(None, b"\x81\x8d\x8f\x90\x9d"))
    if not undefined and len(high) < _FEW_HIGH_BYTES * len(data):
        return "cp1252"
    return _detected_codec(_lines_with_high_bytes(data)) or "cp1252"


def _detected_codec(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        return None
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding


def _lines_with_high_bytes(data: bytes) -> bytes:
    """The part of a file that tells encodings apart, at most a sample of it."""
    telling = b"\n".join(line for line in data[: 32 * _BYTES_LOOKED_AT].split(b"\n") if not line.isascii())
    return telling[:_BYTES_LOOKED_AT] or data[-_BYTES_LOOKED_AT:]
