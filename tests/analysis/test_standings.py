"""Runs of one model are brought together; their mean has an interval that says what it covers."""

import math

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.intervals import wilson_interval
from seqcore.analysis.standings import chosen_by_validation
from tests.analysis.answered import result, seeds_of, standings


def test_models_are_ranked_by_mean_accuracy_then_loss():
    ranked = standings(result("a", 0.8), result("b", 0.9), result("c", 0.8, loss=0.1), result("b", 0.7, seed=1))
    assert ranked[0].label == "c"
    assert {each.label: each.seeds for each in ranked} == {"a": 1, "b": 2, "c": 1}


def test_seeds_are_aggregated_as_mean_and_spread():
    (both,) = standings(result("a", 0.8, seed=1), result("a", 0.9, seed=2))
    assert both.mean("accuracy") == pytest.approx(0.85)
    assert both.spread("accuracy") == pytest.approx(np.std([0.8, 0.9], ddof=1))
    assert both.sd_seeds() == pytest.approx(both.spread("accuracy"))


def test_with_few_seeds_the_interval_counts_texts_only():
    (once,) = standings(result("a", 0.8))
    assert once.interval() == wilson_interval(800, 1000)
    assert not once.counts_seeds
    assert once.sd_seeds() is None


def test_with_three_seeds_the_interval_counts_them_too():
    (model,) = standings(*seeds_of("a", [0.80, 0.82, 0.84]))
    of_texts = wilson_interval(820, 1000)
    of_seeds = stats.t.ppf(0.975, 2) * 0.02 / math.sqrt(3)
    got = model.interval()
    assert got.low == pytest.approx(0.82 - math.hypot(0.82 - of_texts.low, of_seeds))
    assert got.high == pytest.approx(0.82 + math.hypot(of_texts.high - 0.82, of_seeds))


def test_the_interval_of_a_share_stays_a_share():
    (model,) = standings(*seeds_of("a", [1.0, 0.9, 1.0]))
    assert model.interval().high == 1.0


def test_a_model_without_seeds_needs_one_run_only():
    (model,) = standings(result("bag", 0.8), without_seeds=["bag"])
    assert model.counts_seeds
    assert model.sd_seeds() == 0.0


def test_texts_are_matched_by_row_whatever_their_order():
    (model,) = standings(result("a", 0.9), result("a", 0.8, seed=1, order=-1))
    assert model.texts().tolist() == list(range(1000))
    assert model.scores().sum(axis=1).tolist() == [900.0, 800.0]
    assert model.scores()[1, :800].all()


def test_the_choice_looks_at_validation_only():
    ranked = standings(result("a", 0.9, validation=0.7), result("b", 0.8, validation=0.8), result("c", 0.7))
    assert chosen_by_validation(ranked).label == "b"
    assert chosen_by_validation(standings(result("a", 0.9, validation=math.nan))) is None


def test_the_mean_interval_covers_the_mean_of_the_architecture():
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(300):
        accuracies = np.clip(rng.normal(0.85, 0.02, 3), 0, 1)
        (model,) = standings(
            *(result("a", rng.binomial(500, share) / 500, rows=500, seed=seed) for seed, share in enumerate(accuracies))
        )
        interval = model.interval()
        covered += interval.low <= 0.85 <= interval.high
    assert covered / 300 >= 0.94
