"""How to read a file: what a person decided, what was used, and what else was possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from seqcore.errors import OptionError


@dataclass(frozen=True)
class ReadAs:
    """What a person decided about a file; None where it is to be found out.

    Attributes:
        encoding: Name of a codec, such as "utf-8" or "gb18030".
        delimiter: The character between the columns; "" for one column only.
        quote: The character around cells that hold delimiters or line ends; "" when quotation marks are text.
        header: Number of header rows, 0 for none.
        sheet: Name of the sheet of a workbook.
        member: Name of the file in an archive.
        labels: What to make of several labels of one text: "first", or the label to be told from all others.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: int | None = None
    sheet: str | None = None
    member: str | None = None
    labels: str | None = None


AS_FOUND = ReadAs()


DELIMITER_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe", " ": "space", "": "none"}
QUOTE_NAMES = {'"': "double", "'": "single", "": "none"}


def delimiter_named(name: str) -> str:
    """The delimiter of that name, or that character itself.

    Raises:
        OptionError: it is neither.
    """
    return _character(name, DELIMITER_NAMES, "delimiter", other=r"\t")


def quote_named(name: str) -> str:
    """The quote sign of that name, or that character itself.

    Raises:
        OptionError: it is neither.
    """
    return _character(name, QUOTE_NAMES, "quote sign", other="")


def _character(name: str, names: Mapping[str, str], what: str, *, other: str) -> str:
    known = {spelled: character for character, spelled in names.items()} | ({other: "\t"} if other else {})
    found = known.get(name.strip().casefold(), name)
    if len(found) > 1 or found in ("\n", "\r", "\0"):
        raise OptionError(
            f"There is no such {what}",
            received=repr(name[:40]),
            remedy=f"Choose one of {', '.join(names.values())}, or give a single character",
        )
    return found


@dataclass(frozen=True)
class Alternative:
    """Another reading of the same file that a person can take by one press.

    Attributes:
        label: What it would be, in a few words.
        read_as: All decisions that lead to it, those already made included.
    """

    label: str
    read_as: ReadAs


@dataclass(frozen=True)
class HowRead:
    """What was used to read a file; None where the question does not arise.

    Attributes:
        encoding: Name of the codec.
        delimiter: The character between the columns; "" for one column only.
        quote: The character around cells; "" when quotation marks are text.
        header: Number of header rows.
        first_row: Number, from 1, of the first row of data in the file.
        sheet: Name of the sheet.
        member: Name of the file in the archive.
        labels: What was made of several labels of one text.
        sheets: Names of all sheets.
        members: Names of all files of the archive that can be read.
        several: The labels of which one text may have more than one, the commonest first.
        alternatives: Other readings, the likeliest first.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: int | None = None
    first_row: int | None = None
    sheet: str | None = None
    member: str | None = None
    labels: str | None = None
    sheets: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain values; `from_json` reads them back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> HowRead:
        """What `to_json` wrote."""
        others = tuple(Alternative(one["label"], ReadAs(**one["read_as"])) for one in values.get("alternatives", ()))
        names = {name: tuple(values.get(name, ())) for name in ("sheets", "members", "several")}
        return cls(**{**values, **names, "alternatives": others})
