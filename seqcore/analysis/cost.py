"""What accuracy costs: parameters, seconds, milliseconds, and the models that are not beaten in both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqcore.analysis.standings import Standing


@dataclass(frozen=True)
class Cost:
    """One thing that a model takes.

    Attributes:
        name: Attribute of a result.
        title: What people call it.
        unit: Of its values.
        more: What is said of taking more of it, as it follows "no".
        is_timed: Whether it depends on what else the machine did meanwhile.
    """

    name: str
    title: str
    unit: str
    more: str
    is_timed: bool


COSTS = (
    Cost("parameters", "Parameters", "", "larger", is_timed=False),
    Cost("training_seconds", "Seconds of training", "s", "slower to train", is_timed=True),
    Cost("ms_per_text", "Milliseconds a text", "ms", "slower to answer", is_timed=True),
)


@dataclass(frozen=True)
class Costly:
    """Every model's accuracy beside one cost.

    Attributes:
        cost: Which.
        accuracies: Of each model, the mean over its seeds.
        values: The cost of each, likewise; what is not a number is not known.
        on_front: Whether no other model is at least as good in both and better in one.
    """

    cost: Cost
    accuracies: tuple[float, ...]
    values: tuple[float, ...]
    on_front: tuple[bool, ...]


def costs_of(models: Sequence[Standing]) -> tuple[Costly, ...]:
    """Accuracy beside each cost that is known of any model; nothing takes none of it, so 0 says that nobody knows."""
    accuracies = tuple(model.mean("accuracy") for model in models)
    found = []
    for cost in COSTS:
        means = [model.mean(cost.name) for model in models]
        values = tuple(mean if mean > 0 else math.nan for mean in means)
        if np.isfinite(values).any():
            found.append(Costly(cost, accuracies, values, pareto_front(accuracies, values)))
    return tuple(found)


def pareto_front(accuracies: Sequence[float], costs: Sequence[float]) -> tuple[bool, ...]:
    """Whether each model is beaten by none: no other is at least as accurate and as cheap, and better in one of them.

    Args:
        accuracies: Of each model.
        costs: Of each; a model whose cost is not a number is on no front and beats nobody.
    """
    accuracy, cost = np.asarray(accuracies, np.float64), np.asarray(costs, np.float64)
    known = np.isfinite(cost)
    as_good = (accuracy[None, :] >= accuracy[:, None]) & (cost[None, :] <= cost[:, None]) & known
    better = (accuracy[None, :] > accuracy[:, None]) | (cost[None, :] < cost[:, None])
    return tuple(bool(each) for each in known & ~(as_good & better).any(axis=1))
