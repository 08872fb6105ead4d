"""What a step of an example is called in a sentence."""

from __future__ import annotations

from seqcore.kinds import get_kind


def step_called(kind: str) -> str:
    """A word where the steps are pieces of a text; else as the kind calls its steps.

    Args:
        kind: Name of the kind of data.
    """
    found = get_kind(kind)
    return "word" if found.drawing == "pieces" else found.step
