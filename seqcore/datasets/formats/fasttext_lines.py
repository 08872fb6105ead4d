"""What lines of fastText look like: labels marked by a prefix, and a text."""

from __future__ import annotations

import re

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.registry import Certainty

_PREFIX = "__label__"
_LABEL = re.compile(rf"(?:^|(?<=\s)){_PREFIX}(\S+)")
_LINES_LOOKED_AT = 200
_LINE_LOOKED_AT = 1000  # characters
_NEARLY_ALL = 0.9
_DELIMITED = re.compile(rf'{_PREFIX}[^\s,;|]+"?[,;|\t]')  # a column of a table


def begins_with_labels(content: Content) -> Certainty:
    """Whether nearly every line has a label with fastText's prefix, and none of them is a column of a table."""
    if _PREFIX not in content.text[:100_000]:
        return Certainty.NONE
    lines = [line[:_LINE_LOOKED_AT] for line in content.text[:100_000].split("\n")[:_LINES_LOOKED_AT] if line.strip()]
    labelled = sum(bool(_LABEL.search(line)) for line in lines)
    columns = sum(bool(_DELIMITED.search(line)) for line in lines)
    sure = labelled >= _NEARLY_ALL * len(lines) and columns < labelled / 2
    return Certainty.CERTAIN if sure else Certainty.NONE


def labels_and_text(line: str) -> tuple[tuple[str, ...], str]:
    """The labels of a line, wherever they stand, and the rest of it.

    Example:
        >>> labels_and_text("__label__a __label__b my loaf, flat")
        (('a', 'b'), 'my loaf, flat')
    """
    return tuple(_LABEL.findall(line)), _LABEL.sub("", line).strip()
