"""ARFF, the files of Weka: attributes with their types, then one row per line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seqcore.datasets.cells import clean_cell, unique_names
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.size_limits import refuse_large_rectangle, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

_OPENINGS = ("@relation", "@attribute")
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_NAME = re.compile(rf"({_QUOTED}|[^\s{{]+)", re.DOTALL)
_QUOTED_CELL = re.compile(rf"\s*({_QUOTED})\s*(,|$)", re.DOTALL)
_PLAIN_CELL = re.compile(r"((?:[^,\\]|\\.)*)(,|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_MISSING = "?"
_REMEDY = "Save it again from Weka, or save it as CSV"


def opens_like_arff(content: Content) -> Certainty:
    """Whether a relation or an attribute is declared before anything else but comments."""
    for line in content.text[:20_000].split("\n"):
        if line.strip() and not line.lstrip().startswith("%"):
            return Certainty.CERTAIN if line.strip().lower().startswith(_OPENINGS) else Certainty.NONE
    return Certainty.NONE


@register("arff", labels=("ARFF",), content="ARFF", extensions=("arff",), recognise=opens_like_arff)
def read_arff(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """Columns of an ARFF file, whatever the types of its attributes.

    Raises:
        DataError: without attributes or data, sparse, or with a row of another length.
    """
    lines = enumerate(re.split(r"\r\n|\n|\r", content.text), start=1)
    names = _attribute_names(lines)
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("%"):
            continue
        rows.append(_row(line, number, len(names)))
        numbers.append(number)
        refuse_too_many_rows(len(rows), limits, at_least=True)
    refuse_large_rectangle(len(rows), len(names))
    unique, notes = unique_names(names)
    columns = {name: [row[at] for row in rows] for at, name in enumerate(unique)}
    return RawTable(columns, numbers, notes)


def _attribute_names(lines: Iterator[tuple[int, str]]) -> list[str]:
    """The names that are declared before the data, where the lines then go on."""
    names: list[str] = []
    for _, line in lines:
        keyword, *rest = line.split(maxsplit=1) or [""]
        if keyword.lower() == "@data":
            break
        if keyword.lower() == "@attribute":
            found = _NAME.match(rest[0]) if rest else None
            names.append(_unquoted(found[1]) if found else "")
    if not names:
        raise DataError("The ARFF file has no attributes", remedy=_REMEDY)
    refuse_large_rectangle(1, len(names))
    return names


def _row(line: str, number: int, width: int) -> list[str | None]:
    if line.lstrip().startswith("{"):
        raise DataError("The ARFF file is sparse", received=f"line {number:,}: {line.strip()[:40]!r}", remedy=_REMEDY)
    cells: list[str | None] = []
    at, more = 0, True
    while more and len(cells) <= width + 1:
        quoted = _QUOTED_CELL.match(line, at)
        found = quoted or _PLAIN_CELL.match(line, at)
        if found is None:  # a lone backslash at the end
            break
        cells.append(clean_cell(_unquoted(found[1])) if quoted else _plain(found[1].strip()))
        at, more = found.end(), bool(found[2])
    if len(cells) not in (width, width + 1):  # Weka may write a weight behind a row
        raise DataError(
            f"Line {number:,} of the ARFF file does not have {width:,} values",
            received=repr(line.strip()[:60]),
            remedy=_REMEDY,
        )
    return cells[:width]


def _plain(cell: str) -> str | None:
    return None if cell == _MISSING else clean_cell(_unescaped(cell))


def _unquoted(cell: str) -> str:
    return _unescaped(cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "'\"" else cell)


def _unescaped(cell: str) -> str:
    return _ESCAPED.sub(_character, cell) if "\\" in cell else cell


def _character(escaped: re.Match[str]) -> str:
    name = escaped[1]
    return chr(int(name[1:], 16)) if len(name) > 1 else _ESCAPES.get(name, name)
