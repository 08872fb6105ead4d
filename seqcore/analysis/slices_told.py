"""Where a model is worst, in a sentence that says what chance would give."""

from __future__ import annotations

from collections.abc import Callable

from seqcore.analysis.slices import SliceScore


def worst_sentence(
    worst: SliceScore | None, searched: int, *, nouns: tuple[str, str] = ("text", "texts"), name: Callable[[str], str]
) -> str:
    """Whether any slice is worse than chance would make it, and which is the worst.

    Args:
        worst: Of one model; None where nothing could be cut.
        searched: Slices that were looked at, over all models.
        nouns: What one example is called, and several.
        name: How other people's text is written.
    """
    if worst is None:
        return f"There are too few test {nouns[1]} to look at parts of them."
    where = f"{worst.slicing} {name(worst.group)}"
    counted = (
        f"{_percent(worst.accuracy)} of {worst.texts:,} {nouns[1]} right, {_percent(worst.elsewhere)} of the others"
    )
    chance = (f"p = {worst.p_value:.3f}" if worst.p_value >= 0.001 else "p < 0.001").replace(" ", "\N{NO-BREAK SPACE}")
    if worst.is_real:
        return f"Worse on {where}: {counted} ({chance}, corrected for {searched} slices that were searched)."
    if worst.deficit <= 0:
        return "It is equally good on all slices."
    return f"No slice stands out. The worst, {where}, has {counted}, which can be chance ({chance}, corrected)."


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
