"""Where the rows of a JSON document stand: lists of rows, columns, parts of a split, rows under some key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from seqcore.datasets.cells import cell_text
from seqcore.datasets.column_names import LABEL_NAMES, SHORT_TEXT_NAMES, TEXT_NAMES, is_known_name, plain_name
from seqcore.datasets.formats import conversations, label_studio
from seqcore.datasets.formats.class_names import ClassNames, names_in_feature_list
from seqcore.datasets.formats.intents import intents_by_name, spread_intents
from seqcore.datasets.formats.json_values import as_written
from seqcore.datasets.formats.parts import part_of_name
from seqcore.datasets.size_limits import refuse_large_rectangle, refuse_too_many_rows
from seqcore.settings import Settings

_LETTER = re.compile(r"[^\W\d_]")
_ROW_KEYS = (  # most telling first
    "data", "rows", "examples", "items", "records", "samples", "instances", "documents", "texts", "utterances",
    "commonexamples", "results", "reviews", "sentences", "questions", "intents",
)  # fmt: skip
_DEEPEST = 4  # objects around the rows
_MOST_NAMES = 500  # keys of an object beyond which they are no names of parts or lists, but of rows


@dataclass(frozen=True)
class Rows:
    """The rows of a document.

    Attributes:
        items: All objects, or all lists.
        parts: "train", "validation" or "test" of each row; None when the document names no parts.
        class_names: Names of numbered classes by column.
        notes: What was left out, one sentence each.
    """

    items: list[Any]
    parts: list[str] | None = None
    class_names: ClassNames = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def rows_in(value: Any, limits: Settings, deep: int = 0) -> Rows | None:
    """The rows in a value; None when it holds none.

    Raises:
        DataError: more rows or cells than the settings allow.
    """
    if isinstance(value, list):
        maybe_header = bool(value) and isinstance(value[0], list)
        refuse_too_many_rows(len(value) - maybe_header, limits)
        return _in_list(value, limits)
    if not isinstance(value, dict) or deep > _DEEPEST:
        return None
    return (
        _by_part(value, limits, deep)
        or _in_columns(value, limits)
        or _by_label(value, limits)
        or _under_a_key(value, limits, deep)
        or _by_index(value, limits)
        or _within(value, limits, deep)
    )


def _in_list(items: list[Any], limits: Settings) -> Rows | None:
    """Lists as they are; objects without what programs put around the text and the label of each."""
    if all(isinstance(item, list) for item in items):
        return Rows([{"text": item[0], **item[1]} for item in items] if _are_text_and_facts(items) else items)
    if all(isinstance(item, str) for item in items) and any(map(_LETTER.search, items)):
        return Rows([{"text": text} for text in items])
    if not all(isinstance(item, dict) for item in items):
        return None
    if conversations.are_conversations(items):
        return Rows(conversations.as_rows(items), notes=(conversations.NOTE,))
    if all(isinstance(item.get("row"), dict) and "row_idx" in item for item in items):  # Hugging Face's server
        return Rows([item["row"] for item in items])
    if label_studio.is_export(items):
        tasks, notes = label_studio.read_tasks(items)
        return Rows(tasks, notes=tuple(notes))
    examples = spread_intents(items)
    if examples is None:
        return Rows(items)
    refuse_too_many_rows(len(examples), limits)
    return Rows(examples, notes=("Each example of an intent is a row of its own",))


def _are_text_and_facts(items: list[Any]) -> bool:
    """Whether it is [["a text", {"cats": {...}}], ...], as spaCy's training data are."""
    return all(len(item) == 2 and isinstance(item[0], str) and isinstance(item[1], dict) for item in items)


