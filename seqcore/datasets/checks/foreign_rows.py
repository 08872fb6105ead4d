"""Rows in another script or another language than the rest."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_data import Rows
from seqcore.datasets.twins.words import Words

_MAIN = 0.8  # share of the rows whose script is the one of the data
_LETTERS = 3  # fewer letters of another script are a name or a sign
_HITS, _WORDS = 3, 0.25  # different common words of another language, and their share of the words
_OWN = 1 / 3  # most common words of the data's own language, for each of the other one
_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA"})


@dataclass(frozen=True)
class Foreign:
    """Rows that are not written as the rest is.

    Attributes:
        rows: Which ones.
        what: The script or the language of each: "Cyrillic", "German".
        rest: The script and the language of the rest; "" where no language was found.
    """

    rows: Rows
    what: tuple[str, ...]
    rest: tuple[str, str]


def foreign_rows(texts: Sequence[str], words: Words) -> Foreign:
    """Rows of another script, and among those of the data's script rows of another language."""
    scripts = [script_of(text) for text in texts]
    names, counts = np.unique([script for script in scripts if script] or [""], return_counts=True)
    main = str(names[counts.argmax()])
    found: dict[int, str] = {}
    if counts.max() >= _MAIN * counts.sum():
        found = {row: script for row, script in enumerate(scripts) if script not in ("", main)}
    languages, language = _other_languages(words)
    found |= {row: name for row, name in languages.items() if row not in found}
    rows = sorted(found)
    return Foreign(np.array(rows, np.int64), tuple(found[row] for row in rows), (main, language))


def script_of(text: str) -> str:
    """The script of most letters of a text; "" where there are too few.

    Example:
        >>> script_of("Привет, world"), script_of(":-)")
        ('Cyrillic', '')
    """
    if text.isascii():
        return "Latin" if sum(map(str.isalpha, text)) >= _LETTERS else ""
    counts: dict[str, int] = {}
    for sign in text:
        script = _script(sign)
        if script:
            counts[script] = counts.get(script, 0) + 1
    script, letters = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return script if letters >= _LETTERS else ""


@lru_cache(maxsize=50_000)
def _script(sign: str) -> str:
    if not sign.isalpha():
        return ""
    first = unicodedata.name(sign, "").split(" ")[0]
    if first in ("FULLWIDTH", "HALFWIDTH", "MATHEMATICAL", "MODIFIER", "FEMININE", "MASCULINE"):
        return ""
    return "Chinese or Japanese" if first in _JAPANESE else first.capitalize()


def _other_languages(words: Words) -> tuple[dict[int, str], str]:
    """The language of the rows that are not in the language of the rest, and the latter."""
    names, often = _common_words(words)
    texts = len(words.lengths)
    hits = np.stack([np.bincount(words.owners[mask[words.codes]], minlength=texts) for mask in often])
    total = hits.sum(axis=1)
    main = int(total.argmax())
    if not texts or total[main] < texts:  # less than one common word a text: no language that is known
        return {}, ""
    best, most = hits.argmax(axis=0), hits.max(axis=0)
    likely = (best != main) & (most >= _HITS) & (hits[main] <= _OWN * most) & (most >= _WORDS * words.lengths)
    bounds = np.concatenate(([0], np.cumsum(words.lengths)))
    found = {}
    for row in np.flatnonzero(likely):
        codes = np.unique(words.codes[bounds[row] : bounds[row + 1]])
        if often[best[row]][codes].sum() >= _HITS:
            found[int(row)] = names[best[row]].capitalize()
    return found, names[main].capitalize()


def _common_words(words: Words) -> tuple[list[str], list[npt.NDArray[np.bool_]]]:
    """The languages that are known, and for each which of the distinct words are common in it."""
    from stop_words import AVAILABLE_LANGUAGES, get_stop_words

    names = [str(name) for name in AVAILABLE_LANGUAGES]
    masks = []
    for name in names:
        common = {word.replace("'", "").replace("’", "").lower() for word in get_stop_words(name)}
        masks.append(np.fromiter((word in common for word in words.distinct), np.bool_, len(words.distinct)))
    return names, masks
