"""Which models are worth their cost, in sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from seqcore.analysis.cost import Costly

NOISE = (
    "Seconds and milliseconds depend on what else the machine did meanwhile. A lead in accuracy can be chance: the "
    "verdict says which is not."
)


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
    listed = f"{found.cost.title}: {', '.join(told)}"
    others = sum(math.isfinite(value) for value in found.values) - len(front)
    if not others:
        beaten = f"None is beaten by one that is at least as accurate and no {found.cost.more}."
        return f"{listed}. {beaten}" if len(front) > 1 else f"{listed}."
    return f"{listed}. Every other is beaten by one that is at least as accurate and no {found.cost.more}."


def value_told(found: Costly, value: float) -> str:
    """A cost with its unit and as many digits as say something."""
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{number}\N{NO-BREAK SPACE}{found.cost.unit}".rstrip()