def _by_part(value: dict[str, Any], limits: Settings, deep: int) -> Rows | None:
    """{"train": [...], "val": [...], "test": [...]}, also {"train": ..., "oos_train": ..., ...}."""
    if len(value) > _MOST_NAMES:
        return None
    parts = {key: part_of_name(key) for key, item in value.items() if isinstance(item, list | dict) and item}
    found = {part for part in parts.values() if part}
    if "train" not in found or len(found) < 2:
        return None
    items: list[Any] = []
    of_rows: list[str] = []
    names: ClassNames = {}
    notes: dict[str, None] = {}
    for key, part in parts.items():
        rows = rows_in(value[key], limits, deep + 1) if part else None
        if rows is None or not part:
            continue
        notes |= dict.fromkeys(rows.notes)
        items += _without_header(rows.items, items)
        of_rows += [part] * (len(items) - len(of_rows))
        names |= rows.class_names
    refuse_too_many_rows(len(items) - bool(items and isinstance(items[0], list)), limits)
    odd = len({type(item) for item in items}) != 1  # lists here and objects there
    notes |= dict.fromkeys(_left_out([key for key, part in parts.items() if not part]))
    return None if odd else Rows(items, of_rows, names, tuple(notes))


def _without_header(rows: list[Any], before: list[Any]) -> list[Any]:
    """Each part may repeat the header of the first."""
    repeated = rows and before and isinstance(rows[0], list) and rows[0] == before[0]
    return rows[1:] if repeated and any(is_known_name(cell_text(cell) or "") for cell in rows[0]) else rows


def _left_out(keys: list[str]) -> tuple[str, ...]:
    shown = ", ".join(f"“{cell_text(key[:40])}”" for key in keys[:5])
    return (f"Left out, because it is no part of the split: {shown}",) if shown else ()


def _in_columns(value: dict[str, Any], limits: Settings) -> Rows | None:
    """{"text": [...], "label": [...]}, {"text": {"0": ...}, ...}, or names and rows apart, as pandas writes them."""
    rows = value.get("data")
    if isinstance(rows, list) and isinstance(value.get("columns"), list) and all(isinstance(r, list) for r in rows):
        refuse_too_many_rows(len(rows), limits)
        names = [cell_text(name) or "" for name in value["columns"]]
        refuse_large_rectangle(len(rows), len(names))
        return Rows([dict(zip(names, map(as_written, row), strict=False)) for row in rows])
    if not _is_columns(value):
        return None
    cells = {key: list(item.values()) if isinstance(item, dict) else item for key, item in value.items()}
    length = len(next(iter(cells.values())))
    refuse_too_many_rows(length, limits)
    refuse_large_rectangle(length, len(cells))
    return Rows([dict(zip(cells, map(as_written, row), strict=True)) for row in zip(*cells.values(), strict=True)])


def _is_columns(value: dict[str, Any]) -> bool:
    items = list(value.values())
    if len(items) < 2:
        return False
    if all(isinstance(item, list) for item in items):
        same = len({len(item) for item in items}) == 1 and not any(isinstance(cell, dict) for cell in items[0][:1])
        return same and not _is_texts_by_label(value)
    same_keys = all(isinstance(item, dict) and item.keys() == items[0].keys() for item in items)
    return same_keys and all(key.isdigit() for key in items[0])


def _under_a_key(value: dict[str, Any], limits: Settings, deep: int) -> Rows | None:
    """{"version": 1, "data": [...]}: the list of objects that looks most like texts with labels."""
    rows = value.get("data")
    lists: dict[str, list[Any]] = {
        key: item
        for key, item in value.items()
        if isinstance(item, list)
        and item
        and (isinstance(item[0], dict) or (key == "data" and isinstance(item[0], list)))
    }
    if lists:
        key = max(lists, key=lambda name: (_looks_like_rows(lists[name]), -_rank(name)))
        found = rows_in(lists[key], limits, deep + 1)
        features = value.get("features")
        names = names_in_feature_list(features) if isinstance(features, list) else {}
        return None if found is None else replace(found, class_names=found.class_names | names)
    return rows_in(rows, limits, deep + 1) if isinstance(rows, dict) else None


def _rank(key: str) -> int:
    plain = plain_name(key)
    return _ROW_KEYS.index(plain) if plain in _ROW_KEYS else len(_ROW_KEYS)


