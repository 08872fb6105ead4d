"""Scores equal scikit-learn's, on random and on awkward answers."""

import json

import numpy as np
import pytest
from sklearn import metrics as reference

from seqcore.analysis import metrics, threshold_curves
from seqcore.errors import DataError


def answers(seed: int, rows: int = 400, classes: int = 3, ties: bool = False):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, rows)
    logits = rng.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[labels]
    if ties:
        logits = np.round(logits)
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return labels, probabilities


CASES = [(seed, rows, classes, ties) for seed, (rows, classes, ties) in enumerate(
    [(400, 2, False), (400, 3, False), (37, 6, False), (400, 2, True), (300, 5, True), (2000, 2, False)])]  # fmt: skip


@pytest.mark.parametrize(("seed", "rows", "classes", "ties"), CASES)
def test_scores_equal_scikit_learn(seed, rows, classes, ties):
    labels, probabilities = answers(seed, rows, classes, ties)
    names = [f"c{i}" for i in range(classes)]
    result = metrics.evaluate(labels, probabilities, names, 1.5)
    predicted = probabilities.argmax(axis=1)
    every = list(range(classes))
    assert result["confusion"] == reference.confusion_matrix(labels, predicted, labels=every).tolist()
    assert result["accuracy"] == pytest.approx(reference.accuracy_score(labels, predicted))
    assert result["macro_f1"] == pytest.approx(reference.f1_score(labels, predicted, average="macro"))
    assert result["loss"] == pytest.approx(reference.log_loss(labels, probabilities, labels=every))
    expected = reference.precision_recall_fscore_support(labels, predicted, labels=every, zero_division=0)
    got = [[row[key] for row in result["per_class"]] for key in ("precision", "recall", "f1", "support")]
    np.testing.assert_allclose(got, expected)
    assert [row["label"] for row in result["per_class"]] == names


@pytest.mark.parametrize(("seed", "rows", "classes", "ties"), CASES)
def test_areas_equal_scikit_learn(seed, rows, classes, ties):
    labels, probabilities = answers(seed, rows, classes, ties)
    for code in range(classes):
        positive = labels == code
        roc = threshold_curves.roc_curve(positive, probabilities[:, code])
        assert roc.area == pytest.approx(reference.roc_auc_score(positive, probabilities[:, code]))
        line = threshold_curves.precision_recall_curve(positive, probabilities[:, code])
        expected = reference.average_precision_score(positive, probabilities[:, code])
        assert line.area == pytest.approx(expected)


@pytest.mark.parametrize("ties", [False, True])
def test_curves_pass_through_the_points_of_scikit_learn(ties):
    labels, probabilities = answers(7, 300, 2, ties)
    scores = probabilities[:, 1]
    fpr, tpr, _ = reference.roc_curve(labels, scores, drop_intermediate=False)
    roc = threshold_curves.roc_curve(labels == 1, scores)
    np.testing.assert_allclose((roc.x, roc.y), (fpr, tpr))
    precision, recall, _ = reference.precision_recall_curve(labels, scores)
    line = threshold_curves.precision_recall_curve(labels == 1, scores)
    np.testing.assert_allclose((line.x[::-1], line.y[::-1]), (recall, precision))


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
    result = metrics.evaluate(labels, probabilities, ["ham", "spam"], 0.1)
    assert [line["label"] for line in result["roc"]] == ["spam"]
    assert [line["label"] for line in result["precision_recall"]] == ["spam"]


def test_a_class_that_never_occurs_scores_zero_and_has_no_curve():
    labels, probabilities = answers(3, 60, 3)
    labels[labels == 2] = 0
    probabilities[:, 2] = 0
    result = metrics.evaluate(labels, probabilities, ["a", "b", "c"], 0.1)
    absent = result["per_class"][2]
    assert absent == {"label": "c", "precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}
    assert [line["label"] for line in result["roc"]] == ["a", "b"]
    predicted = probabilities.argmax(axis=1)
    assert result["macro_f1"] == pytest.approx(reference.f1_score(labels, predicted, average="macro"))


def test_a_certain_mistake_has_a_finite_loss():
    labels = np.array([0, 1])
    probabilities = np.array([[0.0, 1.0], [0.0, 1.0]])
    assert metrics.log_loss(labels, probabilities) == pytest.approx(reference.log_loss(labels, probabilities))


def test_the_result_survives_json_unchanged():
    labels, probabilities = answers(4, 80, 4)
    result = metrics.evaluate(labels.astype(np.int32), probabilities.astype(np.float32), list("wxyz"), 2.0)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_two_hundred_classes_stay_a_small_file():
    labels, probabilities = answers(5, 3_000, 200)
    text = json.dumps(metrics.evaluate(labels, probabilities, [f"c{i}" for i in range(200)], 1.0))
    assert len(text) < 1_000_000


def test_no_rows_is_said_in_a_sentence():
    with pytest.raises(DataError, match="no text to test"):
        metrics.evaluate(np.zeros(0, int), np.zeros((0, 2)), ["a", "b"], 0.0)


@pytest.mark.parametrize(
    ("labels", "probabilities"),
    [([0, 1], [[0.5, 0.5]]), ([0], [[np.nan, 1.0]]), ([2], [[0.5, 0.5]]), ([-1], [[0.5, 0.5]])],
)
def test_answers_that_do_not_fit_are_refused(labels, probabilities):
    with pytest.raises(ValueError, match=r"probabilit|labels"):
        metrics.evaluate(np.array(labels), np.array(probabilities), ["a", "b"], 0.0)
