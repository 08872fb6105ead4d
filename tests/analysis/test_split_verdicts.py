"""Over new splits of data from a known population, equally good models are rarely told apart; uncorrected, often."""

from math import sqrt

import numpy as np

from benchmarks.split_verdicts import drawn, false_claims, split_of, standings_over_splits, true_claims


def test_the_correction_keeps_false_claims_rare_and_without_it_they_are_frequent():
    claims = false_claims(120, models=2, seeds=8, rows=120)
    allowed = 120 * 0.05 + 2 * sqrt(120 * 0.05 * 0.95)
    assert claims.corrected <= allowed < claims.uncorrected


def test_a_large_difference_is_found():
    claims = true_claims(40, seeds=5, rows=400, gap=0.12)
    assert claims.corrected > 20
    assert claims.ahead > 0.05


def test_models_of_a_data_set_are_trained_on_the_same_splits_and_each_seed_on_its_own():
    found = standings_over_splits(drawn(np.random.default_rng(0), models=2, rows=100), seeds=3)
    rows = [[run.rows.tolist() for run in model.results] for model in found]
    assert rows[0] == rows[1] == [split_of(100, seed).test.tolist() for seed in range(3)]
    assert len({tuple(each) for each in rows[0]}) == 3
