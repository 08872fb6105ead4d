"""Cells of a sheet or a CSV file in which a list of labels is written: ["a", "b"], {"choices": ["a", "b"]}."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from seqcore.datasets.column_names import Says, says_label
from seqcore.datasets.formats.label_lists import ListCell, holds_labels, table_of_lists
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.table import RawTable

_LONGEST, _LONGEST_LABEL = 2000, 60  # characters of a written list, and of a label that stands without one
_ITEM = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|null|None"""
_ITEMS = re.compile(_ITEM)
_LIST = re.compile(rf'\s*(\{{\s*"choices"\s*:\s*)?\[\s*(?:(?:{_ITEM})(?:[\s,]+|(?=\])))*\](?(1)\s*\}})\s*')
_PREFIX = "__label__"
_MARKED = re.compile(rf"\s*({_PREFIX}\S+\s*)+")  # fastText's labels in a column of their own
_BETWEEN = ",;|"  # labels of one cell
_MOST_TOGETHER, _ALONE, _KNOWN = 6, 0.3, 0.9  # labels of a cell; shares of cells of one, of labels that stand alone
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")


def take_lists_apart(table: RawTable, read_as: ReadAs) -> RawTable:
    """The table with one label in each cell where lists of labels were written; any other column stays as it is.

    Raises:
        DataError: a label was chosen that no text has.
    """
    if table.how.several:  # its reader has done so
        return table
    lists = {name: found for name, cells in table.columns.items() if (found := _lists_in(name, cells))}
    if not lists and read_as.labels is None:
        return table
    settled = table_of_lists({**table.columns, **lists}, table.numbers, table.notes, read_as)
    how = replace(
        table.how,
        labels=settled.how.labels,
        several=settled.how.several,
        alternatives=(*settled.how.alternatives, *table.how.alternatives),
    )
    return replace(settled, how=how)


def _lists_in(name: str, cells: Sequence[str | None]) -> list[ListCell] | None:
    """The cells, lists as such; None unless every cell is a list, or a label that stands in one."""
    if not any(cell and cell.lstrip()[:1] in ("[", "{", "_") for cell in cells):
        return _joined_labels(name, cells)
    if all(_MARKED.fullmatch(cell[:_LONGEST]) for cell in cells if cell):
        return [None if cell is None else written_list(cell) for cell in cells]
    found: list[ListCell] = []
    alone: set[str] = set()
    listed: set[str] = set()
    for cell in cells:
        labels = None if cell is None else written_list(cell)
        if labels is not None:
            listed.update(labels)
        elif cell is not None and cell.strip():
            if len(cell) > _LONGEST_LABEL:
                return None
            alone.add(cell.strip())
        found.append(labels if labels is not None else cell)
    fits = bool(listed) and alone <= listed if alone else holds_labels(name, found)
    return found if fits else None


def _joined_labels(name: str, cells: Sequence[str | None]) -> list[ListCell] | None:
    """The cells of "joy", "anger,fear" as lists; None unless nearly every part stands alone in another cell as well."""
    if says_label(name) is Says.SOMETHING_ELSE:
        return None
    filled = [cell for cell in cells if cell and cell.strip()]
    for mark in _BETWEEN:
        joined = [cell for cell in filled if mark in cell]
        if not joined or len(joined) > (1 - _ALONE) * len(filled) or max(map(len, filled)) > _LONGEST_LABEL * 3:
            continue
        alone = {cell.strip() for cell in filled if mark not in cell}
        parts = [part.strip() for cell in joined for part in cell.split(mark)]
        together = max(cell.count(mark) for cell in joined) + 1
        few = len(alone) > 1 and len(alone) <= len(filled) / 2 and together <= _MOST_TOGETHER
        if few and sum(part in alone for part in parts) >= _KNOWN * len(parts):
            return [None if cell is None else tuple(filter(None, map(str.strip, cell.split(mark)))) for cell in cells]
    return None


def written_list(cell: str) -> tuple[str, ...] | None:
    """The parts of a list as JSON, Python or Label Studio writes it; None for any other cell."""
    if _MARKED.fullmatch(cell[:_LONGEST]):
        return tuple(part.removeprefix(_PREFIX) for part in cell.split())
    if len(cell) > _LONGEST or cell.lstrip()[:1] not in ("[", "{") or not _LIST.fullmatch(cell):
        return None
    parts = _ITEMS.findall(cell[cell.index("[") :])
    plain = (_unquoted(part).strip() for part in parts if part not in ("null", "None"))
    return tuple(part for part in plain if part)


def _unquoted(part: str) -> str:
    return _ESCAPED.sub(_character, part[1:-1]) if part[0] in "'\"" else part


def _character(escaped: re.Match[str]) -> str:
    name = escaped[1]
    return chr(int(name[1:], 16)) if len(name) > 1 else name
