"""Scores follow their definitions, written out here, on random and on awkward answers."""

import json
import math

import numpy as np
import pytest

from seqcore.errors import DataError
from seqcore.worker import scoring, threshold_curves


def answers(seed: int, rows: int = 400, classes: int = 3, ties: bool = False):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, rows)
    logits = rng.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[labels]
    if ties:
        logits = np.round(logits)
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return labels, probabilities


def evaluate(labels, probabilities, classes, ms_per_text):
    """The scores as they are stored."""
    return scoring.score_fully(labels, probabilities, classes, ms_per_text).model_dump(mode="json")


CASES = [(seed, rows, classes, ties) for seed, (rows, classes, ties) in enumerate(
    [(400, 2, False), (400, 3, False), (37, 6, False), (400, 2, True), (300, 5, True), (2000, 2, False)])]  # fmt: skip


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def scores_of_class(labels: np.ndarray, predicted: np.ndarray, code: int) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and support, counted."""
    right = int(((labels == code) & (predicted == code)).sum())
    true, said = int((labels == code).sum()), int((predicted == code).sum())
    return share(right, said), share(right, true), share(2 * right, true + said), true


def macro_f1(labels: np.ndarray, predicted: np.ndarray) -> float:
    return float(np.mean([scores_of_class(labels, predicted, code)[2] for code in {*labels, *predicted}]))


@pytest.mark.parametrize(("seed", "rows", "classes", "ties"), CASES)
def test_scores_are_what_they_are_defined_as(seed, rows, classes, ties):
    labels, probabilities = answers(seed, rows, classes, ties)
    names = [f"c{i}" for i in range(classes)]
    result = evaluate(labels, probabilities, names, 1.5)
    predicted = probabilities.argmax(axis=1)
    every = range(classes)
    pairs = list(zip(labels.tolist(), predicted.tolist(), strict=True))
    assert result["confusion"] == [[pairs.count((true, said)) for said in every] for true in every]
    assert result["accuracy"] == pytest.approx(sum(true == said for true, said in pairs) / rows)
    assert result["macro_f1"] == pytest.approx(macro_f1(labels, predicted))
    losses = [-math.log(row[label]) for row, label in zip(probabilities, labels, strict=True)]
    assert result["loss"] == pytest.approx(math.fsum(losses) / rows)
    got = [[row[key] for key in ("precision", "recall", "f1", "support")] for row in result["per_class"]]
    np.testing.assert_allclose(got, [scores_of_class(labels, predicted, code) for code in every])
    assert [row["label"] for row in result["per_class"]] == names


@pytest.mark.parametrize(("seed", "rows", "classes", "ties"), CASES)
def test_the_summary_is_the_beginning_of_everything(seed, rows, classes, ties):
    labels, probabilities = answers(seed, rows, classes, ties)
    result = evaluate(labels, probabilities, [f"c{i}" for i in range(classes)], 1.5)
    assert list(result)[:3] == ["accuracy", "macro_f1", "loss"]
    short = scoring.score(labels, probabilities).model_dump()
    assert short == {name: result[name] for name in ("accuracy", "macro_f1", "loss")}


def points_at_thresholds(positive: np.ndarray, found: np.ndarray) -> list[tuple[int, int]]:
    """True and false positives when every score from a threshold upwards is called positive, the highest first."""
    thresholds = sorted(set(found.tolist()), reverse=True)
    return [
        (int((positive & (found >= threshold)).sum()), int((~positive & (found >= threshold)).sum()))
        for threshold in thresholds
    ]


@pytest.mark.parametrize(("seed", "rows", "classes", "ties"), CASES)
def test_areas_are_what_they_are_defined_as(seed, rows, classes, ties):
    labels, probabilities = answers(seed, rows, classes, ties)
    for code in range(classes):
        positive, found = labels == code, probabilities[:, code]
        roc = threshold_curves.roc_curve(positive, found)
        # The probability that a positive row scores higher than a negative one; half of it when they are equal.
        pairs = np.sign(found[positive][:, None] - found[~positive][None, :])
        assert roc.area == pytest.approx((pairs.mean() + 1) / 2)
        line = threshold_curves.precision_recall_curve(positive, found)
        area, before = 0.0, 0.0
        for hits, alarms in points_at_thresholds(positive, found):
            recall = hits / positive.sum()
            area, before = area + (recall - before) * hits / (hits + alarms), recall
        assert line.area == pytest.approx(area)


@pytest.mark.parametrize("ties", [False, True])
def test_curves_pass_through_the_points_of_every_threshold(ties):
    labels, probabilities = answers(7, 300, 2, ties)
    positive, found = labels == 1, probabilities[:, 1]
    points = points_at_thresholds(positive, found)
    roc = threshold_curves.roc_curve(positive, found)
    np.testing.assert_allclose(roc.x, [0, *(alarms / (~positive).sum() for _, alarms in points)])
    np.testing.assert_allclose(roc.y, [0, *(hits / positive.sum() for hits, _ in points)])
    line = threshold_curves.precision_recall_curve(positive, found)
    np.testing.assert_allclose(line.x, [0, *(hits / positive.sum() for hits, _ in points)])
    np.testing.assert_allclose(line.y, [1, *(hits / (hits + alarms) for hits, alarms in points)])


@pytest.mark.parametrize("make", [threshold_curves.roc_curve, threshold_curves.precision_recall_curve])
def test_there_is_no_curve_without_a_positive_row(make):
    assert make(np.zeros(3, bool), np.array([0.1, 0.2, 0.3])) is None


def test_there_is_no_curve_of_false_alarms_without_a_negative_row():
    assert threshold_curves.roc_curve(np.ones(3, bool), np.array([0.1, 0.2, 0.3])) is None


@pytest.mark.parametrize("rows", [5_000, 201, 200, 199, 2])
def test_thinned_curves_keep_their_ends_and_at_most_200_points(rows):
    labels, probabilities = answers(1, max(rows, 4), 2)
    labels[:2] = [0, 1]
    for make in (threshold_curves.roc_curve, threshold_curves.precision_recall_curve):
        full = make(labels == 1, probabilities[:, 1])
        line = threshold_curves.thin(full)
        assert line.x.size <= 200
        assert (line.x[0], line.y[0], line.x[-1], line.y[-1]) == (full.x[0], full.y[0], full.x[-1], full.y[-1])
        assert np.all(np.diff(line.x) >= 0)
        assert line.area == full.area


@pytest.mark.parametrize("most", [2, 3, 10, 50])
def test_thinning_never_repeats_or_reorders_points(most):
    along = np.sort(np.random.default_rng(most).uniform(size=500))
    line = threshold_curves.thin(threshold_curves.Curve(along, along**2, 0.0), most)
    assert line.x.size <= most
    assert np.all(np.diff(line.x) > 0)
    assert (line.x[0], line.x[-1]) == (along[0], along[-1])


def test_two_classes_have_one_curve_of_the_second_class():
    labels, probabilities = answers(2, 50, 2)
    result = evaluate(labels, probabilities, ["ham", "spam"], 0.1)
    assert [line["label"] for line in result["roc"]] == ["spam"]
    assert [line["label"] for line in result["precision_recall"]] == ["spam"]


def test_a_class_that_never_occurs_scores_zero_and_has_no_curve():
    labels, probabilities = answers(3, 60, 3)
    labels[labels == 2] = 0
    probabilities[:, 2] = 0
    result = evaluate(labels, probabilities, ["a", "b", "c"], 0.1)
    absent = result["per_class"][2]
    assert absent == {"label": "c", "precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}
    assert [line["label"] for line in result["roc"]] == ["a", "b"]
    predicted = probabilities.argmax(axis=1)
    assert result["macro_f1"] == pytest.approx(macro_f1(labels, predicted))


def test_a_certain_mistake_has_a_finite_loss():
    labels = np.array([0, 1])
    probabilities = np.array([[0.0, 1.0], [0.0, 1.0]])
    smallest = np.finfo(np.float64).eps
    assert scoring.score(labels, probabilities).loss == pytest.approx(-math.log(smallest) / 2)


def test_the_result_survives_json_unchanged():
    labels, probabilities = answers(4, 80, 4)
    result = evaluate(labels.astype(np.int32), probabilities.astype(np.float32), list("wxyz"), 2.0)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_two_hundred_classes_stay_a_small_file():
    labels, probabilities = answers(5, 3_000, 200)
    text = json.dumps(evaluate(labels, probabilities, [f"c{i}" for i in range(200)], 1.0))
    assert len(text) < 1_000_000


def test_no_rows_is_said_in_a_sentence():
    with pytest.raises(DataError, match="no text to test"):
        evaluate(np.zeros(0, int), np.zeros((0, 2)), ["a", "b"], 0.0)


@pytest.mark.parametrize(
    ("labels", "probabilities"),
    [([0, 1], [[0.5, 0.5]]), ([0], [[np.nan, 1.0]]), ([2], [[0.5, 0.5]]), ([-1], [[0.5, 0.5]])],
)
def test_answers_that_do_not_fit_are_refused(labels, probabilities):
    with pytest.raises(ValueError, match=r"probabilit|labels"):
        evaluate(np.array(labels), np.array(probabilities), ["a", "b"], 0.0)
