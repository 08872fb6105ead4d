"""Fitting the bag of words: scikit-learn's TF-IDF and logistic regression, put into the Keras model."""

from __future__ import annotations

import keras
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from seqcore.architectures.bag_of_words import BagOfWordsOptions
from seqcore.layers.sequence import token_sizes
from seqcore.spec import TrainingOptions
from seqcore.worker.evaluate import Scorer, mean_loss_and_accuracy
from seqcore.worker.fit.observer import Batch, Epoch, Observers
from seqcore.worker.prepare import Examples, PreparedData

MOST_ITERATIONS = 1000


def fit_bag_of_words(
    model: keras.Model,
    scorer: Scorer,
    prepared: PreparedData,
    options: BagOfWordsOptions,
    training: TrainingOptions,
    observers: Observers,
) -> int:
    """Fit in place; observed as a single epoch of a single batch.

    Returns:
        1, the epochs it took.
    """
    observers.training_begins()
    counts = count_tokens(prepared.train, token_sizes(prepared.sizes).vocabulary)
    frequencies = TfidfTransformer().fit(counts)
    regression = LogisticRegression(
        C=options.strength,
        max_iter=MOST_ITERATIONS,
        class_weight="balanced" if training.class_weights else None,
    ).fit(frequencies.transform(counts), prepared.train.labels)
    _store(model, frequencies.idf_, regression, prepared)
    train, validation = prepared.train, prepared.validation
    loss, accuracy = mean_loss_and_accuracy(scorer.logits(train), train.labels)
    observers.batch_ends(Batch(loss * len(train), accuracy * len(train), len(train), 1.0))
    observers.epoch_ends(Epoch(1, *mean_loss_and_accuracy(scorer.logits(validation), validation.labels)))
    observers.training_ends()
    return 1


def count_tokens(texts: Examples, vocabulary: int) -> csr_matrix:
    """How often every id stands in every text: `(texts, vocabulary)`, sparse."""
    flat, starts = texts.flat_with_starts()
    shape = (len(texts), vocabulary)
    # A copy, because sums are made in place and the ids belong to the next runs as well.
    counts = csr_matrix((np.ones(len(flat)), flat, np.append(starts, len(flat))), shape=shape, copy=True)
    counts.sum_duplicates()
    return counts


def _store(model: keras.Model, idf: np.ndarray, regression: LogisticRegression, prepared: PreparedData) -> None:
    """Put the fitted numbers into the model's tables; a class without training rows can never be answered."""
    sizes = prepared.sizes
    weights = np.zeros((token_sizes(sizes).vocabulary, sizes.outputs), np.float32)
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
    model.get_layer("idf").set_weights([idf.reshape(-1, 1)])
    model.get_layer("word_weights").set_weights([weights])
    model.get_layer("bias").set_weights([bias])
