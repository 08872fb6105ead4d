"""Thresholds by cost, and answering only when sure: scikit-learn's counts, no better threshold, the ends of curves."""

import numpy as np
import pytest
from sklearn import metrics

from seqcore.analysis.coverage import coverage_curve, covered, threshold_for
from seqcore.analysis.threshold import Costs, cheapest, decide, decisions, positive_code
from seqcore.errors import OptionError

RNG = np.random.default_rng(3)
POSITIVE = RNG.random(200) < 0.3
SHARES = np.clip(0.35 * POSITIVE + 0.65 * RNG.random(200), 0, 1).round(2)  # with ties
DEAR = pytest.mark.parametrize("costs", [Costs(1, 1), Costs(1, 10), Costs(5, 1), Costs(0, 1), Costs(1, 0)])


@pytest.mark.parametrize("threshold", [0.0, 0.35, 0.5, 0.9])
def test_precision_and_recall_are_those_of_scikit_learn(threshold: float) -> None:
    found = decide(SHARES, POSITIVE, threshold, Costs())
    said = threshold <= SHARES
    assert found.precision == pytest.approx(metrics.precision_score(POSITIVE, said))
    assert found.recall == pytest.approx(metrics.recall_score(POSITIVE, said))
    assert found.cost == pytest.approx((said != POSITIVE).mean())


def test_what_is_never_said_has_no_precision_and_what_is_not_there_no_recall() -> None:
    assert decide(SHARES, POSITIVE, 1.1, Costs()).precision is None
    assert decide(SHARES, np.zeros(200, bool), 0.5, Costs()).recall is None


@DEAR
def test_no_threshold_is_cheaper_than_the_cheapest(costs: Costs) -> None:
    best = decide(SHARES, POSITIVE, cheapest(SHARES, POSITIVE, costs), costs).cost
    assert all(decide(SHARES, POSITIVE, at, costs).cost >= best - 1e-12 for at in np.linspace(0, 1.01, 400))
    assert min(each.cost for each in decisions(SHARES, POSITIVE, costs)) == pytest.approx(best)


def test_the_dearer_a_missed_text_the_lower_the_threshold() -> None:
    found = [cheapest(SHARES, POSITIVE, Costs(1, dear)) for dear in (0.1, 1, 3, 20)]
    assert found == sorted(found, reverse=True)


def test_with_calibrated_probabilities_the_cheapest_is_the_one_of_theory() -> None:
    shares = np.random.default_rng(0).random(200_000)
    positive = np.random.default_rng(1).random(200_000) < shares
    assert cheapest(shares, positive, Costs(1, 4)) == pytest.approx(Costs(1, 4).of_calibrated, abs=0.02)


@pytest.mark.parametrize("shares", [np.array([0.0, 0.0]), np.array([1.0, 1.0])])
def test_all_and_none_can_always_be_said(shares: np.ndarray) -> None:
    positive = np.array([True, False])
    found = decisions(shares, positive, Costs())
    assert found[0].recall == 1.0 and found[-1].recall == 0.0
    assert cheapest(shares, positive, Costs(10, 1)) > shares[0] >= cheapest(shares, positive, Costs(1, 10))


def test_of_many_thresholds_two_hundred_are_kept_with_both_ends() -> None:
    shares = np.random.default_rng(0).random(5000)
    found = decisions(shares, shares > 0.5, Costs())
    assert len(found) <= 200
    assert (found[0].recall, found[-1].recall) == (1.0, 0.0)


@pytest.mark.parametrize("costs", [(-1.0, 1.0), (0.0, 0.0), (float("nan"), 1.0), (float("inf"), 1.0)])
def test_costs_that_are_none_are_refused(costs: tuple[float, float]) -> None:
    with pytest.raises(OptionError, match="costs"):
        Costs(*costs)


def test_the_class_of_a_threshold_is_the_second_or_the_one_named() -> None:
    assert positive_code(["ham", "spam"], None) == 1
    assert positive_code(["ham", "spam"], "ham") == 0
    with pytest.raises(OptionError, match="ham, spam"):
        positive_code(["ham", "spam"], "eggs")
    with pytest.raises(OptionError, match="two classes"):
        positive_code(["a", "b", "c"], None)


CONFIDENCE = RNG.random(300).round(2)
RIGHT = RNG.random(300) < 0.4 + 0.6 * CONFIDENCE


def test_the_curve_ends_with_all_texts_and_their_accuracy() -> None:
    curve = coverage_curve(CONFIDENCE, RIGHT)
    assert curve[-1].coverage == 1.0
    assert curve[-1].accuracy == pytest.approx(RIGHT.mean())
    assert [each.coverage for each in curve] == sorted(each.coverage for each in curve)


def test_every_point_of_the_curve_is_what_its_threshold_gives() -> None:
    assert all(each == covered(CONFIDENCE, RIGHT, each.threshold) for each in coverage_curve(CONFIDENCE, RIGHT))


def test_the_threshold_for_an_accuracy_keeps_it_and_answers_as_many_as_can_be() -> None:
    found = threshold_for(CONFIDENCE, RIGHT, 0.85)
    assert found is not None
    kept = covered(CONFIDENCE, RIGHT, found)
    assert kept.accuracy is not None and kept.accuracy >= 0.85
    others = [covered(CONFIDENCE, RIGHT, at) for at in np.unique(CONFIDENCE) if at < found]
    assert all(each.accuracy is not None and each.accuracy < 0.85 for each in others)


def test_an_accuracy_that_is_never_reached_has_no_threshold_and_no_answer_no_accuracy() -> None:
    assert threshold_for(np.array([0.9, 0.8]), np.array([False, True]), 0.9) is None
    assert covered(np.array([0.4]), np.array([True]), 0.5).accuracy is None
