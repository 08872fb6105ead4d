"""How much of some texts is of scripts that are written without spaces between words."""

from __future__ import annotations

import re
from collections.abc import Sequence

# As ranges: Python's expressions know no scripts.
_LETTERS = {
    "Chinese or Japanese": "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U000323af",
    "Thai": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "Lao": "\u0e81-\u0ecd\u0edc-\u0edf",
    "Khmer": "\u1780-\u17d3",
    "Burmese": "\u1000-\u103f\u104c-\u104f\u1050-\u108f\ua9e0-\ua9ef\uaa60-\uaa7f",
}
_EACH = {script: re.compile(f"[{letters}]") for script, letters in _LETTERS.items()}
_ANY = re.compile(f"[{''.join(_LETTERS.values())}]")
_NO_LETTERS = re.compile(r"[\W\d_]+")  # marks neither: of every script alike
_TEXTS, _CHARACTERS = 2_000, 1_000  # looked at, evenly from the whole


def unspaced_shares(texts: Sequence[str]) -> dict[str, float]:
    """The share of each such script in all letters, the greatest first; nothing where there is none.

    Example:
        >>> unspaced_shares(["ไม่ดี", "abcde"])
        {'Thai': 0.5}

    Args:
        texts: Of which at most 2,000 are looked at, and of each 1,000 characters.
    """
    step = -(-len(texts) // _TEXTS) or 1
    looked_at = [text[:_CHARACTERS] for text in texts[::step]]
    if not any(_ANY.search(text) for text in looked_at if not text.isascii()):
        return {}
    letters = _NO_LETTERS.sub("", "".join(looked_at))
    counts = {script: len(letter.findall(letters)) for script, letter in _EACH.items()}
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    return {script: count / len(letters) for script, count in ranked if count}
