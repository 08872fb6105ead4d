"""The linear model of the bag of words: scikit-learn's logistic regression, its strength chosen on other texts."""

from __future__ import annotations

import math

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

MOST_ITERATIONS = 1000
STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
_WORSE_IN_A_ROW = 2  # after so many strengths that did not help, stronger ones do not either


def regression_of(strength: float, *, balanced: bool = False) -> LogisticRegression:
    """An unfitted regression.

    Args:
        strength: Inverse of the regularisation, C in scikit-learn.
        balanced: Whether rare classes count as much as common ones.
    """
    return LogisticRegression(
        C=strength, solver="newton-cg", max_iter=MOST_ITERATIONS, class_weight="balanced" if balanced else None
    )


def best_regression(
    vectors: csr_matrix,
    labels: np.ndarray,
    held_out: csr_matrix,
    held_out_labels: np.ndarray,
    *,
    balanced: bool = False,
) -> LogisticRegression:
    """The regression whose strength costs least on other texts; each begins where the one before ended.

    Args:
        vectors: (texts, terms) of the texts to learn from.
        labels: Their classes.
        held_out: (others, terms) of the texts that the strength is chosen on.
        held_out_labels: Their classes.
        balanced: Whether rare classes count as much as common ones.
    """
    best, least, worse = regression_of(STRENGTHS[0], balanced=balanced), math.inf, 0
    begun = None
    for strength in STRENGTHS:
        regression = regression_of(strength, balanced=balanced)
        if begun is not None:
            regression.set_params(warm_start=True)
            regression.coef_, regression.intercept_ = begun
            regression.classes_ = best.classes_
        regression.fit(vectors, labels)
        begun = regression.coef_.copy(), regression.intercept_.copy()
        loss = _mean_loss(regression, held_out, held_out_labels)
        worse = 0 if loss < least else worse + 1
        if loss < least:
            best, least = regression, loss
        if worse >= _WORSE_IN_A_ROW:
            break
    return best


def _mean_loss(regression: LogisticRegression, vectors: csr_matrix, labels: np.ndarray) -> float:
    """Mean cross-entropy in nats; of a class that no training row has, the fit says nothing."""
    known = np.isin(labels, regression.classes_)
    if not known.any():
        return 0.0
    answers = regression.predict_log_proba(vectors if known.all() else vectors[np.flatnonzero(known)])
    return float(-answers[np.arange(known.sum()), np.searchsorted(regression.classes_, labels[known])].mean())