def _looks_like_rows(items: list[Any]) -> int:
    """How many of a text and a label the first row names, by its keys."""
    first = items[0].get("row", items[0]) if isinstance(items[0], dict) else items[0]
    if not isinstance(first, dict):
        return 0
    keys = {plain_name(key) for key in list(first)[:100]}
    return 2 * bool(keys & set(TEXT_NAMES)) + bool(keys & set(LABEL_NAMES))


def _is_texts_by_label(value: dict[str, Any]) -> bool:
    """Whether it is {"happy": ["What a day", ...], "sad": [...]}: several texts each, in no column of a usual name."""
    lists = [item for item in value.values() if isinstance(item, list)]
    texts = [text for item in lists for text in item[:50]]
    return (
        len(lists) == len(value) > 1
        and bool(texts)
        and all(isinstance(text, str) for text in texts)
        and not any(_names_a_column(key) for key in value)
        and sum(" " in text.strip() for text in texts) > len(texts) / 2
        and all(any(" " in text.strip() for text in item[:50]) for item in lists if item)
    )


def _names_a_column(key: str) -> bool:
    """Whether a key is the usual name of texts or labels; "spam" and "toxic" may be labels themselves."""
    return plain_name(key) in (*TEXT_NAMES, *SHORT_TEXT_NAMES, *LABEL_NAMES)


def _by_label(value: dict[str, Any], limits: Settings) -> Rows | None:
    """Keys that are labels or intents, with texts, rows or patterns under each."""
    intents = intents_by_name(value)
    if intents is not None:
        return _in_list(intents, limits)
    if not _is_texts_by_label(value) and not _is_rows_by_label(value):
        return None
    refuse_too_many_rows(sum(map(len, value.values())), limits)
    under = [(label, item) for label, items in value.items() for item in items]
    return Rows(
        [item | {"label": label} if isinstance(item, dict) else {"text": item, "label": label} for label, item in under]
    )


def _is_rows_by_label(value: dict[str, Any]) -> bool:
    """Whether it is {"happy": [{"text": ...}, ...], "sad": [...]}: rows with a text and without a label."""
    lists = list(value.values())
    if len(lists) < 2 or not all(isinstance(item, list) and item for item in lists):
        return False
    rows = all(isinstance(item, dict) for items in lists for item in items)
    return (
        rows and _rank(min(value, key=_rank)) == len(_ROW_KEYS) and all(_looks_like_rows(items) == 2 for items in lists)
    )


def _by_index(value: dict[str, Any], limits: Settings) -> Rows | None:
    """{"0": {...}, "1": {...}}, an object that is a row itself, or one that gives each text its label."""
    several = len(value) > 1 or all(key.isdecimal() for key in value)
    if value and several and _are_alike(list(value.values())):
        telling = len(value) <= _MOST_NAMES and _rank(min(value, key=_rank)) < len(_ROW_KEYS)
        return None if telling else rows_in(list(value.values()), limits)
    if not value or any(isinstance(item, list | dict) for item in value.values()):
        return None
    if len(value) > 2 and all(" " in key.strip() for key in value) and len(set(value.values())) < len(value):
        refuse_too_many_rows(len(value), limits)
        return Rows([{"text": text, "label": label} for text, label in value.items()])
    return Rows([value])  # a single line of JSON Lines


def _are_alike(items: list[Any]) -> bool:
    """Whether all are objects, and have a key in common: rows are alike, what stands around rows is not."""
    if not all(isinstance(item, dict) for item in items):
        return False
    first, *others = items
    return not others or any(all(key in item for item in others) for key in list(first)[:100])


def _within(value: dict[str, Any], limits: Settings, deep: int) -> Rows | None:
    """The rows in the object of a telling name, else in the one that has any: {"rasa_nlu_data": {...}}."""
    if len(value) > _MOST_NAMES:
        return None
    for key in sorted(value, key=_rank)[:20]:
        found = rows_in(value[key], limits, deep + 1) if isinstance(value[key], dict) else None
        if found and len(found.items) > 1:
            return found
    return None
