"""Picking by the test score: what it costs is what happens when models are equally good."""

import numpy as np
import pytest

from seqcore.analysis.picking import too_much_by_picking
from seqcore.analysis.verdict import verdict
from tests.analysis.answered import result, standings


def experiment(rng, models):
    results = []
    for number in range(models):
        one = result(str(number), 0.5, rows=400)
        right = rng.random(400) < 0.8
        results.append(type(one)(**{**vars(one), "predicted": np.where(right, one.labels, 1 - one.labels)}))
    return verdict(standings(*results), None)


@pytest.mark.parametrize("models", [2, 5])
def test_the_highest_of_equally_good_models_is_too_good_by_about_as_much_as_said(models):
    rng = np.random.default_rng(0)
    found = [experiment(rng, models) for _ in range(150)]
    excess = np.mean([max(each.score() for each in one.standings) - 0.8 for one in found])
    said = np.mean([too_much_by_picking(one) for one in found])
    assert said == pytest.approx(excess, rel=0.25)


def test_of_a_single_model_nothing_was_picked():
    assert too_much_by_picking(verdict(standings(result("a", 0.8)), None)) == 0.0
