"""Lines of a label and a text with a mark between them that is no delimiter of tables: a space, "@", a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# The rarer a mark is in sentences, the more it says.
MARKS = ("+++$+++", "|||", "||", "::", "=>", "->", "@", "#", "~", "^", "=", ":", " ")
_LINES_LOOKED_AT = 2000
_NEARLY_ALL = 0.98
_LONGEST_LABEL = 40
_MOST_CLASSES = 60
_LEAST_REPEATS = 2.0  # lines of each class, for labels that look like labels ...
# ... and more for plain words, with which sentences begin too
_REPEATS_OF_WORDS, _LEAST_LINES_OF_WORDS, _MOST_WORDS = 5.0, 20, 12
_LOOKS_LIKE_A_LABEL = re.compile(r"[-+]?\d{1,3}|[A-Z]{2,}[:_.-][A-Za-z_.-]+|[A-Z_]{2,}|\w+[:_]\w+|__\w+")
_USUAL = frozenset({
    "positive", "negative", "neutral", "pos", "neg", "neu", "spam", "ham", "true", "false", "yes", "no", "good",
    "bad", "toxic", "mixed",
})  # fmt: skip
_BEGIN_SENTENCES = frozenset({
    "a", "all", "an", "and", "as", "at", "but", "do", "does", "did", "don't", "for", "from", "good", "great",
    "had", "has", "have", "he", "her", "his", "how", "i", "i'm", "if", "in", "is", "it", "it's", "its", "just",
    "my", "no", "not", "of", "on", "one", "or", "our", "she", "so", "some", "such", "that", "the", "their",
    "there", "these", "they", "this", "those", "to", "very", "was", "we", "what", "when", "where", "which",
    "who", "why", "with", "would", "you", "your", "ich", "der", "die", "das", "ein", "eine", "es", "le", "la",
    "les", "un", "une", "il", "elle", "je", "el", "los", "las",
})  # fmt: skip


@dataclass(frozen=True)
class Pairs:
    """Lines taken apart.

    Attributes:
        mark: What stands between label and text.
        label_first: Whether the label stands before the text.
    """

    mark: str
    label_first: bool

    def split(self, line: str) -> tuple[str, str]:
        """The label and the text of a line; the label is empty where the mark is missing."""
        line = line.strip()
        mark = ": " if self.mark == ":" else self.mark
        before, found, after = line.partition(mark) if self.label_first else line.rpartition(mark)
        if not found:
            return "", line
        label, text = (before, after) if self.label_first else (after, before)
        again = mark.strip()  # "text ## label"
        return label.strip(), text.strip().rstrip(again).rstrip() if again and not self.label_first else text.strip()


def find_pairs(lines: Sequence[str], marks: Sequence[str] = MARKS) -> Pairs | None:
    """How to take lines apart; None where no mark leaves classes on one side in nearly every line.

    Args:
        lines: The lines; blank ones are left out.
        marks: Marks that come into question.
    """
    filled = [line for line in lines if line.strip()][:_LINES_LOOKED_AT]
    if len(filled) < 2:
        return None
    for mark in marks:
        for label_first in (True,) if mark in (" ", ":") else (False, True):
            pairs = Pairs(mark, label_first)
            if _leaves_classes([pairs.split(line) for line in filled], sentences=mark == " "):
                return pairs
    return None


def _leaves_classes(found: Sequence[tuple[str, str]], *, sentences: bool) -> bool:
    labels = Counter(label for label, text in found if label and text and len(label) <= _LONGEST_LABEL)
    lines = labels.total()
    if lines < _NEARLY_ALL * len(found) or not 2 <= len(labels) <= _MOST_CLASSES:
        return False
    if any(" " in label for label in labels) or sum(len(text) for _, text in found) < 5 * lines:
        return False
    plain = [label for label in labels if not _LOOKS_LIKE_A_LABEL.fullmatch(label) and label.casefold() not in _USUAL]
    if not plain and lines >= _LEAST_REPEATS * len(labels):
        return True
    if sentences and (len(labels) > _MOST_WORDS or any(label.casefold() in _BEGIN_SENTENCES for label in labels)):
        return False
    return lines >= max(_LEAST_LINES_OF_WORDS, _REPEATS_OF_WORDS * len(labels))
