"""Calibration: scikit-learn's numbers, an error whose bias is known, a temperature that finds what was planted."""

import numpy as np
import pytest
from scipy.special import softmax
from sklearn import metrics
from sklearn.calibration import calibration_curve

from seqcore.analysis.calibration import (
    CalibrationError,
    CalibrationScores,
    brier_score,
    calibration_error,
    calibration_scores,
    log_loss,
    reliability,
)
from seqcore.analysis.calibration_told import calibration_sentence
from seqcore.analysis.temperature import at_temperature, fit_temperature

SHAPES = pytest.mark.parametrize("classes", [2, 5])


def answers(texts: int, classes: int, *, sharpness: float = 1.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and labels drawn from them; logits are then multiplied, so that a sharpness of 1 is calibrated."""
    rng = np.random.default_rng(seed)
    logits = 1.5 * rng.normal(size=(texts, classes))
    labels = np.array([rng.choice(classes, p=row) for row in softmax(logits, axis=1)])
    return softmax(sharpness * logits, axis=1), labels


@SHAPES
def test_brier_and_log_loss_are_those_of_scikit_learn(classes: int) -> None:
    shares, labels = answers(300, classes)
    told = shares[:, 1] if classes == 2 else shares
    assert brier_score(shares, labels) == pytest.approx(
        metrics.brier_score_loss(labels, told, labels=list(range(classes)))
    )
    assert log_loss(shares, labels) == pytest.approx(metrics.log_loss(labels, shares, labels=list(range(classes))))


def test_a_wrong_answer_that_was_certain_has_the_log_loss_of_scikit_learn_and_not_an_infinite_one() -> None:
    shares, labels = np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([1, 0])
    assert log_loss(shares, labels) == pytest.approx(metrics.log_loss(labels, shares, labels=[0, 1]))


@SHAPES
def test_the_reliability_diagram_is_that_of_scikit_learn(classes: int) -> None:
    shares, labels = answers(500, classes)
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    true, predicted = calibration_curve(right, confidence, n_bins=10, strategy="uniform")
    bins = reliability(confidence, right)
    np.testing.assert_allclose([each.accuracy for each in bins], true)
    np.testing.assert_allclose([each.confidence for each in bins], predicted)
    assert sum(each.texts for each in bins) == 500
    assert all(each.interval.low <= each.accuracy <= each.interval.high for each in bins)


def test_the_error_is_the_mean_gap_of_the_bins() -> None:
    confidence = np.array([0.55, 0.55, 0.95, 0.95, 0.95])
    right = np.array([True, False, True, True, True])
    assert calibration_error(confidence, right).value == pytest.approx((2 * 0.05 + 3 * 0.05) / 5)
    assert calibration_error(np.ones(4), np.ones(4, bool)) == CalibrationError(0.0, 0.0, 1.0)


@pytest.mark.parametrize("texts", [50, 500])
def test_the_error_of_calibrated_models_is_on_average_what_chance_is_said_to_give(texts: int) -> None:
    found = [calibration_scores(*answers(texts, 2, seed=seed), seed=seed).error for seed in range(60)]
    plain = np.mean([each.value for each in found])
    assert plain > 0.02  # the bias that is spoken of
    assert abs(plain - np.mean([each.chance for each in found])) < 0.2 * plain
    assert np.mean([each.p_value < 0.05 for each in found]) <= 0.12  # 5 % within what 60 tests can tell


def test_the_same_answers_have_the_same_error_to_the_last_digit() -> None:
    shares, labels = answers(200, 3)
    assert calibration_scores(shares, labels) == calibration_scores(shares, labels)


@SHAPES
@pytest.mark.parametrize("sharpness", [0.5, 1.0, 2.5])
def test_a_planted_sharpness_comes_back_as_the_temperature(classes: int, sharpness: float) -> None:
    fitted = fit_temperature(*answers(4000, classes, sharpness=sharpness))
    assert fitted.value == pytest.approx(sharpness, rel=0.08)
    assert fitted.interval.low < sharpness < fitted.interval.high
    assert fitted.is_needed == (sharpness != 1.0)
    assert not fitted.at_bound


def test_the_temperature_has_the_lowest_loss_of_all() -> None:
    shares, labels = answers(300, 3, sharpness=2.0)
    best = fit_temperature(shares, labels).value
    losses = [log_loss(at_temperature(shares, best * factor), labels) for factor in (0.9, 0.99, 1.0, 1.01, 1.1)]
    assert min(losses) == losses[2]


def test_its_interval_holds_the_truth_as_often_as_it_says() -> None:
    found = [fit_temperature(*answers(150, 3, sharpness=1.6, seed=seed)).interval for seed in range(100)]
    assert sum(each.low <= 1.6 <= each.high for each in found) >= 88


@SHAPES
@pytest.mark.parametrize("temperature", [0.05, 0.7, 3.0, 20.0])
def test_a_temperature_changes_no_answer(classes: int, temperature: float) -> None:
    shares, _ = answers(500, classes)
    told = at_temperature(shares, temperature)
    np.testing.assert_array_equal(told.argmax(axis=1), shares.argmax(axis=1))
    np.testing.assert_allclose(told.sum(axis=1), 1)
    np.testing.assert_allclose(at_temperature(shares, 1.0), shares, atol=1e-12)


def test_where_every_answer_is_right_the_temperature_is_the_lowest_and_says_so() -> None:
    shares = np.array([[0.9, 0.1], [0.2, 0.8]])
    assert fit_temperature(shares, np.array([0, 1])).at_bound


@pytest.mark.parametrize("shares", [np.full((4, 3), 1 / 3), np.eye(3)[[0, 1, 2, 0]]], ids=["uniform", "certain"])
def test_probabilities_that_say_nothing_or_all_still_have_a_temperature(shares: np.ndarray) -> None:
    fitted = fit_temperature(shares, np.array([0, 1, 2, 1]))
    assert np.isfinite([fitted.value, fitted.interval.low, fitted.interval.high]).all()
    assert np.isfinite(at_temperature(shares, fitted.value)).all()


@pytest.mark.parametrize(
    ("sharpness", "said"), [(3.0, "Too sure of itself"), (0.3, "Not sure enough"), (1.0, "can be chance")]
)
def test_the_sentence_names_the_fault_that_was_planted(sharpness: float, said: str) -> None:
    assert said in calibration_sentence(calibration_scores(*answers(600, 2, sharpness=sharpness)))


def test_the_sentence_speaks_of_both_directions_where_they_cancel() -> None:
    confidence = np.repeat([0.6, 0.9], 200)
    right = np.concatenate([np.arange(200) < 160, np.arange(200) < 140])  # 80 % and 70 %
    scores = CalibrationScores(
        400, 0.75, 0.75, calibration_error(confidence, right), 0.2, 0.5, reliability(confidence, right)
    )
    assert scores.lean == 0
    assert "Here too sure and there not sure enough" in calibration_sentence(scores)


def test_one_text_is_enough_to_say_something_true() -> None:
    said = calibration_sentence(calibration_scores(np.array([[0.3, 0.7]]), np.array([1])))
    assert "with 1 text." in said
