"""How texts of scripts without spaces are cut, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.datasets.unspaced import unspaced_shares
from seqcore.kinds.text.options import TextOptions

_LEAST = 0.01  # of the letters; less is names and quotations
_BY_WORD = "into words, which BudouX finds: a single letter says little"
_HAN_BY_CHARACTER = "into characters, as BERT does: each says something, and no word can be cut wrongly"
_BY_CHARACTER = "into characters, each with its vowels and marks"
_WHERE_MARKED = "or into words where zero-width spaces stand between them"
_OTHERS = {
    "Burmese": f"into syllables, whose ends its writing shows, {_WHERE_MARKED}",
    "Lao": f"{_BY_CHARACTER}, for want of a maintained segmenter, {_WHERE_MARKED}",
    "Khmer": f"{_BY_CHARACTER}, for want of a maintained segmenter, {_WHERE_MARKED}",
}
_WAYS: dict[str, dict[str, str]] = {
    "auto": _OTHERS | {"Thai": _BY_WORD, "Chinese or Japanese": _HAN_BY_CHARACTER},
    "words": _OTHERS | dict.fromkeys(("Thai", "Chinese or Japanese"), _BY_WORD),
    "characters": dict.fromkeys((*_OTHERS, "Thai", "Chinese or Japanese"), _BY_CHARACTER),
    "letters": dict.fromkeys((*_OTHERS, "Thai", "Chinese or Japanese"), "letter by letter, as earlier versions did"),
}


def cutting_told(texts: Sequence[str], options: TextOptions) -> str:
    """What was measured of the texts, what is done about it, and where it is changed; nothing where it matters not.

    Args:
        texts: Of the data set.
        options: How they are read.
    """
    shares = {script: share for script, share in unspaced_shares(texts).items() if share >= _LEAST}
    if not shares or options.tokenizer == "character":
        return ""
    measured = " and ".join(f"{100 * share:.0f} % are {script}" for script, share in shares.items())
    said = f"Of the letters of these texts {measured}, written without spaces between words."
    if options.tokenizer == "keras":
        return f"{said} Keras splits at spaces, so whole sentences are single words; the tokenizer “Words” cuts them."
    ways = _WAYS[options.spaceless]
    cuts = "; ".join(f"{script} is cut {ways[script]}" for script in shares)
    return f"{said} {cuts}. The setting “Scripts without spaces” (spaceless) changes that."
