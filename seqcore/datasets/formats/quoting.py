"""Rows of delimited text, whatever its quotation marks are: CSV's, escaped by backslashes, or part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seqcore.datasets.formats.csv_rows import Row, consistency, csv_rows, first_rows, strict_rows
from seqcore.datasets.formats.rare_quoting import (
    hide_escaped_delimiters,
    rows_with_escapes,
    rows_with_spaces,
    show_delimiters,
    single_quoted_rows,
)

_LINE_END = "\ue00d"  # for private use: what stands in no text takes the place of what does
_LONE_CARRIAGE_RETURN = re.compile(r"\r(?![\r\n])")
_LONE_LINE_FEED = re.compile(r"(?<!\r)\n")
_FEW = 0.2  # line feeds alone for each line that ends in both
_ROWS_LOOKED_AT = 2000
_LONGEST_CLASS = 40
_NEARLY_ALL = 0.95


@dataclass(frozen=True)
class Divided:
    """Text in rows and cells.

    Attributes:
        rows: The cells of each row.
        quote: The character around cells; "" where quotation marks are part of the text.
        note: What is unusual about the quotation marks, in a sentence; "" for nothing.
        doubtful: Whether they could be taken otherwise.
    """

    rows: list[Row]
    quote: str
    note: str = ""
    doubtful: bool = False


def divide(text: str, delimiter: str, *, most_rows: int, quote: str | None = None) -> Divided:
    """The rows of a text; a lone CR, or a lone LF, among lines that end otherwise is part of the text.

    Args:
        text: The text.
        delimiter: What stands between cells.
        most_rows: Rows after which to stop.
        quote: The quote sign that a person chose, "" when quotation marks are text; None: find it out.
    """
    found = _divide_at_line_ends(text, delimiter, most_rows, quote)
    hidden = hide_escaped_delimiters(text, delimiter) if quote is None and consistency(found.rows) < 1 else None
    if hidden is None:
        return found
    other = _divide_at_line_ends(hidden, delimiter, most_rows, quote)
    if consistency(other.rows) <= consistency(found.rows):
        return found
    return Divided(
        show_delimiters(other.rows, delimiter), other.quote, "A backslash keeps a delimiter in its cell here"
    )


def _divide_at_line_ends(text: str, delimiter: str, most_rows: int, quote: str | None) -> Divided:
    if "\r" not in text or "\n" not in text or _LINE_END in text:
        return _divide(text, delimiter, most_rows, quote)
    for lone, sign in ((_LONE_CARRIAGE_RETURN, "\r"), (_LONE_LINE_FEED, "\n")):
        count = sum(1 for _ in lone.finditer(text))
        if 0 < count <= (text.count("\n") if sign == "\r" else _FEW * text.count("\r\n")):
            found = _divide(lone.sub(_LINE_END, text), delimiter, most_rows, quote)
            if sign == "\r" or consistency(found.rows) > consistency(_divide(text, delimiter, most_rows, quote).rows):
                rows = [[cell.replace(_LINE_END, sign) for cell in row] for row in found.rows]
                return replace(found, rows=rows)
    return _divide(text, delimiter, most_rows, quote)


def _divide(text: str, delimiter: str, most_rows: int, quote: str | None) -> Divided:
    if quote is not None:
        return _divide_as_told(text, delimiter, most_rows, quote)
    if '"' not in text:
        plain = first_rows(csv_rows(text, delimiter), most_rows)
        single = single_quoted_rows(text, delimiter, most_rows, plain)
        return Divided(plain, '"') if single is None else Divided(single, "'", "Cells stand between single quotes here")
    strict = strict_rows(text, delimiter, most_rows)
    spaced = rows_with_spaces(text, delimiter, most_rows, strict)
    if spaced is not None:
        return Divided(spaced, '"')
    if strict is not None and len(strict) >= min(_line_count(text), most_rows):
        return Divided(strict, '"')
    plain = first_rows(csv_rows(text, delimiter, quote=""), most_rows)
    if strict is None:
        escaped = rows_with_escapes(text, delimiter, most_rows)
        if escaped is not None and consistency(escaped) >= consistency(plain):
            return Divided(escaped, '"', 'Quotation marks within cells are written \\" here')
    quoted = strict if strict is not None else first_rows(_tolerant_rows(text, delimiter), most_rows)
    if len(plain) <= len(quoted):
        note = (
            "" if strict is not None else "Quotation marks that open no cell, or do not close it, are part of the text"
        )
        return Divided(quoted, '"', note)
    if _quotes_are_text(quoted, plain):
        rows = [[_unquoted(cell) for cell in row] for row in plain]
        return Divided(rows, "", "Quotation marks are part of the text here, not of CSV", doubtful=True)
    lines = len(plain) - len(quoted)
    note = (
        ""
        if strict is not None
        else f"Quoted cells span {lines:,} line ends; other quotation marks are part of the text"
    )
    return Divided(quoted, '"', note, doubtful=strict is None)


def _divide_as_told(text: str, delimiter: str, most_rows: int, quote: str) -> Divided:
    if not quote:
        return Divided(first_rows(csv_rows(text, delimiter, quote=""), most_rows), "")
    strict = strict_rows(text, delimiter, most_rows, quote=quote)
    if strict is None and quote == '"':
        strict = rows_with_escapes(text, delimiter, most_rows)
    return Divided(strict or first_rows(csv_rows(text, delimiter, quote=quote), most_rows), quote)


def _tolerant_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Rows in which a quotation mark opens a cell only where another closes it, at a delimiter or line end."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'"([^"]*+(?:""[^"]*+)*+)"(?={mark}|\r?\n|\r|\Z)|([^{mark}\r\n]*+)')
    end = re.compile(r"\r\n|\n|\r")
    at, row = 0, list[str]()
    while at < len(text):
        found = cell.match(text, at)
        if found is None:  # never: the second half matches nothing too
            break
        row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
        if text.startswith(delimiter, at):
            at += len(delimiter)
            if at == len(text):
                row.append("")
            continue
        line_end = end.match(text, at)
        at = line_end.end() if line_end else at
        yield row if row != [""] else []
        row = []
    if row:
        yield row


def _quotes_are_text(quoted: list[Row], plain: list[Row]) -> bool:
    """Whether lines are rows, whatever quotation marks stand in them; a line end within a cell would spoil that."""
    as_text, as_csv = consistency(plain), consistency(quoted)
    return as_text > 0.999 or as_text > as_csv or _has_classes_at_an_end(plain)


def _has_classes_at_an_end(rows: list[Row]) -> bool:
    """Whether nearly every line begins, or ends, with one of a few short values that stand there again."""
    filled = [row for row in rows[:_ROWS_LOOKED_AT] if row]
    if any(len(row) < 2 for row in filled):
        return False
    for end in (0, -1):
        counts = Counter(row[end].strip() for row in filled)
        again = sum(count for value, count in counts.items() if count > 1 and 0 < len(value) <= _LONGEST_CLASS)
        if len(counts) > 1 and len(counts) <= len(filled) / 2 and again >= _NEARLY_ALL * (len(filled) - 1):
            return True
    return False


def _line_count(text: str) -> int:
    """Lines of text, a last one without line end included; a lone carriage return ends a line in old files."""
    ends = text.count("\n") or text.count("\r")
    return ends + (not text.endswith(("\n", "\r")))


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell
