"""Whose runs are asked about shuffled words, in which order, and what stands for those that cannot answer."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.analysis.standings import Result, Standing
from seqcore.analysis.standings_over_splits import StandingOverSplits
from seqcore.errors import InspectionError, NotFoundError
from seqcore.inspections.word_order import OrderScores
from seqcore.lab.word_order import ask_in_turn, models_to_ask


def standing(name: str, seeds: int, *, has_seeds: bool = True, over_splits: bool = False) -> Standing:
    results = tuple(
        Result(
            run_id=f"{name}-{seed}", label=name, architecture=name, seed=seed, accuracy=0.5, macro_f1=0.5, loss=1,
            ms_per_text=1, parameters=1, training_seconds=1, rows=np.arange(4), learned=16,
            labels=np.zeros(4, int), predicted=np.zeros(4, int), classes=("a", "b"),
        )
        for seed in range(seeds)
    )  # fmt: skip
    kind = StandingOverSplits if over_splits else Standing
    return kind(name, name, results, has_seeds)


def scores(lost: float) -> OrderScores:
    return OrderScores(
        texts=4, accuracy=0.75, shuffled=(0.75 - lost,), lost=lost, interval=(0, 1), changed=0.5, sentence="",
        losses=[lost] * 4,
    )  # fmt: skip


def test_the_first_seed_of_each_is_asked_first() -> None:
    models, asked = models_to_ask([standing("rnn", 2), standing("lstm", 3)]), []
    told = list(ask_in_turn(models, lambda run_id: asked.append(run_id) or scores(0.25)))
    assert asked == ["rnn-0", "lstm-0", "rnn-1", "lstm-1", "lstm-2"]
    assert told == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("models", "each"), [(1, 10), (3, 10), (10, 3), (20, 1), (40, 1)])
def test_so_many_runs_are_asked_and_no_more(models: int, each: int) -> None:
    asked = models_to_ask([standing(f"m{number}", 10) for number in range(models)])
    assert [len(model.asked) for model in asked] == [each] * models


def test_a_model_without_seeds_is_asked_once() -> None:
    assert len(models_to_ask([standing("bag_of_words", 3, has_seeds=False)])[0].asked) == 1


def test_a_model_is_the_mean_of_its_seeds() -> None:
    (model,) = models = models_to_ask([standing("rnn", 3)])
    assert model.found is None
    list(ask_in_turn(models, lambda run_id: scores(0.25 * int(run_id[-1]))))
    assert model.found.lost == pytest.approx(0.25)
    assert (model.found.seeds, model.found.covers) == (3, "texts and seeds")


def test_seeds_with_a_split_each_are_told_over_splits() -> None:
    (model,) = models = models_to_ask([standing("rnn", 3, over_splits=True)])
    list(ask_in_turn(models, lambda run_id: scores(0.25)))
    assert (model.found.lost, model.found.covers) == (0.25, "texts, seeds and splits")


def test_a_run_that_is_gone_and_one_that_fails_are_named() -> None:
    def ask(run_id: str) -> OrderScores:
        if run_id == "rnn-1":
            raise NotFoundError("There is no run of that id")
        if run_id == "rnn-2":
            raise InspectionError("The saved model cannot be read", remedy="Train this run again")
        return scores(0.25)

    (model,) = models = models_to_ask([standing("rnn", 3)])
    list(ask_in_turn(models, ask))
    assert model.problems[0] == "rnn, seed 1 was deleted."
    assert model.problems[1].startswith("rnn, seed 2: The saved model cannot be read")
    assert (model.found.seeds, model.found.covers) == (1, "texts")
