"""CSV, TSV and their relatives: the delimiter and the quoting found in the text itself."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from seqcore.datasets.column_names import is_known_name
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.rows import Row, arrange_rows
from seqcore.datasets.size_limits import MAX_CELLS, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "pipe", ",": "comma"}
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_ROWS = 500
_MOST_LINES_WITHOUT = 0.2  # share of lines without the delimiter up to which it is one
_NO_DELIMITER = "\x1f"  # "unit separator": stands in no text
_LONGEST_FIELD = 2**31 - 1  # the csv module's own limit, 131,072, is shorter than some reviews


def any_text(_content: Content) -> Certainty:
    """Any text can be divided somehow: what to try when nothing else fits."""
    return Certainty.LAST_RESORT


@register(
    "delimited",
    labels=("CSV", "TSV"),
    content="delimited text",
    extensions=("csv", "tsv", "tab", "txt", "psv"),
    recognise=any_text,
)
def read_delimited(content: Content, limits: Settings, _read_as: ReadAs) -> RawTable:
    """Columns of a delimited text.

    Raises:
        DataError: more rows than the settings allow, or more cells than fit.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    extension = content.extension
    text, delimiter = _declared_delimiter(content.text)
    delimiter = delimiter or detect_delimiter(text, extension=extension)
    _refuse_too_many_cells(text, delimiter)
    rows, notes = _rows_and_notes(text, delimiter or _NO_DELIMITER, limits)
    table = arrange_rows(rows, joint=delimiter or ",")
    if delimiter and not (extension in ("csv", "txt") and delimiter == ","):
        notes.insert(0, f"Columns are separated by {DELIMITERS.get(delimiter, repr(delimiter))}")
    return RawTable(table.columns, table.numbers, [*notes, *table.notes])


def detect_delimiter(text: str, *, extension: str = "") -> str:
    """The character between the columns; "" when the text has one column only.

    Sentences are full of commas: what counts is how many rows come out equally wide, then how many
    are divided at all.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    cut = len(text) > len(sample)
    best, best_score = "", 0.0
    for delimiter in DELIMITERS:
        rows = [row for row in islice(_reader(sample, delimiter), _SAMPLE_ROWS) if row]
        if cut and 1 < len(rows) < _SAMPLE_ROWS:
            rows.pop()  # half a row
        score = _how_well_it_divides(rows) + 0.2 * (extension == "tsv" and delimiter == "\t")
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _how_well_it_divides(rows: list[Row]) -> float:
    """Nothing for a delimiter that leaves many rows in one piece, at most 2 for a perfect one."""
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    divided = 1 - widths[1] / len(rows)
    named = len(rows[0]) > 1 and sum(is_known_name(cell) for cell in rows[0]) / len(rows[0])
    if divided < 1 - _MOST_LINES_WITHOUT and not named:
        return 0.0
    return _consistency(widths) + 0.5 * divided + 0.5 * named


def _consistency(widths: Counter[int]) -> float:
    """Share of rows that have the most common width of two or more."""
    wide = {width: count for width, count in widths.items() if width > 1}
    return max(wide.values(), default=0) / widths.total() if widths else 0.0


def _declared_delimiter(text: str) -> tuple[str, str]:
    """Excel may write "sep=;" on the first line."""
    declared = re.match(r'"?sep=([^\s"]|\t)"?\r?\n', text, re.IGNORECASE)  # a quote or a space divides nothing
    return (text[declared.end() :], declared[1]) if declared else (text, "")


def _refuse_too_many_cells(text: str, delimiter: str) -> None:
    if delimiter and text.count(delimiter) > MAX_CELLS:
        raise DataError(
            f"The file has more than {MAX_CELLS:,} cells",
            received=f"{text.count(delimiter):,} delimiters",
            remedy="Keep the text and label columns and try again",
        )


def _reader(text: str, delimiter: str, *, strict: bool = False, quoting: bool = True) -> Iterable[Row]:
    """Rows of the text; newline="" keeps the line ends inside quoted fields."""
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        strict=strict,
        skipinitialspace=False,
        quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
    )


def _rows_and_notes(text: str, delimiter: str, limits: Settings) -> tuple[list[Row], list[str]]:
    """Rows, with quotes read as CSV's or, where they are no CSV quotes, as they stand."""
    try:
        rows = _rows_within_limits(_reader(text, delimiter, strict=True), limits)
        regular = len(rows) >= _line_count(text)
    except csv.Error:
        rows = _rows_within_limits(_reader(text, delimiter), limits)
        regular = False
    if regular or '"' not in text:
        return rows, []
    plain = _rows_within_limits(_reader(text, delimiter, quoting=False), limits, refuse=False)
    if len(plain) <= len(rows) or not _quotes_are_text(rows, plain):
        return rows, []
    return [[_unquoted(cell) for cell in row] for row in plain], [
        "Quotation marks are part of the text here, not of CSV"
    ]


def _rows_within_limits(reader: Iterable[Row], limits: Settings, *, refuse: bool = True) -> list[Row]:
    rows = list(islice(reader, limits.max_rows + 2))  # a header and one too many
    if refuse:
        refuse_too_many_rows(sum(map(bool, rows)) - 1, limits, at_least=True)
    return rows


def _quotes_are_text(rows: list[Row], plain: list[Row]) -> bool:
    """Lines that are all equally wide without CSV quoting are rows; a quoted line break would spoil that."""
    as_text = _consistency(Counter(len(row) for row in plain if row))
    as_csv = _consistency(Counter(len(row) for row in rows if row))
    return as_text > 0.999 or as_text > as_csv


def _line_count(text: str) -> int:
    """Lines of text, a last one without line end included; a lone carriage return ends a line in old files."""
    ends = text.count("\n") or text.count("\r")
    return ends + (not text.endswith(("\n", "\r")))


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell
