"""Plain text, one text per line: what a file of texts without labels may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seqcore.datasets.cells import clean_cell
from seqcore.datasets.column_names import TEXT_NAMES, is_known_name, plain_name
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.fasttext_lines import begins_with_labels
from seqcore.datasets.formats.read_as import HowRead, ReadAs
from seqcore.datasets.formats.registry import Certainty, get_format, register
from seqcore.datasets.size_limits import refuse_large_rectangle, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.settings import Settings

_EXTENSIONS = ("txt", "text")
_MARKS = "\t|;,"
_LINES_LOOKED_AT = 200
_LONGEST_NAME = 40
_MOST_DIVIDED = 0.9  # share of the lines below a heading that have its columns
_MORE_TEXT_NAMES = ("texts", "sentences", "reviews", "messages")


def is_named_text(content: Content) -> Certainty:
    """Only the name can say that a line is one text, whatever marks stand in it."""
    labelled = begins_with_labels(content)
    return Certainty.CERTAIN if content.extension in _EXTENSIONS and not labelled else Certainty.NONE


@register(
    "lines",
    labels=("text with one text per line",),
    content="text with one text per line",
    extensions=_EXTENSIONS,
    recognise=is_named_text,
    labelled=False,
)
def read_lines(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """The one column "text", a row for each line; an empty line keeps its place and has no text.

    A file of several columns (with a heading that names them, or a tab in every line) is read as the table that it is.

    Raises:
        DataError: more lines than the settings allow.
    """
    refuse_too_many_rows(content.text.rstrip("\r\n").count("\n") - 1, limits)  # before each of them is laid out
    lines = split_lines(content.text)
    table = _as_table(lines, read_as)
    if table is not None and table.header == 0 and table.delimiter == "\t" and '"' not in content.text:
        return _columns_between_tabs(lines)
    if table is not None:
        return get_format("delimited").read(content, limits, table)
    header = _header_rows(lines, read_as)
    rows = lines[header:]
    refuse_too_many_rows(len(rows), limits)
    notes = [f"The first line, “{lines[0].strip()}”, was taken as a heading"] if header and not read_as.header else []
    cells = [clean_cell(line) if line.strip() else None for line in rows]
    how = HowRead(delimiter="", header=header, first_row=header + 1)
    return RawTable({"text": cells}, range(header + 1, len(lines) + 1), notes, how)


def split_lines(text: str) -> list[str]:
    r"""The lines of a text, without their ends: LF and CRLF, nothing else.

    A vertical tab, a form feed, NEL, U+2028 and U+2029 stand in texts and end none. Neither does a lone carriage
    return, unless there is no LF at all, as in files of old Macs.

    Example:
        >>> split_lines("one\r\ntwo\x0b\n\nthree\n")
        ['one', 'two\x0b', '', 'three']
    """
    if "\n" not in text:
        text = text.replace("\r", "\n")
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _as_table(lines: Sequence[str], read_as: ReadAs) -> ReadAs | None:
    """How to read the lines as rows of several columns; None where a line is one text."""
    if read_as.delimiter is not None:
        return read_as if read_as.delimiter else None
    sample = [line for line in lines[:_LINES_LOOKED_AT] if line.strip()]
    for mark in _MARKS:
        if _names_columns(sample, mark):
            return replace(read_as, delimiter=mark)
    tabs = {line.count("\t") for line in sample}
    if len(sample) > 1 and len(tabs) == 1 and tabs != {0}:
        return replace(read_as, delimiter="\t", header=read_as.header or 0)
    return None


def _columns_between_tabs(lines: Sequence[str]) -> RawTable:
    """Columns without names; a line without a tab has a first cell only, and an empty one keeps its place."""
    width = max(line.count("\t") for line in lines) + 1
    refuse_large_rectangle(len(lines), width)  # before it is laid out
    rows = [line.split("\t") for line in lines]
    cells = [[clean_cell(cell.strip()) for cell in row] + [None] * (width - len(row)) for row in rows]
    columns = {f"column {at + 1}": [row[at] for row in cells] for at in range(width)}
    notes = ["No header row was found; columns are separated by tab"]
    return RawTable(columns, range(1, len(rows) + 1), notes, HowRead(delimiter="\t", header=0, first_row=1))


def _names_columns(sample: Sequence[str], mark: str) -> bool:
    """Whether the first line names columns, a text among them, and the lines below are divided like it."""
    first, *rest = sample or [""]
    names = [cell.strip().strip('"') for cell in first.split(mark)]
    if len(names) < 2 or not all(name and len(name) <= _LONGEST_NAME and len(name.split()) <= 3 for name in names):
        return False
    known = [is_known_name(name) for name in names]
    if not any(plain_name(name) in TEXT_NAMES for name in names) or (mark == "," and not all(known)):
        return False  # sentences are full of commas
    return sum(line.count(mark) >= len(names) - 1 for line in rest) > _MOST_DIVIDED * len(rest)


def _header_rows(lines: Sequence[str], read_as: ReadAs) -> int:
    """How many of the first lines are a heading: one that is the usual name of a column, above sentences."""
    if read_as.header is not None:
        return min(read_as.header, len(lines))
    first = plain_name(lines[0]) if lines else ""
    if first not in (*TEXT_NAMES, *_MORE_TEXT_NAMES):
        return 0
    below = [len(line.split()) for line in lines[1:_LINES_LOOKED_AT] if line.strip()]
    return int(bool(below) and sum(below) / len(below) >= 2)
