"""Where the windows of a text lie that is longer than a model reads at once."""

from __future__ import annotations


def windows_of(length: int, longest: int, overlap: float) -> list[slice]:
    """Parts of `longest` tokens that cover a text; a single one where it is no longer.

    Args:
        length: Tokens of the text.
        longest: Tokens of a window, at least 1.
        overlap: Share of a window that the next one repeats, 0 or more and less than 1. The last window ends where the
            text does, so it may repeat more.
    """
    if length <= longest:
        return [slice(0, length)]
    stride = max(1, longest - round(overlap * longest))
    starts = [*range(0, length - longest, stride), length - longest]
    return [slice(start, start + longest) for start in starts]
