"""Fitting the bag of words: scikit-learn's TF-IDF and logistic regression, put into the Keras model."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from seqcore.architectures.bag_of_words import BagOfWordsOptions
from seqcore.kinds.text.ids import OOV_ID
from seqcore.layers.sequence import token_sizes
from seqcore.layers.terms import PAIRS
from seqcore.spec import TrainingOptions
from seqcore.worker.fit.regression import best_regression, regression_of
from seqcore.worker.prepare import PreparedData
from seqcore.worker.terms import count_terms, frequent_pairs


def with_terms(prepared: PreparedData, options: BagOfWordsOptions) -> PreparedData:
    """The same data with the pairs of neighbours that the options ask for; the model is built for as many."""
    if not options.pairs:
        return prepared
    sizes = prepared.sizes
    return replace(prepared, pairs=frequent_pairs(prepared.train, token_sizes(sizes).vocabulary, sizes.outputs))


def solve_bag_of_words(
    model: keras.Model, prepared: PreparedData, options: BagOfWordsOptions, training: TrainingOptions
) -> float:
    """Fit in place.

    Returns:
        The inverse strength of the regularisation that was used, C in scikit-learn.
    """
    vocabulary = token_sizes(prepared.sizes).vocabulary
    weighting = TfidfTransformer(sublinear_tf=options.sublinear)
    counts = count_terms(prepared.train, vocabulary, prepared.pairs)
    vectors = weighting.fit(counts).transform(counts, copy=False)
    with threadpool_limits(1):  # many threads on vectors this thin wait for each other
        if options.strength:
            regression = regression_of(options.strength, balanced=training.class_weights)
            regression.fit(vectors, prepared.train.labels)
        else:
            held_out = weighting.transform(count_terms(prepared.validation, vocabulary, prepared.pairs), copy=False)
            known, validated = prepared.train.labels, prepared.validation.labels
            regression = best_regression(vectors, known, held_out, validated, balanced=training.class_weights)
    _store(model, weighting.idf_, regression, prepared)
    return float(regression.C)


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
