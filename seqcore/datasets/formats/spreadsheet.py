"""Spreadsheets as columns: the sheet with the data, merged cells filled."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from seqcore.datasets.cells import cell_text
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.merged_cells import Merged, fill_down, headings_above, merged_in_opendocument
from seqcore.datasets.formats.parts import in_quotes, join_parts, parts_of_names
from seqcore.datasets.formats.read_as import Alternative, HowRead, ReadAs
from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.rows import arrange_rows
from seqcore.datasets.formats.sheets import MOST_SHEETS, Sheet, choose_sheet, tables_among
from seqcore.datasets.formats.zipped import ZIP_MAGIC, member_names, xml_members
from seqcore.datasets.size_limits import MAX_CELLS, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls
_OLD_WORD = "WordDocument\0".encode("utf-16-le")  # a stream of .doc
_OTHER_OPENDOCUMENT = re.compile(rb"opendocument\.(text|presentation|graphics)")
_ABOVE = 12  # rows beyond the most: a title, a header, and one too many
_OFFERED = 12  # sheets to take by one press


def is_workbook(content: Content) -> Certainty:
    """Whether a ZIP archive has the parts of a workbook; an OLE file is taken for one.

    Raises:
        DataError: the archive is broken.
    """
    if content.data.startswith(_OLE_MAGIC):
        return Certainty.NONE if _OLD_WORD in content.data else Certainty.CERTAIN
    names = member_names(content.data)
    opendocument = "content.xml" in names and not _OTHER_OPENDOCUMENT.search(content.data, 0, 200)
    workbook = opendocument or any(re.fullmatch(r"xl/workbook\.(xml|bin)", name) for name in names)
    return Certainty.CERTAIN if workbook else Certainty.NONE


@register(
    "spreadsheet",
    labels=("Excel", "OpenDocument"),
    content="a spreadsheet",
    extensions=("xlsx", "xlsm", "xlsb", "xls", "ods"),
    magic=(_OLE_MAGIC, ZIP_MAGIC),
    recognise=is_workbook,
    confined=True,
)
def read_spreadsheet(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """Columns of the likeliest sheet of an Excel or OpenDocument file, or of the one that a person chose.

    Sheets named after the parts of a split are read together.

    Raises:
        DataError: damaged, protected by a password, or larger than allowed.
    """
    merged: dict[str, list[Merged]] = {}
    if content.data.startswith(ZIP_MAGIC):
        members = xml_members(content.data, limits=limits)
        _refuse_sparse_giants(members)
        merged = _merged_in(dict(members).get("content.xml", b""))
    filled = _sheets(content.data, merged, limits)
    sheets = tables_among(filled)
    names = tuple(sheet.name for sheet in sheets)
    parts = parts_of_names(names) if read_as.sheet is None else None
    if parts:
        whole = join_parts([_table(sheet, limits, read_as) for sheet in sheets], parts)
        if whole:
            note = f"The sheets {in_quotes(names)} were read as the parts of a split"
            return replace(whole, notes=[note, *whole.notes], how=_how(whole.how, None, names, read_as))
    sheet = choose_sheet(sheets, read_as.sheet)
    table = _table(sheet, limits, read_as)
    notes = [_sheet_note(sheet.name, names)] if len(filled) > 1 else []
    return replace(table, notes=[*notes, *table.notes], how=_how(table.how, sheet.name, names, read_as))


def _sheet_note(taken: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"Read from sheet “{taken[:40]}”, the only one with a table"
    others = in_quotes([name for name in names if name != taken])
    return f"Read from sheet “{taken[:40]}”; choose {others} under “How the file was read”, or with --sheet"


def _how(how: HowRead, taken: str | None, names: tuple[str, ...], read_as: ReadAs) -> HowRead:
    others = [
        Alternative(f"Sheet “{name[:40]}”", replace(read_as, sheet=name)) for name in names[:_OFFERED] if name != taken
    ]
    alternatives = (*how.alternatives, *others) if len(names) > 1 else how.alternatives
    return replace(how, sheet=taken, sheets=names, alternatives=alternatives)


def _table(sheet: Sheet, limits: Settings, read_as: ReadAs) -> RawTable:
    refuse_too_many_rows(len(sheet.rows) - 1, limits)
    rows = fill_down(sheet.rows, sheet.merged)
    above, names = headings_above(rows, sheet.merged) if read_as.header is None else (0, None)
    notes = []
    if names:
        rows = [names, *rows[above + 1 :]]
        notes.append(f"Two header rows: the names of the columns are those of row {sheet.first_number + above:,}")
    if any(area.bottom > max(area.top, above) for area in sheet.merged):
        notes.append("Merged cells count for each of their rows")
    taken = sum(any(row) for row in sheet.rows[:above])
    first = sheet.first_number + above
    table = arrange_rows(rows, joint=",", first_number=first, above=taken, read_as=read_as)
    return replace(table, notes=[*notes, *table.notes])


def _refuse_sparse_giants(members: Sequence[tuple[str, bytes]]) -> None:
    """A sheet of two cells, A1 and XFD1048576, would take 400 GB as a rectangle."""
    for name, content in members:
        if name.startswith("xl/worksheets/"):
            references = set(re.findall(rb'\br="([A-Z]{1,3})([0-9]{1,9})"', content))
            rows = max((int(row) for _, row in references), default=0)
            columns = max((_column_number(letters) for letters, _ in references), default=0)
            _refuse_rectangle(rows, columns)
        if name == "content.xml":  # OpenDocument repeats cells and rows by count
            filled = re.findall(rb'repeated="([0-9]{1,12})"[^>/]*>\s*<(?!/)', content)
            _refuse_rectangle(sum(map(int, filled)), 1)


def _refuse_rectangle(rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS:
        raise DataError(
            "The sheet spans too many cells",
            received=f"{rows:,} rows by {columns:,} columns",
            remedy="Delete stray cells far from the table, or save it as CSV",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _merged_in(content: bytes) -> dict[str, list[Merged]]:
    try:
        return merged_in_opendocument(content)
    except ElementTree.ParseError:
        raise broken("a spreadsheet") from None


def _sheets(data: bytes, merged: dict[str, list[Merged]], limits: Settings) -> list[Sheet]:
    """Every sheet with a cell in it."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        known = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet][:MOST_SHEETS]
        found = [(name, book.get_sheet_by_name(name)) for name in known]
        return [
            _laid_out(name, sheet, merged.get(name, ()), limits) for name, sheet in found if sheet.start is not None
        ]
    except PasswordError:
        raise DataError("The spreadsheet is protected by a password", remedy="Save it without one") from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise broken("a spreadsheet") from None
    except BaseException as error:  # a Rust panic is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise broken("a spreadsheet") from None


def _laid_out(name: str, sheet: Any, merged: Sequence[Merged], limits: Settings) -> Sheet:
    top, left = sheet.start
    ranges = [Merged(*first, *last) for first, last in sheet.merged_cell_ranges or ()] or merged
    moved = tuple(Merged(one.top - top, one.left - left, one.bottom - top, one.right - left) for one in ranges)
    rows = [[_sheet_cell(value) for value in row] for row in sheet.to_python(nrows=limits.max_rows + _ABOVE)]
    return Sheet(name, top + 1, rows, moved)


def _sheet_cell(value: object) -> str:
    """A cell as the spreadsheet shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return cell_text(value) or ""
