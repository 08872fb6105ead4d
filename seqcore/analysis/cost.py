"""What accuracy costs: parameters, seconds, milliseconds, and the models that are not beaten in both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from seqcore.analysis.alone import Alone
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
    Cost("ms_per_text", "Milliseconds an answer", "ms", "slower to answer", is_timed=True),
)


@dataclass(frozen=True)
class Costly:
    """Every model's accuracy beside one cost.

    Attributes:
        cost: Which.
        accuracies: Of each model, the mean over its seeds.
        values: The cost of each, likewise; what is not a number is not known.
        on_front: Whether no other model is at least as good in both and better in one.
        alone: Whether the values were measured while nothing else trained.
    """

    cost: Cost
    accuracies: tuple[float, ...]
    values: tuple[float, ...]
    on_front: tuple[bool, ...]
    alone: bool = False


def costs_of(models: Sequence[Standing], measured: Mapping[str, Alone] | None = None) -> tuple[Costly, ...]:
    """Accuracy beside each cost that is known of any model; nothing takes none of it, so 0 says that nobody knows.

    Args:
        models: That are compared.
        measured: What was measured alone, by run; what takes time is told by it as soon as it is there for all models.
    """
    accuracies = tuple(model.mean("accuracy") for model in models)
    alone = measured_alone(models, measured or {})
    complete = bool(alone) and None not in alone
    found = []
    for cost in COSTS:
        by_itself = complete and cost.is_timed
        means = [
            _value_alone(cost, model, of_model) if by_itself and of_model is not None else model.mean(cost.name)
            for model, of_model in zip(models, alone, strict=True)
        ]
        values = tuple(mean if mean > 0 else math.nan for mean in means)
        if np.isfinite(values).any():
            found.append(Costly(cost, accuracies, values, pareto_front(accuracies, values), by_itself))
    return tuple(found)


def measured_alone(models: Sequence[Standing], measured: Mapping[str, Alone]) -> tuple[Alone | None, ...]:
    """What was measured of each model, by any of its runs: another seed takes no other time."""
    return tuple(
        next((measured[result.run_id] for result in model.results if result.run_id in measured), None)
        for model in models
    )


def _value_alone(cost: Cost, model: Standing, alone: Alone) -> float:
    """The seconds of an epoch times the epochs that were trained, or the milliseconds of an answer."""
    return alone.ms_per_text if cost.name == "ms_per_text" else alone.epoch_seconds * model.mean("epochs")


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
