"""The list of file formats: a decorator that adds one, look-ups and sentences that name what exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from seqcore.errors import OptionError

if TYPE_CHECKING:
    from seqcore.datasets.formats.content import Content
    from seqcore.datasets.formats.read_as import ReadAs
    from seqcore.datasets.table import RawTable
    from seqcore.settings import Settings

Reader = Callable[["Content", "Settings", "ReadAs"], "RawTable"]


class Certainty(IntEnum):
    """How surely some content is in a format."""

    NONE = 0
    LAST_RESORT = 1  # tried when no other format could read it
    LIKELY = 2  # tried; when it cannot be read, the next one is
    CERTAIN = 3  # read as this and nothing else: an error is what the person is told


@dataclass(frozen=True)
class Format:
    """A registered file format.

    Attributes:
        name: Key of the list.
        labels: What people call it, and its relatives that the same reader reads: ("CSV", "TSV").
        content: What a file of it holds, as in "the content is ...": "delimited text", "a spreadsheet".
        extensions: Usual ends of its files' names, in lower case without the dot.
        read: `(content, limits, read_as) -> table`; raises DataError.
        magic: First bytes of its files, one of which decides; empty: it is text, decoded before it is looked at.
        recognise: How surely some content is in it; asked after `magic`.
        confined: Whether it is read in a process of its own, because native code reads it.
        labelled: Whether its files can say the label of a text; one that cannot is read where texts are enough.
    """

    name: str
    labels: tuple[str, ...]
    content: str
    extensions: tuple[str, ...]
    read: Reader
    magic: tuple[bytes, ...]
    recognise: Callable[[Content], Certainty]
    confined: bool
    labelled: bool

    @property
    def is_text(self) -> bool:
        """Whether its files are text."""
        return not self.magic


_REGISTRY: dict[str, Format] = {}


def certainly(_content: Content) -> Certainty:
    """What recognises a format whose first bytes say everything."""
    return Certainty.CERTAIN


def register(
    name: str,
    *,
    labels: tuple[str, ...],
    content: str,
    extensions: tuple[str, ...],
    magic: tuple[bytes, ...] = (),
    recognise: Callable[[Content], Certainty] = certainly,
    confined: bool = False,
    labelled: bool = True,
) -> Callable[[Reader], Reader]:
    """Add a format; from here on it is read, and every hint, help text and refusal names it.

    Raises:
        ValueError: the name is taken, or neither `magic` nor `recognise` tells its files from others.
    """
    if not magic and recognise is certainly:
        raise ValueError(f"format {name!r} takes every file: give it magic or recognise")

    def add(read: Reader) -> Reader:
        if name in _REGISTRY:
            raise ValueError(f"format {name!r} is registered twice")
        _REGISTRY[name] = Format(name, labels, content, extensions, read, magic, recognise, confined, labelled)
        return read

    return add


def get_format(name: str) -> Format:
    """The format of that name.

    Raises:
        OptionError: there is none; the message lists those that exist.
    """
    try:
        return _REGISTRY[name]
    except KeyError:
        raise OptionError(
            "There is no file format of that name", received=repr(name), remedy=f"Choose from: {', '.join(_REGISTRY)}"
        ) from None


def formats(*, labelled: bool = True) -> Iterator[Format]:
    """Every format that can say labels, in the order of registration; with `labelled=False` the others too."""
    return iter(tuple(found for found in _REGISTRY.values() if found.labelled or not labelled))


def format_labels(*, labelled: bool = True) -> str:
    """What can be read, in words.

    Example:
        >>> format_labels()
        'CSV, TSV, JSON, JSON Lines, Parquet, Excel or OpenDocument'
    """
    *others, last = (label for found in formats(labelled=labelled) for label in found.labels)
    return f"{', '.join(others)} or {last}" if others else last
