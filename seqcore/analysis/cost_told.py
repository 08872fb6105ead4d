"""Which models are worth their cost, in sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from seqcore.analysis.cost import Costly

BESIDE_OTHERS = "Seconds and milliseconds are those of the trainings: they depend on what else trained meanwhile."
ALONE = (
    "Seconds and milliseconds were measured alone: one model after the other while nothing else trained, each step the "
    "fastest of several repeats. Those of training are the seconds of an epoch, times the epochs that were trained."
)
CHANCE = "A lead in accuracy can be chance: the verdict says which is not."
SAME_SIZE = 0.01  # share by which models of the same size may differ


def how_measured(found: Sequence[Costly]) -> str:
    """Which seconds are shown, and what a front is worth."""
    return f"{ALONE if any(each.alone for each in found) else BESIDE_OTHERS} {CHANCE}"


def same_size_sentence(found: Sequence[Costly], names: Sequence[str], *, name: Callable[[str], str]) -> str:
    """That models have as many parameters as each other; empty where fewer than two have.

    Args:
        found: All costs.
        names: Of the models.
        name: How other people's text is written.
    """
    sizes = next((each.values for each in found if each.cost.name == "parameters"), ())
    alike: list[int] = []
    for place in range(len(sizes)):
        near = [other for other, size in enumerate(sizes) if sizes[place] <= size <= (1 + SAME_SIZE) * sizes[place]]
        alike = max(alike, near, key=len)
    if len(alike) < 2:
        return ""
    who = "All models" if len(alike) == len(names) else ", ".join(name(names[place]) for place in alike)
    least, most = min(sizes[place] for place in alike), max(sizes[place] for place in alike)
    size = f"{least:,.0f}" if least == most else f"{least:,.0f} to {most:,.0f}"
    return f"{who} have the same number of parameters, within {100 * SAME_SIZE:g}\N{NO-BREAK SPACE}%: {size}."


def front_sentence(found: Costly, names: Sequence[str], *, name: Callable[[str], str]) -> str:
    """The models that nothing beats in accuracy and cost at once, the cheapest first.

    Args:
        found: One cost.
        names: Of the models.
        name: How other people's text is written.
    """
    front = sorted((value, place) for place, value in enumerate(found.values) if found.on_front[place])
    told = [
        f"{name(names[place])} ({value_told(found, value)}, {100 * found.accuracies[place]:.1f}\N{NO-BREAK SPACE}%)"
        for value, place in front
    ]
    listed = f"{title_told(found)}: {', '.join(told)}"
    others = sum(math.isfinite(value) for value in found.values) - len(front)
    if not others:
        beaten = f"None is beaten by one that is at least as accurate and no {found.cost.more}."
        return f"{listed}. {beaten}" if len(front) > 1 else f"{listed}."
    return f"{listed}. Every other is beaten by one that is at least as accurate and no {found.cost.more}."


def title_told(found: Costly) -> str:
    """What a cost is called, and whether it was measured alone."""
    return f"{found.cost.title}, alone" if found.alone else found.cost.title


def value_told(found: Costly, value: float) -> str:
    """A cost with its unit and as many digits as say something."""
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{number}\N{NO-BREAK SPACE}{found.cost.unit}".rstrip()
