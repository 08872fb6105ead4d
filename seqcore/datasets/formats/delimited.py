"""CSV, TSV and their relatives: the delimiter and the quoting found in the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from seqcore.datasets.column_names import is_known_name
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.csv_rows import Row, consistency, csv_rows
from seqcore.datasets.formats.headers import MOST_ABOVE
from seqcore.datasets.formats.labelled_lines import MARKS, Pairs, find_pairs
from seqcore.datasets.formats.quoting import Divided, divide
from seqcore.datasets.formats.read_as import DELIMITER_NAMES, Alternative, HowRead, ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.rows import arrange_rows
from seqcore.datasets.size_limits import MAX_CELLS, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "pipe", ",": "comma"}
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_ROWS = 500
_MOST_LINES_WITHOUT = 0.2  # share of lines without the delimiter up to which it is one
_EVEN = 0.9  # share of rows of one width from which on a delimiter is beyond doubt
_NO_DELIMITER = "\x1f"  # "unit separator": stands in no text


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
def read_delimited(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """Columns of a delimited text, or of lines of a label and a text with another mark between them.

    Raises:
        DataError: more rows than the settings allow, more cells than fit, or fewer rows than its header.
    """
    text, declared = _declared_delimiter(content.text)
    found = [read_as.delimiter] if read_as.delimiter is not None else [declared] if declared else []
    found = found or likely_delimiters(text, extension=content.extension)
    pairs = _pairs(text, found[:1], read_as.delimiter)
    if pairs is not None:
        return _read_pairs(text, pairs, limits, read_as, found)
    delimiter = found[0] if found else ""
    _refuse_too_many_cells(text, delimiter)
    divided = divide(text, delimiter or _NO_DELIMITER, most_rows=limits.max_rows + 2, quote=read_as.quote)
    refuse_too_many_rows(sum(map(bool, divided.rows)) - 1, limits, at_least=True)
    table = arrange_rows(divided.rows, joint=delimiter or ",", read_as=read_as)
    notes = [f"Columns are separated by {DELIMITERS.get(delimiter, repr(delimiter))}"]
    if not delimiter or (content.extension in ("csv", "txt") and delimiter == "," and read_as.delimiter is None):
        notes = []
    return _with_how(table, [*notes, *_said(divided)], divided, delimiter, found[1:], read_as)


def likely_delimiters(text: str, *, extension: str = "") -> list[str]:
    """The characters that may stand between the columns, the likeliest first.

    Sentences are full of commas: what counts is how many rows come out equally wide, then how many
    are divided at all.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    cut = len(text) > len(sample)
    scores: dict[str, float] = {}
    for delimiter in DELIMITERS:
        rows = [row for row in islice(csv_rows(sample, delimiter), _SAMPLE_ROWS) if row]
        if cut and 1 < len(rows) < _SAMPLE_ROWS:
            rows.pop()  # half a row
        score = _how_well_it_divides(rows) + 0.2 * (extension == "tsv" and delimiter == "\t")
        if score > 0:
            scores[delimiter] = score
    return sorted(scores, key=lambda delimiter: -scores[delimiter])  # stable


def _how_well_it_divides(rows: list[Row]) -> float:
    """Nothing for a delimiter that leaves many rows in one piece, at most 2 for a perfect one."""
    rows = _without_titles(rows)
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    divided = 1 - widths[1] / len(rows)
    named = len(rows[0]) > 1 and sum(is_known_name(cell) for cell in rows[0]) / len(rows[0])
    if divided < 1 - _MOST_LINES_WITHOUT and not named:
        return 0.0
    return consistency(rows) + 0.5 * divided + 0.5 * named


def _without_titles(rows: list[Row]) -> list[Row]:
    """The rows without those of one cell above a row of usual names: titles and comments are divided by nothing."""
    above = next((at for at, row in enumerate(rows) if len(row) > 1), 0)
    return rows[above:] if above <= MOST_ABOVE and any(map(is_known_name, rows[above] if rows else ())) else rows


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


def _pairs(text: str, likely: Sequence[str], wanted: str | None) -> Pairs | None:
    """How to take lines of a label and a text apart, where no delimiter divides them evenly."""
    sample = text[:_SAMPLE_CHARACTERS]
    lines = (sample if "\n" in sample else sample.replace("\r", "\n")).split("\n")
    lines = lines[: -1 if len(text) > len(sample) else None]
    if wanted is not None:
        return find_pairs(lines, (wanted,)) if wanted in MARKS else None
    if not likely:
        return find_pairs(lines)
    rows = [row for row in islice(csv_rows(sample, likely[0]), _SAMPLE_ROWS) if row]
    uneven = consistency(rows) < _EVEN and not any(map(is_known_name, rows[0] if rows else ()))
    return find_pairs(lines) if uneven else None


def _read_pairs(text: str, pairs: Pairs, limits: Settings, read_as: ReadAs, others: Sequence[str]) -> RawTable:
    lines = text.replace("\r\n", "\n").split("\n") if "\n" in text else text.split("\r")
    refuse_too_many_rows(sum(bool(line.strip()) for line in lines) - 1, limits)
    rows = [list(pairs.split(line)) if line.strip() else [] for line in lines]
    table = arrange_rows(rows, joint=pairs.mark, read_as=read_as)
    if not table.how.header:
        table = replace(table, columns=dict(zip(("label", "text"), table.columns.values(), strict=False)))
    place = "before" if pairs.label_first else "after"
    mark = f"a {DELIMITER_NAMES[pairs.mark]}" if pairs.mark in DELIMITER_NAMES else f"“{pairs.mark}”"
    end = "first" if pairs.label_first else "last"
    notes = [f"Each line is a text with its label {place} the {end} {mark.removeprefix('a ')}"]
    return _with_how(table, notes, Divided([], ""), pairs.mark, [one for one in others if one != pairs.mark], read_as)


def _said(divided: Divided) -> list[str]:
    if not divided.note:
        return []
    other = "none" if divided.quote else "double"
    return [f"{divided.note}; change it under “How the file was read”, or with --quote {other}"]


def _with_how(
    table: RawTable, notes: list[str], divided: Divided, delimiter: str, others: Sequence[str], read_as: ReadAs
) -> RawTable:
    """The table with how it was read, and how else it could be."""
    alternatives = [
        Alternative(f"Columns separated by {DELIMITERS[other]}", replace(read_as, delimiter=other)) for other in others
    ]
    if divided.doubtful:
        label = "Quotation marks around cells" if not divided.quote else "Quotation marks are part of the text"
        alternatives.insert(0, Alternative(label, replace(read_as, quote="" if divided.quote else '"')))
    how = HowRead(
        delimiter=delimiter,
        quote=divided.quote,
        header=table.how.header,
        first_row=table.how.first_row,
        alternatives=(*table.how.alternatives, *alternatives),
    )
    return RawTable(table.columns, table.numbers, [*notes, *table.notes], how)
