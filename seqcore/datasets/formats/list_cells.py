"""Cells of a sheet or a CSV file in which a list of labels is written: ["a", "b"], {"choices": ["a", "b"]}."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from seqcore.datasets.formats.label_lists import ListCell, holds_labels, table_of_lists
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.table import RawTable

_LONGEST, _LONGEST_LABEL = 2000, 60  # characters of a written list, and of a label that stands without one
_ITEM = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|null|None"""
_ITEMS = re.compile(_ITEM)
_LIST = re.compile(rf'\s*(\{{\s*"choices"\s*:\s*)?\[\s*(?:(?:{_ITEM})(?:[\s,]+|(?=\])))*\](?(1)\s*\}})\s*')
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
    if not any(cell and cell.lstrip()[:1] in ("[", "{") for cell in cells):
        return None
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


def written_list(cell: str) -> tuple[str, ...] | None:
    """The parts of a list as JSON, Python or Label Studio writes it; None for any other cell."""
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
