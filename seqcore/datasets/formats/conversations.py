"""Examples for the tuning of chat models: each a conversation in which a model answers a text with its label."""

from __future__ import annotations

from typing import Any

NOTE = "Each conversation is a row: what was asked last is its text, what was answered last its label"
_KEYS = ("messages", "conversations")
_SAID, _BY = ("content", "value"), ("role", "from")
_ASKED, _ANSWERED = ("user", "human"), ("assistant", "gpt", "model")


def are_conversations(items: list[Any]) -> bool:
    """Whether each object has a list of who said what: {"messages": [{"role": "user", "content": "..."}, ...]}."""
    return bool(items) and all(_last(item, _ASKED) and _last(item, _ANSWERED) for item in items)


def as_rows(items: list[Any]) -> list[dict[str, Any]]:
    """One object a conversation: the last thing that was asked, and the last answer."""
    return [{"text": _last(item, _ASKED), "label": _last(item, _ANSWERED)} for item in items]


def _last(item: dict[str, Any], speakers: tuple[str, ...]) -> str | None:
    turns = next((item[key] for key in _KEYS if isinstance(item.get(key), list)), ())
    said = None
    for turn in turns:
        if isinstance(turn, dict) and any(turn.get(key) in speakers for key in _BY):
            said = next((turn[key].strip() for key in _SAID if isinstance(turn.get(key), str)), said)
    return said
