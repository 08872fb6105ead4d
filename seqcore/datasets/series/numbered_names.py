"""Names of columns that are numbered: the moments of a channel, x_1 ... x_n, or dim_0__0 ... dim_0__n."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What follows is copied into predict.py.
Channels = dict[str, list[tuple[int, str]]]  # moment and column, by the channel
_NUMBERED = re.compile(r"(?P<channel>.*?)[_\-. ]*?(?P<moment>\d{1,9})", re.DOTALL)


def channels_of(names: Sequence[str]) -> Channels | None:
    """The columns of several channels, in the order of their moments; None where the names tell of one channel only.

    Example:
        >>> channels_of(["x_1", "x_2", "y_1", "y_2"])
        {'x': [(1, 'x_1'), (2, 'x_2')], 'y': [(1, 'y_1'), (2, 'y_2')]}
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        numbered = _NUMBERED.fullmatch(name.strip())
        if numbered is None or not numbered["channel"]:
            return None
        found.setdefault(numbered["channel"].rstrip("_-. "), []).append((int(numbered["moment"]), name))
    several = len(found) > 1 and all(len(columns) > 1 for columns in found.values())
    distinct = all(len({moment for moment, _ in columns}) == len(columns) for columns in found.values())
    return {channel: sorted(columns) for channel, columns in found.items()} if several and distinct else None


def is_numbered(name: str) -> bool:
    """Whether a name ends in a number, as that of a moment does."""
    return _NUMBERED.fullmatch(name.strip()) is not None
