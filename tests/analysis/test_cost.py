"""Cost: on the front is who is beaten by none, and the sentence says so under every branch."""

import math

import numpy as np
import pytest

from seqcore.analysis.alone import Alone, read_alone
from seqcore.analysis.cost import COSTS, Costly, costs_of, measured_alone, pareto_front
from seqcore.analysis.cost_told import ALONE, BESIDE_OTHERS, front_sentence, how_measured, same_size_sentence
from seqcore.analysis.standings import Result, Standing
from seqcore.errors import InspectionError

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


def standing(name: str, seeds: int = 1, *, epochs: int = 4, parameters: int = 1000) -> Standing:
    codes = np.zeros(2, np.int64)
    results = tuple(
        Result(f"{name}{seed}", name, name, seed, 0.8, 0.8, 0.5, 9.0, parameters, 50.0, codes, codes, codes, ("a", "b"),
               epochs=epochs + seed)
        for seed in range(seeds)
    )  # fmt: skip
    return Standing(name, name, results)


def alone(epoch_seconds: float, ms_per_text: float) -> Alone:
    return Alone(step_seconds=0.1, epoch_seconds=epoch_seconds, ms_per_text=ms_per_text, steps=3, texts=5)


def test_seconds_measured_alone_are_those_of_an_epoch_times_the_epochs_that_were_trained() -> None:
    models = [standing("rnn", 2), standing("lstm")]
    found = {each.cost.name: each for each in costs_of(models, {"rnn1": alone(2.0, 0.5), "lstm0": alone(3.0, 0.25)})}
    assert found["training_seconds"].values == (2.0 * 4.5, 3.0 * 4)  # of 4 and of 5 epochs
    assert found["ms_per_text"].values == (0.5, 0.25)
    assert [each.alone for each in found.values()] == [False, True, True]
    assert front_sentence(found["ms_per_text"], ["rnn", "lstm"], name=str).startswith(
        "Milliseconds an answer, alone: lstm"
    )
    assert how_measured(list(found.values())).startswith(ALONE)


def test_as_long_as_one_model_was_not_measured_all_are_shown_as_they_were_trained() -> None:
    models, measured = [standing("rnn"), standing("lstm")], {"rnn0": alone(2.0, 0.5)}
    found = costs_of(models, measured)
    assert found == costs_of(models)
    assert found[1].values == (50.0, 50.0)
    assert how_measured(found).startswith(BESIDE_OTHERS)
    assert measured_alone(models, measured) == (measured["rnn0"], None)


def test_models_of_the_same_size_are_said_to_be() -> None:
    def said(*sizes: int) -> str:
        names = NAMES[: len(sizes)]
        models = [standing(name, parameters=size) for name, size in zip(names, sizes, strict=True)]
        return same_size_sentence(costs_of(models), names, name=str)

    assert said(1000, 1005, 1009) == "All models have the same number of parameters, within 1\u00a0%: 1,000 to 1,009."
    assert said(1000, 5000, 1000) == "A, C have the same number of parameters, within 1\u00a0%: 1,000."
    assert said(1000, 1011, 5000) == said(1000) == ""


def test_a_measurement_is_read_as_it_was_written_and_what_is_none_is_refused() -> None:
    assert read_alone(alone(2.0, 0.5).to_bytes()) == alone(2.0, 0.5)
    for bad in (b"", b"{}", b"[1]", alone(2.0, 0.5).to_bytes().replace(b"2.0", b"-2.0")):
        with pytest.raises(InspectionError, match="cannot be read"):
            read_alone(bad)
