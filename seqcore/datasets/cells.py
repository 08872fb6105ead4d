"""Cells and column names as clean text, whatever type a file gave them."""

from __future__ import annotations

import math
from collections.abc import Sequence

_LONGEST_COLUMN_NAME = 100


def cell_text(value: object) -> str | None:
    """A value of any type as the user would write it; None where missing.

    Whole floats lose their ".0": a column of integers with a gap becomes floats in Parquet and Excel.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return clean_cell(value)
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, bytes):
        return clean_cell(value.decode("utf-8", "replace"))
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        return clean_cell(" ".join(value))
    if isinstance(value, list | tuple | dict):
        return _json_text(value)
    return clean_cell(str(value))


def clean_cell(text: str) -> str | None:
    """The cell without NUL characters and lone surrogates; None when nothing stands in it."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    if "\0" in text:
        text = text.replace("\0", "")
    return text or None


def unique_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Column names made unique and not empty, with a note on what was renamed."""
    taken: set[str] = set()
    copies: dict[str, int] = {}  # where to go on counting: a name repeated a million times is no million squared
    result: list[str] = []
    repeated: list[str] = []
    for position, raw in enumerate(names, start=1):
        wanted = " ".join(raw.split())[:_LONGEST_COLUMN_NAME] or f"column {position}"
        name, copy = wanted, copies.get(wanted, 2)
        while name in taken:
            name, copy = f"{wanted} ({copy})", copy + 1
        if name != wanted:
            copies[wanted] = copy
            repeated.append(name)
        taken.add(name)
        result.append(name)
    shown = ", ".join(f"“{name}”" for name in repeated[:5]) + (", …" if len(repeated) > 5 else "")
    return result, ([f"Repeated column names were numbered: {shown}"] if repeated else [])


def _number_text(value: float) -> str | None:
    if math.isnan(value):
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)


def _json_text(value: object) -> str | None:
    import json

    return clean_cell(json.dumps(value, ensure_ascii=False, default=str))
