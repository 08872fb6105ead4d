"""Names of classes that a file keeps beside its numbers, as Hugging Face data sets do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from seqcore.datasets.formats.label_lists import ListCell
from seqcore.datasets.size_limits import MAX_COLUMNS

ClassNames = dict[str, list[str]]  # by column name, the classes in the order of their numbers
_NO_LABEL = "-1"  # what a test part has for labels that are kept secret
_MOST_SHOWN = 4


def names_in_schema(metadata: Mapping[bytes, bytes] | None) -> ClassNames:
    """The class names that the metadata of a Parquet schema has under "huggingface"; empty where it has none."""
    try:
        features = json.loads((metadata or {}).get(b"huggingface", b"{}"))["info"]["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return _names_of(features, "") if isinstance(features, dict) else {}


def names_in_feature_list(features: Sequence[Any]) -> ClassNames:
    """The class names in the answer of the datasets server: [{"name": "label", "type": {...}}, ...]."""
    found: ClassNames = {}
    for feature in features[:MAX_COLUMNS]:
        if isinstance(feature, dict) and isinstance(feature.get("name"), str):
            found |= _names_of({feature["name"]: feature.get("type")}, "")
    return found


def name_classes(
    columns: Mapping[str, Sequence[ListCell]], names: ClassNames
) -> tuple[dict[str, Sequence[ListCell]], list[str]]:
    """The columns with names in the place of numbers, and notes that say so; numbers without a name stay."""
    named: dict[str, Sequence[ListCell]] = dict(columns)
    notes = []
    for column in names.keys() & columns.keys():
        by_number: dict[str, str] = {str(number): name for number, name in enumerate(names[column])}
        named[column] = [_named(cell, by_number) for cell in columns[column]]
        shown = ", ".join(f"{number} is “{name[:40]}”" for number, name in list(by_number.items())[:_MOST_SHOWN])
        more = ", …" if len(by_number) > _MOST_SHOWN else ""
        notes.append(f"The file names the classes of “{column}”: {shown}{more}")
    return named, sorted(notes)


def _named(cell: ListCell, names: Mapping[str, str]) -> ListCell:
    if isinstance(cell, tuple):
        return tuple(names.get(part, part) for part in cell if part != _NO_LABEL)
    return None if cell is None or cell == _NO_LABEL else names.get(cell, cell)


def _names_of(features: Mapping[str, Any], parent: str, deep: int = 0) -> ClassNames:
    """Names by column; those of an object within under its dotted name."""
    found: ClassNames = {}
    for key, feature in list(features.items())[:MAX_COLUMNS]:
        names = _class_label(feature)
        if names:
            found[f"{parent}{key}"] = names
        elif isinstance(feature, dict) and "_type" not in feature and deep < 4:
            found |= _names_of(feature, f"{parent}{key}.", deep + 1)
    return found


def _class_label(feature: Any) -> list[str]:
    """The names of a ClassLabel, or of a list of them."""
    if isinstance(feature, list) and len(feature) == 1:
        feature = feature[0]
    elif isinstance(feature, dict) and feature.get("_type") in ("Sequence", "List", "LargeList"):
        feature = feature.get("feature")
    if not isinstance(feature, dict) or feature.get("_type") != "ClassLabel":
        return []
    names = feature.get("names")
    names = list(names.values()) if isinstance(names, dict) else names
    return [str(name) for name in names] if isinstance(names, list) else []
