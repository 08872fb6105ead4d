"""What an attention head does with a text, in a few numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOSTLY = 0.4  # of the attention, from which on a head is said to look at one place
EVENLY, FEW, NEAR = 0.8, 0.25, 0.6  # of what it would be if the head looked at every step alike


@dataclass(frozen=True)
class Habit:
    """Means over the steps that look.

    Attributes:
        steps: Steps that look, and are looked at.
        distance: Steps between the one that looks and what it looks at, each by its weight.
        before: Share of the attention that goes to earlier steps.
        entropy: Of the weights, in bits: 0 where all goes to one step, log2(steps) where every step gets as much.
        spread: The same as a number of steps: as many as would have that entropy if all got as much.
        itself: Share that a step keeps for itself.
        previous: Share that goes to the step before, where there is one.
        following: Share that goes to the step after, where there is one.
        first: Share that goes to the first step.
        favourite: The step that is looked at most, from 0.
        favoured: Its share.
    """

    steps: int
    distance: float
    before: float
    entropy: float
    spread: float
    itself: float
    previous: float
    following: float
    first: float
    favourite: int
    favoured: float


def habit_of(matrix: NDArray[np.floating]) -> Habit:
    """Of one head.

    Args:
        matrix: (looking step, step looked at), every row summing to 1; at least one step.
    """
    weights = np.asarray(matrix, np.float64)
    steps = len(weights)
    places = np.arange(steps)
    received = weights.mean(axis=0)
    entropies = -(weights * np.log2(np.maximum(weights, np.finfo(float).tiny))).sum(axis=1)
    return Habit(
        steps=steps,
        distance=float((weights * np.abs(places[:, None] - places)).sum() / steps),
        before=float(np.tril(weights, -1).sum() / steps),
        entropy=float(entropies.mean()),
        spread=float(np.exp2(entropies).mean()),
        itself=float(np.diagonal(weights).mean()),
        previous=_along(weights, -1),
        following=_along(weights, 1),
        first=float(received[0]),
        favourite=int(received.argmax()),
        favoured=float(received.max()),
    )


def habit_told(habit: Habit, favourite: str) -> tuple[str, str]:
    """A head's habit in a few words, and in a sentence.

    Args:
        habit: Of it.
        favourite: Name of the step that is looked at most.
    """
    places = {
        "itself": (habit.itself, "the token itself"),
        "the one before": (habit.previous, "the token before"),
        "the one after": (habit.following, "the token after"),
        "the first": (habit.first, "the first token of the text"),
    }
    short, (most, place) = max(places.items(), key=lambda item: item[1][0])
    if habit.steps == 1:
        return "itself 100%", "There is one token, which can look at nothing but itself."
    if habit.spread >= EVENLY * habit.steps:
        return "all alike", f"Looks at all {habit.steps} tokens nearly alike."
    if most >= MOSTLY:
        return f"{short} {most:.0%}", f"Looks mostly at {place}: {most:.0%} of its attention."
    if habit.favoured >= MOSTLY:
        return (
            f"“{favourite}” {habit.favoured:.0%}",
            f"Whoever looks, it looks mostly at “{favourite}”: {habit.favoured:.0%} of its attention.",
        )
    if habit.spread <= FEW * habit.steps:
        return (
            f"few: {habit.spread:.1f} of {habit.steps}",
            f"Picks few tokens: about {habit.spread:.1f} of {habit.steps} at a time.",
        )
    if habit.distance <= NEAR * _even_distance(habit.steps):
        return f"near: {habit.distance:.1f} away", f"Looks around itself: {habit.distance:.1f} tokens away on average."
    return (
        f"{habit.spread:.0f} of {habit.steps}",
        f"Looks at about {habit.spread:.0f} of {habit.steps} tokens at a time.",
    )


def _along(weights: NDArray[np.float64], offset: int) -> float:
    """Mean of a diagonal; 0 where there is none."""
    return float(np.diagonal(weights, offset).mean()) if len(weights) > 1 else 0.0


def _even_distance(steps: int) -> float:
    """Mean distance where every step gets as much."""
    return (steps**2 - 1) / (3 * steps)
