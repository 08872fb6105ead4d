from __future__ import annotations

import numpy as np

from seqcore.analysis.xray.label_doubts import doubtful_labels


def test_a_confident_other_class_is_suggested_and_the_surest_comes_first() -> None:
    codes = np.array([0, 0, 0, 1, 1, 1])
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.3, 0.7], [0.2, 0.8], [0.99, 0.01]])
    found = doubtful_labels(codes, probabilities)
    assert [(doubt.row, doubt.suggested) for doubt in found] == [(5, 0), (2, 1)]
    np.testing.assert_allclose([doubt.score for doubt in found], [0.98, 0.8])


def test_no_more_rows_are_doubted_than_are_confidently_of_another_class() -> None:
    codes = np.array([0, 0, 1, 1])
    probabilities = np.array([[0.95, 0.05], [0.45, 0.55], [0.1, 0.9], [0.1, 0.9]])
    assert doubtful_labels(codes, probabilities) == []  # 0.55 is less than the class has on average, 0.9


def test_a_class_without_rows_is_suggested_to_nobody() -> None:
    codes = np.array([0, 0, 1, 1])
    probabilities = np.array([[0.6, 0.4, 0.0], [0.1, 0.1, 0.8], [0.2, 0.8, 0.0], [0.1, 0.9, 0.0]])
    assert all(doubt.suggested != 2 for doubt in doubtful_labels(codes, probabilities))


def test_flipped_labels_are_the_ones_found_when_the_classes_are_easy() -> None:
    drawn = np.random.default_rng(0)
    truth = drawn.integers(0, 3, 600)
    probabilities = np.full((600, 3), 0.05)
    probabilities[np.arange(600), truth] = 0.9
    flipped = drawn.permutation(600)[:30]
    labels = truth.copy()
    labels[flipped] = (labels[flipped] + 1) % 3
    assert {doubt.row for doubt in doubtful_labels(labels, probabilities)} == set(flipped.tolist())
