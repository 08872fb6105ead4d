"""How to read a file: what a person decided, what was used, and what else was possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


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
        labels: What to make of several labels of one text.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: int | None = None
    sheet: str | None = None
    member: str | None = None
    labels: str | None = None


AS_FOUND = ReadAs()


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
    alternatives: tuple[Alternative, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain values; `from_json` reads them back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> HowRead:
        """What `to_json` wrote."""
        others = tuple(Alternative(one["label"], ReadAs(**one["read_as"])) for one in values.get("alternatives", ()))
        names = {name: tuple(values.get(name, ())) for name in ("sheets", "members")}
        return cls(**{**values, **names, "alternatives": others})
