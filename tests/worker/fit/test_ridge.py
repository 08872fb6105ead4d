"""The ridge regression against scikit-learn's, on more features than examples and on fewer."""

import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifierCV

from seqcore.worker.fit.ridge import STRENGTHS, fit_ridge


def examples(rows: int, features: int, classes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(rows)
    labels = rng.integers(0, classes, rows)
    middles = rng.normal(size=(classes, features))
    found = (middles[labels] * 0.1 + rng.normal(size=(rows, features)) + 5).astype(np.float32)
    targets = np.where(labels[:, None] == np.arange(classes), 1.0, -1.0)
    return found, labels, targets[:, 1:] if classes == 2 else targets


@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize(("rows", "features"), [(40, 90), (60, 60), (300, 12)])
def test_weights_bias_and_strength_are_those_of_scikit_learn(rows: int, features: int, classes: int) -> None:
    found, labels, targets = examples(rows, features, classes)
    theirs = RidgeClassifierCV(alphas=STRENGTHS).fit(found.astype(np.float64), labels)
    ours = fit_ridge(found.copy(), targets)
    assert ours.strength == pytest.approx(theirs.alpha_)
    np.testing.assert_allclose(ours.weights.T, theirs.coef_.reshape(len(ours.bias), -1), atol=1e-5)
    np.testing.assert_allclose(ours.bias, theirs.intercept_, atol=1e-4)


@pytest.mark.parametrize(("rows", "features"), [(30, 90), (90, 10)])
def test_an_example_that_counts_twice_is_as_good_as_two(rows: int, features: int) -> None:
    found, _, targets = examples(rows, features, 2)
    counts = np.where(np.arange(rows) % 3 == 0, 2.0, 1.0)
    twice = np.repeat(np.arange(rows), counts.astype(int))
    one = fit_ridge(found.copy(), targets, counts)
    other = RidgeClassifierCV(alphas=[one.strength]).fit(found[twice].astype(np.float64), targets[twice, 0] > 0)
    np.testing.assert_allclose(one.weights[:, 0], other.coef_.ravel(), atol=1e-5)
    np.testing.assert_allclose(one.bias, other.intercept_, atol=1e-4)


def test_features_that_say_nothing_do_no_harm() -> None:
    ours = fit_ridge(np.zeros((10, 3), np.float32), np.where(np.arange(10) < 8, 1.0, -1.0)[:, None])
    np.testing.assert_allclose(ours.weights, 0)
    np.testing.assert_allclose(ours.bias, 0.6)
