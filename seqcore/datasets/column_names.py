"""The names that people give to text and label columns."""

from __future__ import annotations

import re

# Most telling first; compared in lower case, without marks between the words.
TEXT_NAMES = (
    "text", "review", "reviewtext", "message", "sentence", "content", "comment", "body", "tweet", "utterance",
    "document", "sms", "post", "question", "abstract", "description", "article", "headline", "query", "input", "phrase",
    "statement", "transcript", "news", "summary", "v2", "title",
)  # fmt: skip
LABEL_NAMES = (
    "label", "labels", "class", "category", "sentiment", "target", "intent", "topic", "emotion", "polarity", "type",
    "tag", "rating", "stars", "score", "output", "y", "v1", "isspam", "spam", "toxic", "language", "genre", "subject",
)  # fmt: skip
SPLIT_NAMES = {
    "train": "train", "training": "train", "test": "test", "testing": "test",
    "validation": "validation", "valid": "validation", "val": "validation", "dev": "validation",
    "development": "validation", "eval": "validation",
}  # fmt: skip
_OTHER_NAMES = ("id", "index", "split", "date", "user", "name", "source", "site", "author", "url", "unnamed0")


def plain_name(name: str) -> str:
    """The name in lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", name.lower())


def is_known_name(cell: str) -> bool:
    """Whether a cell is a usual column name."""
    plain = plain_name(cell)
    return len(cell) <= 40 and plain in _KNOWN


def name_rank(name: str, names: tuple[str, ...]) -> int:
    """How well a column name fits: 0 not at all, more for an exact match, most for the first of the names."""
    plain = plain_name(name)
    if plain in names:
        return 2 * len(names) - names.index(plain)
    words = re.split(r"[\W_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
    hits = [names.index(word) for word in words if word in names]
    return len(names) - min(hits) if hits else 0


_KNOWN = frozenset(TEXT_NAMES) | frozenset(LABEL_NAMES) | frozenset(_OTHER_NAMES)
