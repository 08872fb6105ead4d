"""fastText against the mean of its definition in NumPy, and what its n-grams know."""

import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.kinds import TokenSizes
from seqcore.worker.models.build import build_model, logits_of

FASTTEXT = get_architecture("fasttext")
SIZES = Sizes(TokenSizes(20, 30), 3)


def random_model(**values: int) -> keras.Model:
    model = build_model(FASTTEXT, SIZES, FASTTEXT.validate_options({"embedding_size": 4, "buckets": 100, **values}))
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    return model


def by_definition(model: keras.Model, longest: int, tokens: list[int]) -> np.ndarray:
    """Logits of one example: each n-gram looked up on its own, in Python's whole numbers."""
    words = model.get_layer("embedding").get_weights()[0]
    found = [words[token] for token in tokens]
    for n in range(2, longest + 1):
        for first in range(len(tokens) - n + 1):
            hashed = tokens[first]
            for token in tokens[first + 1 : first + n]:
                hashed = (hashed * 116_049_371 + token) % (2**31 - 1)
            found.append(model.get_layer("ngrams").get_weights()[0][hashed % 100])
    kernel, bias = model.get_layer("logits").get_weights()
    return np.mean(found, axis=0) @ kernel + bias


@pytest.mark.parametrize("longest", [1, 2, 5])
def test_answers_are_the_mean_of_words_and_ngrams(longest: int) -> None:
    model = random_model(ngrams=longest)
    rng = np.random.default_rng(1)
    for width in (9, 1):  # also fewer steps than an n-gram has
        examples = [rng.integers(1, 20, length).tolist() for length in (1, 2, 3, 9) if length <= width]
        batch = np.zeros((len(examples), width), np.int32)
        for row, tokens in enumerate(examples):
            batch[row, : len(tokens)] = tokens
        expected = [by_definition(model, longest, tokens) for tokens in examples]
        np.testing.assert_allclose(logits_of(model)(batch), expected, atol=1e-5)


def test_the_order_of_two_words_counts_with_pairs_only() -> None:
    there, back = np.array([[3, 7]], np.int32), np.array([[7, 3]], np.int32)
    alone, pairs = logits_of(random_model(ngrams=1)), logits_of(random_model(ngrams=2))
    np.testing.assert_allclose(alone(there), alone(back), atol=1e-6)
    assert np.abs(pairs(there) - pairs(back)).max() > 0.01
