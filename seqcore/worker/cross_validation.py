"""What a bag of words says of every text that it did not learn from, and how well it does on a test part."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from seqcore.datasets import LabelledData, Split
from seqcore.kinds import get_kind
from seqcore.kinds.sizes import TokenSizes
from seqcore.spec import InputOptions
from seqcore.worker.fit.regression import best_regression, regression_of
from seqcore.worker.prepare import Examples
from seqcore.worker.terms import count_terms, frequent_pairs

FOLDS = 5
Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


def out_of_fold(
    data: LabelledData, options: InputOptions, folds: Rows, told: Callable[[int, int], None]
) -> npt.NDArray[np.float32]:
    """The probability of every class for every example, by a model that learned from the other folds, (rows, classes).

    The words that are counted are those of all texts; the weights of a fold know none of its labels. A
    row of which no other fold has the class keeps its label.

    Args:
        data: The examples.
        options: How they become tokens.
        folds: Number of the fold of each row, see `folds_of`.
        told: Called after each fold with how many are done, and how many there are.
    """
    encoder, arrays = get_kind(data.kind).fit_encode(data.examples, options)
    codes, count = data.codes(), int(folds.max()) + 1
    counts = _counts(Examples(arrays, codes, encoder), encoder.sizes, len(data.classes))
    probabilities = np.zeros((len(data), len(data.classes)), np.float32)
    probabilities[np.arange(len(data)), codes] = 1  # of a class that the others do not have nothing can be said
    strength = 0.0
    for fold in range(count):
        inside, outside = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        judged = inside[np.isin(codes[inside], codes[outside])]
        if len(judged) and len(np.unique(codes[outside])) > 1:
            regression, asked = _fitted(counts[outside], codes[outside], counts[judged], codes[judged], strength)
            strength = float(regression.C)
            probabilities[judged] = 0
            probabilities[np.ix_(judged, regression.classes_)] = regression.predict_proba(asked)
        told(fold + 1, count)
    return probabilities


def _fitted(
    counts: csr_matrix, codes: Codes, asked: csr_matrix, truth: Codes, strength: float
) -> tuple[LogisticRegression, csr_matrix]:
    """The regression of one fold, and what it is asked as it reads it; a strength of 0 is chosen on the latter."""
    weighting = TfidfTransformer(sublinear_tf=True).fit(counts)
    learned, vectors = weighting.transform(counts), weighting.transform(asked)
    with threadpool_limits(1):
        if strength:
            return regression_of(strength).fit(learned, codes), vectors
        return best_regression(learned, codes, vectors, truth), vectors


def folds_of(codes: npt.NDArray[np.int32], groups: Rows, seed: int = 0) -> Rows:
    """Number of the fold of each row: every class in every fold, no group in two of them.

    Args:
        codes: Class of each row.
        groups: Group of each row, such as that of its twins, of which one would give the other away.
        seed: Shuffles the groups.
    """
    owners, place = np.unique(groups, return_inverse=True)
    first = np.full(len(owners), len(codes))
    np.minimum.at(first, place, np.arange(len(codes)))
    shuffled = np.random.default_rng(seed).permutation(len(owners))
    by_class = shuffled[np.argsort(codes[first[shuffled]], kind="stable")]
    fold = np.zeros(len(owners), np.int64)
    fold[by_class] = np.arange(len(owners)) % min(FOLDS, len(owners))
    return fold[place]


def answers_on_test(
    data: LabelledData, options: InputOptions, split: Split, without: Callable[[str], str] | None = None
) -> npt.NDArray[np.int64]:
    """The class that the app's bag of words gives every test row, learned from the training rows, (test rows,).

    Args:
        data: The examples.
        options: How they become tokens.
        split: Rows of each part; the strength is chosen on the validation rows.
        without: Takes something out of every text beforehand.
    """
    taken = without or (lambda text: text)
    codes = data.codes()
    kind = get_kind(data.kind)
    encoder, arrays = kind.fit_encode([taken(data.examples[row]) for row in split.train], options)
    train = Examples(arrays, codes[split.train], encoder)
    vocabulary, pairs = _vocabulary(encoder.sizes), frequent_pairs(train, _vocabulary(encoder.sizes), len(data.classes))

    def counted(rows: Rows) -> csr_matrix:
        texts = encoder.encode([taken(data.examples[row]) for row in rows])
        return count_terms(Examples(texts, codes[rows], encoder), vocabulary, pairs)

    weighting = TfidfTransformer(sublinear_tf=True)
    learned = weighting.fit_transform(count_terms(train, vocabulary, pairs))
    validation, test = weighting.transform(counted(split.validation)), weighting.transform(counted(split.test))
    with threadpool_limits(1):
        regression = best_regression(learned, train.labels, validation, codes[split.validation])
    return np.asarray(regression.classes_[regression.predict_proba(test).argmax(axis=1)], np.int64)


def _counts(examples: Examples, sizes: object, classes: int) -> csr_matrix:
    vocabulary = _vocabulary(sizes)
    return count_terms(examples, vocabulary, frequent_pairs(examples, vocabulary, classes))


def _vocabulary(sizes: object) -> int:
    if not isinstance(sizes, TokenSizes):
        raise TypeError("only tokens can be counted")
    return sizes.vocabulary
