"""Examples of what people say, listed by what they want: a row for each, as chat bots are trained on."""

from __future__ import annotations

from typing import Any

from seqcore.datasets.column_names import LABEL_NAMES, plain_name

_PATTERN_NAMES = (
    "patterns", "utterances", "examples", "phrases", "expressions", "sentences", "samples", "usersays", "queries",
    "trainingphrases", "trainingexamples", "texts", "questions", "inputs", "variations",
)  # fmt: skip
_TAG_NAMES = ("tag", "intent", "intentname", "label", "name", "class", "category", "topic", "type", "id")


def spread_intents(items: list[Any]) -> list[Any] | None:
    """One object a pattern, {"text": ..., "tag": ...}; None when the items are no intents.

    Args:
        items: Objects such as {"tag": "greeting", "patterns": ["hi", "hello there"], "responses": [...]}.
    """
    patterns = _shared_key(items, _PATTERN_NAMES, list)
    tag = _shared_key(items, _TAG_NAMES, str)
    if patterns is None or tag is None:
        return None
    named = tag if plain_name(tag) in LABEL_NAMES else "label"
    return [
        {"text": text, named: item[tag]}
        for item in items
        for pattern in item[patterns]
        if (text := said_in(pattern)) is not None
    ]


def intents_by_name(value: dict[str, Any]) -> list[Any] | None:
    """Intents that are keys, as objects with a tag: {"greeting": {"patterns": [...]}}, {"PlayMusic": [{"data": ...}]}.

    None when the value is no such thing.
    """
    if value and all(isinstance(item, dict) for item in value.values()):
        key = _shared_key(list(value.values()), _PATTERN_NAMES, list)
        return None if key is None else [{"tag": name, "patterns": item[key]} for name, item in value.items()]
    said = value and all(isinstance(item, list) and item and _is_pieces(item[0]) for item in value.values())
    return [{"tag": name, "patterns": item} for name, item in value.items()] if said else None


def said_in(pattern: Any) -> str | None:
    """The text of a pattern: a string, an object with one, or one in pieces, {"data": [{"text": "turn on "}, ...]}."""
    if isinstance(pattern, dict) and _is_pieces(pattern):
        pieces = [piece.get("text") for piece in pattern["data"] if isinstance(piece, dict)]
        return "".join(piece for piece in pieces if isinstance(piece, str))
    if isinstance(pattern, dict):
        pattern = pattern.get("text", pattern.get("utterance"))
    return pattern if isinstance(pattern, str) else None


def _is_pieces(pattern: Any) -> bool:
    data = pattern.get("data") if isinstance(pattern, dict) else None
    return isinstance(data, list) and bool(data) and all(isinstance(piece, dict) and "text" in piece for piece in data)


def _shared_key(items: list[Any], names: tuple[str, ...], kind: type) -> str | None:
    """The key of a telling name that has a value of this kind in every object."""
    if not items or not isinstance(items[0], dict):
        return None
    fitting = {plain_name(key): key for key, value in list(items[0].items())[:100] if isinstance(value, kind)}
    for name in names:
        key = fitting.get(name)
        if key is not None and all(isinstance(item, dict) and isinstance(item.get(key), kind) for item in items):
            return str(key)
    return None
