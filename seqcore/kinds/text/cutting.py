"""Which tokens of a text that is longer than a model reads are kept."""

from __future__ import annotations

from typing import Literal

Cut = Literal["end", "start", "both", "middle"]


def kept(length: int, longest: int, cut: Cut) -> tuple[slice, ...]:
    """The parts of a text that are read, in order; together as long as the text, at most `longest`.

    Args:
        length: Tokens of the text.
        longest: Most tokens that a model reads, at least 1.
        cut: What is left out: the end, the start, as much of both, or the middle (head and tail of Sun, Qiu, Xu & Huang
            2019, arXiv:1905.05583, of equal lengths here; the head has the odd one).
    """
    lost = max(0, length - longest)
    if not lost or cut == "end":
        return (slice(0, length - lost),)
    if cut == "middle" and longest > 1:
        head = (longest + 1) // 2
        return slice(0, head), slice(head + lost, length)
    first = {"start": lost, "both": lost // 2, "middle": 0}[cut]
    return (slice(first, first + longest),)
