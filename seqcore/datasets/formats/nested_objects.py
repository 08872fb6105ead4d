"""Objects within objects as columns with dotted names, lists of plain values as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seqcore.datasets.cells import cell_text, unique_names
from seqcore.datasets.formats.label_lists import ListCell, list_of
from seqcore.datasets.size_limits import MAX_COLUMNS, refuse_large_rectangle
from seqcore.errors import DataError

_DEEPEST = 4  # names of more parts tell a person nothing
_MOST_PARTS = 40  # different keys of one object within; more are values, not names: {"user 123": 5}

Path = tuple[str, ...]


def columns_of(objects: Sequence[dict[str, Any]], expected: str) -> tuple[dict[str, list[ListCell]], list[str]]:
    """Cells by column name, and notes; a key that an object lacks is a missing cell.

    Args:
        objects: One object a row.
        expected: What to do when they are no table.

    Raises:
        DataError: more different keys than a table may have columns, or more cells.
    """
    paths = _paths(objects, ())
    if len(paths) > MAX_COLUMNS:
        raise DataError(f"The objects have more than {MAX_COLUMNS:,} different keys", remedy=expected)
    refuse_large_rectangle(len(objects), len(paths))  # an object need not have all keys, the table has all cells
    names, notes = unique_names([".".join(path) for path in paths])
    columns: dict[str, list[ListCell]] = {}
    for name, path in zip(names, paths, strict=True):
        values = [_value_at(item, path) for item in objects]
        if _mark_pieces(values):
            notes.append(f"“{name}” marks pieces of the texts, not texts as a whole, and was left out")
        else:
            columns[name] = [cell_of(value, path[-1]) for value in values]
    return columns, notes


def _mark_pieces(values: Sequence[Any]) -> bool:
    """Whether the values are lists of places in a text, as for named entities: [[0, 5, "PER"]], [{"start": 0, ...}]."""
    lists = [value for value in values if value]
    return bool(lists) and all(isinstance(value, list) and all(map(_is_place, value)) for value in lists)


def _is_place(part: Any) -> bool:
    if isinstance(part, dict):
        return "start_offset" in part or {"start", "end"} <= part.keys()
    return isinstance(part, list) and len(part) == 3 and all(str(end).isdecimal() for end in part[:2])


def cell_of(value: Any, name: str = "") -> ListCell:
    """A value as a cell: a list of plain values as a tuple, anything else as text.

    Args:
        value: What stands there.
        name: The key that it stands under.
    """
    labels = _labels_in(value, name)
    return cell_text(value) if labels is None else list_of(labels)


def _labels_in(value: Any, name: str) -> list[Any] | None:
    """What a value lists: `["a", "b"]`, or labels as Label Studio, spaCy and doccano write them."""
    if isinstance(value, dict) and list(value) == ["choices"]:
        value = value["choices"]
    elif isinstance(value, dict) and _are_shares(name, value):
        return [label for label, share in value.items() if _share(share) > 0.5]
    if not isinstance(value, list | tuple):
        return None
    if value and all(isinstance(part, dict) and "label" in part and "start_offset" not in part for part in value):
        value = [part["label"] for part in value]
    return None if any(isinstance(part, list | tuple | dict) for part in value) else list(value)


def _are_shares(name: str, value: dict[str, Any]) -> bool:
    """Whether an object says how far each label applies: {"cats": {"POS": 1.0, "NEG": 0.0}}, as spaCy writes it."""
    return name == "cats" and bool(value) and all(_share(part) >= 0.0 for part in value.values())


def _share(value: Any) -> float:
    """A number from 0 to 1, or a boolean as one; -1 for anything else."""
    try:
        share = {"true": 1.0, "false": 0.0}.get(value) if isinstance(value, str) else None
        share = float(value) if share is None else share
    except (TypeError, ValueError):
        return -1.0
    return share if 0.0 <= share <= 1.0 else -1.0


def _paths(objects: Sequence[dict[str, Any]], parent: Path) -> list[Path]:
    """The keys of the objects, each followed by those of the objects within."""
    keys: dict[str, list[dict[str, Any]] | None] = {}  # None: not always an object
    for item in objects:
        for key, value in item.items():
            within = keys.setdefault(key, [])
            if within is not None and isinstance(value, dict) and _labels_in(value, key) is None:
                within.append(value)
            elif value is not None:
                keys[key] = None
        if len(keys) > MAX_COLUMNS:
            break
    paths: list[Path] = []
    for key, within in keys.items():
        path = (*parent, key)
        inner = _paths(within, path) if within and len(path) < _DEEPEST else []
        paths.extend(inner if 0 < len(inner) <= _MOST_PARTS else [path])
    return paths


def _value_at(item: Any, path: Path) -> Any:
    for key in path:
        if not isinstance(item, dict):
            return None
        item = item.get(key)
    return item
