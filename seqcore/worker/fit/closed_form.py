"""Fitting the bag of words: scikit-learn's TF-IDF and logistic regression, put into the Keras model."""

from __future__ import annotations

import math
from dataclasses import replace

import keras
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from seqcore.architectures.bag_of_words import BagOfWordsOptions
from seqcore.kinds.text.ids import OOV_ID
from seqcore.layers.sequence import token_sizes
from seqcore.layers.terms import PAIRS
from seqcore.spec import TrainingOptions
from seqcore.worker.evaluate import Scorer, mean_loss_and_accuracy
from seqcore.worker.fit.observer import Batch, Epoch, Observers
from seqcore.worker.prepare import PreparedData
from seqcore.worker.terms import count_terms, frequent_pairs

MOST_ITERATIONS = 1000
STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
_WORSE_IN_A_ROW = 2  # after so many strengths that did not help, stronger ones do not either


def with_terms(prepared: PreparedData, options: BagOfWordsOptions) -> PreparedData:
    """The same data with the pairs of neighbours that the options ask for; the model is built for as many."""
    if not options.pairs:
        return prepared
    sizes = prepared.sizes
    return replace(prepared, pairs=frequent_pairs(prepared.train, token_sizes(sizes).vocabulary, sizes.outputs))


def fit_bag_of_words(
    model: keras.Model,
    scorer: Scorer,
    prepared: PreparedData,
    options: BagOfWordsOptions,
    training: TrainingOptions,
    observers: Observers,
) -> float:
    """Fit in place; observed as a single epoch of a single batch.

    Returns:
        The inverse strength of the regularisation that was used, C in scikit-learn.
    """
    observers.training_begins()
    vocabulary = token_sizes(prepared.sizes).vocabulary
    weighting = TfidfTransformer(sublinear_tf=options.sublinear)
    counts = count_terms(prepared.train, vocabulary, prepared.pairs)
    vectors = weighting.fit(counts).transform(counts, copy=False)
    with threadpool_limits(1):  # many threads on vectors this thin wait for each other
        if options.strength:
            regression = _regression(options.strength, training).fit(vectors, prepared.train.labels)
        else:
            held_out = weighting.transform(count_terms(prepared.validation, vocabulary, prepared.pairs), copy=False)
            regression = _best_on(held_out, prepared, vectors, training)
    _store(model, weighting.idf_, regression, prepared)
    train, validation = prepared.train, prepared.validation
    loss, accuracy = mean_loss_and_accuracy(scorer.logits(train), train.labels)
    observers.batch_ends(Batch(loss * len(train), accuracy * len(train), len(train), 1.0))
    observers.epoch_ends(Epoch(1, *mean_loss_and_accuracy(scorer.logits(validation), validation.labels)))
    observers.training_ends()
    return float(regression.C)


def _regression(strength: float, training: TrainingOptions) -> LogisticRegression:
    return LogisticRegression(
        C=strength,
        solver="newton-cg",
        max_iter=MOST_ITERATIONS,
        class_weight="balanced" if training.class_weights else None,
    )


def _best_on(
    held_out: csr_matrix,
    prepared: PreparedData,
    vectors: csr_matrix,
    training: TrainingOptions,
) -> LogisticRegression:
    """The regression whose strength costs least on the validation texts; each begins where the one before ended."""
    best, least, worse = _regression(STRENGTHS[0], training), math.inf, 0
    begun = None
    for strength in STRENGTHS:
        regression = _regression(strength, training)
        if begun is not None:
            regression.set_params(warm_start=True)
            regression.coef_, regression.intercept_ = begun
            regression.classes_ = best.classes_
        regression.fit(vectors, prepared.train.labels)
        begun = regression.coef_.copy(), regression.intercept_.copy()
        loss = _mean_loss(regression, held_out, prepared.validation.labels)
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
    answers = regression.predict_log_proba(vectors[np.flatnonzero(known)])
    return float(-answers[np.arange(known.sum()), np.searchsorted(regression.classes_, labels[known])].mean())


def _store(model: keras.Model, idf: np.ndarray, regression: LogisticRegression, prepared: PreparedData) -> None:
    """Put the fitted numbers into the model's tables; a class without training rows can never be answered."""
    sizes = prepared.sizes
    weights = np.zeros((regression.coef_.shape[1], sizes.outputs), np.float32)
    bias = np.full((1, sizes.outputs), 0.0 if sizes.outputs == 1 else -1e4, np.float32)
    if sizes.outputs == 1:
        columns = [0]
        coefficients, intercept = regression.coef_, regression.intercept_
    elif len(regression.classes_) == 2:  # of several classes only two have training rows
        columns = list(regression.classes_)
        coefficients = np.vstack([np.zeros_like(regression.coef_), regression.coef_])
        intercept = np.append(0.0, regression.intercept_)
    else:
        columns = list(regression.classes_)
        coefficients, intercept = regression.coef_, regression.intercept_
    weights[:, columns] = coefficients.T
    bias[0, columns] = intercept
    idf = np.where(np.arange(len(idf)) == OOV_ID, 0.0, idf)  # unknown words say nothing, and make no text longer
    model.get_layer("idf").set_weights([idf.reshape(-1, 1)])
    model.get_layer("term_weights").set_weights([weights])
    model.get_layer("bias").set_weights([bias])
    if prepared.pairs is not None and len(prepared.pairs):
        model.get_layer(PAIRS).set_weights([prepared.pairs.reshape(-1, 1)])
