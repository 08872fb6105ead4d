"""Whether the stop words that are taken out are those of the language of the texts, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stop_words import get_stop_words

from seqcore.datasets.unspaced import unspaced_shares
from seqcore.kinds.text.options import TextOptions

_TEXTS, _FEWEST_WORDS = 1000, 200  # looked at; fewer words say little
_USUAL = 0.1  # of the running words of a text in the language of the list; mostly 0.3 to 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def stop_words_told(texts: Sequence[str], options: TextOptions) -> str:
    """That the list is of another language than the texts; nothing where it fits, or nobody can tell.

    Args:
        texts: Of the data set.
        options: How they are read.
    """
    if options.stop_words == "none" or sum(unspaced_shares(texts).values()) > 0.5:
        return ""
    step = -(-len(texts) // _TEXTS) or 1
    words = [word.lower().replace("’", "'") for text in texts[::step] for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS:
        return ""
    listed = {word.lower() for word in get_stop_words(options.stop_words)}
    share = sum(word in listed for word in words) / len(words)
    if share >= _USUAL:
        return ""
    language = options.stop_words.capitalize()
    return (
        f"The stop words are {language}, and only {100 * share:.1f} % of the words of these texts are among them: they "
        "seem to be in another language. The setting “Stop words” (stop_words) changes that."
    )
