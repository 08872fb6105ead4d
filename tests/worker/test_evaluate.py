"""Answers of very many texts are those of each of them."""

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from seqcore.worker.evaluate import mean_loss_and_accuracy, to_probabilities

ROWS = 10_001  # of several parts, the last of them not full


def drawn(outputs: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Logits, the same of every class, and labels."""
    rng = np.random.default_rng(outputs)
    logits = rng.normal(size=(ROWS, outputs)).astype(np.float32) * 5
    every = logits.astype(np.float64)
    every = every if outputs > 1 else np.hstack([np.zeros_like(every), every])
    return logits, every, rng.integers(every.shape[1], size=ROWS)


@pytest.mark.parametrize("outputs", [1, 2, 7, 40])
def test_probabilities_of_very_many_texts_are_their_softmax(outputs):
    logits, every, _ = drawn(outputs)
    np.testing.assert_array_equal(to_probabilities(logits), softmax(every, axis=1))


@pytest.mark.parametrize("outputs", [1, 2, 7, 40])
def test_the_loss_of_very_many_texts_is_their_mean(outputs):
    logits, every, labels = drawn(outputs)
    loss, accuracy = mean_loss_and_accuracy(logits, labels)
    assert loss == -log_softmax(every, axis=1)[np.arange(ROWS), labels].mean()
    assert accuracy == (every.argmax(axis=1) == labels).mean()


@pytest.mark.parametrize("outputs", [1, 3])
def test_of_no_text_there_are_no_probabilities(outputs):
    assert to_probabilities(np.zeros((0, outputs), np.float32)).shape == (0, max(2, outputs))
