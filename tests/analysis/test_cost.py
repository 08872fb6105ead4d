"""Cost: on the front is who is beaten by none, and the sentence says so under every branch."""

import math

import numpy as np

from seqcore.analysis.cost import COSTS, Costly, pareto_front
from seqcore.analysis.cost_told import front_sentence

NAMES = ["A", "B", "C"]


def costly(accuracies: tuple[float, ...], values: tuple[float, ...]) -> Costly:
    return Costly(COSTS[0], accuracies, values, pareto_front(accuracies, values))


def told(accuracies: tuple[float, ...], values: tuple[float, ...]) -> str:
    return front_sentence(costly(accuracies, values), NAMES[: len(values)], name=str)


def test_who_is_less_accurate_and_dearer_is_not_on_the_front() -> None:
    assert pareto_front([0.8, 0.9, 0.85], [10, 100, 200]) == (True, True, False)


def test_equal_models_are_both_on_it_and_an_equal_one_that_is_dearer_is_not() -> None:
    assert pareto_front([0.9, 0.9], [10, 10]) == (True, True)
    assert pareto_front([0.9, 0.9], [10, 11]) == (True, False)
    assert pareto_front([0.9, 0.8], [10, 10]) == (True, False)


def test_a_model_of_unknown_cost_is_on_no_front_and_beats_nobody() -> None:
    assert pareto_front([0.8, 0.9], [10, math.nan]) == (True, False)


def test_whoever_is_not_on_the_front_is_beaten_by_one_who_is() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        accuracies, costs = rng.integers(0, 5, 8) / 5, rng.integers(1, 6, 8).astype(float)
        front = pareto_front(accuracies.tolist(), costs.tolist())
        for model in range(8):
            beaten = [
                other
                for other in range(8)
                if accuracies[other] >= accuracies[model]
                and costs[other] <= costs[model]
                and (accuracies[other], costs[other]) != (accuracies[model], costs[model])
            ]
            assert front[model] == (not beaten)
            assert front[model] or any(front[other] for other in beaten)


def test_the_sentence_names_the_front_from_the_cheapest_on() -> None:
    assert told((0.8, 0.9, 0.7), (1000, 2000, 3000)) == (
        "Parameters: A (1,000, 80.0\u00a0%), B (2,000, 90.0\u00a0%). Every other is beaten by one that is at least as "
        "accurate and no larger."
    )
    assert told((0.9, 0.8), (2000, 1000)).endswith("None is beaten by one that is at least as accurate and no larger.")
    assert told((0.8,), (1000,)) == "Parameters: A (1,000, 80.0\u00a0%)."
    assert told((0.8, 0.9), (1000, math.nan)) == "Parameters: A (1,000, 80.0\u00a0%)."
