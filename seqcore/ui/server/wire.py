"""Reads the outermost fields of a protobuf message where they stand, without building what they hold.

Building a message of 20 MB holds Python's lock for seconds and takes fifty times its bytes; skipping through it costs
a microsecond a field, and whoever reads may stop at any of them.
Source of the format: https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_VARINT, _EIGHT_BYTES, _WITH_LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_LONGEST_VARINT = 10  # bytes of a number of 64 bits


class WireError(ValueError):
    """This is no protobuf message."""


@dataclass(frozen=True)
class WireField:
    """One field, as it stands in a message.

    Attributes:
        number: Of the field.
        content: Its bytes: a string, a message, or a number as it is written.
    """

    number: int
    content: memoryview


def wire_fields(message: memoryview) -> Iterator[WireField]:
    """The fields of a message, one after the other.

    Raises:
        WireError: it breaks off, or holds what no message of today holds (groups).
    """
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == _WITH_LENGTH:
            length, at = _varint(message, at)
            end = at + length
        elif kind == _VARINT:
            _, end = _varint(message, at)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            end = at + (8 if kind == _EIGHT_BYTES else 4)
        else:
            raise WireError(f"a field of kind {kind}")
        if end > len(message):
            raise WireError("the message breaks off")
        yield WireField(tag >> 3, message[at:end])
        at = end


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    if at < len(message) and message[at] < 0x80:  # nearly all of them
        return message[at], at + 1
    value = 0
    for place, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    raise WireError("a number breaks off")
