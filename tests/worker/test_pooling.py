import numpy as np
import pytest

from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.evaluate import to_probabilities
from seqcore.worker.pooling import pooled
from seqcore.worker.prepare import Examples

OWNERS = np.array([0, 0, 0, 1, 2, 2])


@pytest.mark.parametrize("outputs", [1, 3])
def test_the_mean_is_that_of_the_probabilities(outputs):
    logits = np.random.default_rng(0).normal(size=(6, outputs)).astype(np.float32) * 3
    windows, found = to_probabilities(logits), to_probabilities(pooled(logits, OWNERS, "mean"))
    np.testing.assert_allclose(found[0], windows[:3].mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(found[2], windows[4:].mean(axis=0), atol=1e-6)


@pytest.mark.parametrize("outputs", [1, 3])
def test_the_surest_window_answers_for_the_text(outputs):
    logits = np.random.default_rng(1).normal(size=(6, outputs)).astype(np.float32)
    found, windows = pooled(logits, OWNERS, "largest"), to_probabilities(logits)
    np.testing.assert_array_equal(found[0], logits[windows[:3].max(axis=1).argmax()])


@pytest.mark.parametrize("pooling", ["mean", "largest"])
def test_a_text_of_one_window_keeps_its_logits_to_the_last_bit(pooling):
    logits = np.random.default_rng(2).normal(size=(6, 1)).astype(np.float32)
    np.testing.assert_array_equal(pooled(logits, OWNERS, pooling)[1], logits[3])
    assert pooled(logits, np.arange(6), pooling) is logits


def test_certain_windows_do_not_become_what_is_no_number():
    found = pooled(np.array([[900.0], [-900.0]], np.float32), np.array([0, 0]), "mean")
    np.testing.assert_allclose(to_probabilities(found), [[0.5, 0.5]])


def test_windows_are_counted_as_texts_and_learned_from_one_by_one():
    encoder = TextEncoder.fit(["a b c d e f", "a b"], TextOptions(max_length=3, windows="mean", window_overlap=0.0))
    texts = Examples(encoder.encode(["a b c d e f g", "a b", ""]), np.array([1, 0, 1]), encoder)
    windows = texts.windows()
    assert len(texts) == 3
    assert windows.owners.tolist() == [0, 0, 0, 1, 2]
    assert windows.examples.labels.tolist() == [1, 1, 1, 0, 1]
    assert windows.examples.lengths.tolist() == [3, 3, 3, 2, 1]
    whole = texts.arrays()[0]
    np.testing.assert_array_equal(windows.examples.batch(np.array([2]))[0][0], whole[4:7])
    assert windows.examples.windows().examples is windows.examples


def test_without_windows_the_examples_are_what_is_learned_from():
    encoder = TextEncoder.fit(["a b c d e f"], TextOptions(max_length=3))
    texts = Examples(encoder.encode(["a b c d e f", "a"]), np.array([1, 0]), encoder)
    assert texts.windows().examples is texts
