"""Spreadsheets as columns: the first sheet that has a table."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from seqcore.datasets.cells import cell_text
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.rows import Row, arrange_rows
from seqcore.datasets.formats.zipped import ZIP_MAGIC, member_names, xml_members
from seqcore.datasets.size_limits import MAX_CELLS, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls


def is_workbook(content: Content) -> Certainty:
    """Whether a ZIP archive has the parts of a workbook; an OLE file is taken for one.

    Raises:
        DataError: the archive is broken.
    """
    if content.data.startswith(_OLE_MAGIC):
        return Certainty.CERTAIN
    names = member_names(content.data)
    workbook = "content.xml" in names or any(re.fullmatch(r"xl/workbook\.(xml|bin)", name) for name in names)
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
def read_spreadsheet(content: Content, limits: Settings, _read_as: ReadAs) -> RawTable:
    """Columns of the first sheet that has at least two, of an Excel or OpenDocument file.

    Raises:
        DataError: damaged, protected by a password, or larger than allowed.
    """
    if content.data.startswith(ZIP_MAGIC):
        _refuse_sparse_giants(xml_members(content.data, limits=limits))
    note, start, rows = _first_table(content.data, limits)
    refuse_too_many_rows(len(rows) - 1, limits)
    table = arrange_rows(rows, joint=",", first_number=start + 1)
    notes = [note] if note else []
    return RawTable(table.columns, table.numbers, [*notes, *table.notes])


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


def _first_table(data: bytes, limits: Settings) -> tuple[str, int, list[Row]]:
    """A note when there are several sheets, the number of rows above the table, and its rows."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            cells = sheet.to_python(nrows=limits.max_rows + 2)
            if sheet.start is not None and any(len(row) > 1 for row in cells):
                note = f"Read from sheet “{name}”, the first with a table" if len(book.sheet_names) > 1 else ""
                return note, sheet.start[0], [[_sheet_cell(value) for value in row] for row in cells]
    except PasswordError:
        raise DataError("The spreadsheet is protected by a password", remedy="Save it without one") from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise broken("a spreadsheet") from None
    except BaseException as error:  # a Rust panic is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise broken("a spreadsheet") from None
    raise DataError(
        "No sheet has a table", received="sheets of fewer than two columns", remedy="Give it a text and a label column"
    )


def _sheet_cell(value: object) -> str:
    """A cell as the spreadsheet shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return cell_text(value) or ""
