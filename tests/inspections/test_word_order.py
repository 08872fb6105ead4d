"""Words are shuffled: a model without order loses exactly nothing, one that needs the order falls to chance."""

from types import SimpleNamespace

import numpy as np
import pytest

from seqcore.architectures import get_architecture
from seqcore.inspections import get_inspection
from seqcore.inspections.word_order import WordOrderRequest, word_order

WORDS = np.array(["air", "brook", "cloud", "dew"])
RNG = np.random.default_rng(0)


def model_that(answers, texts, labels):
    """As an inspection meets a model; `answers` gives the class of one text's ids."""
    encoder = SimpleNamespace(encode=lambda texts: [np.array([ord(w[0]) for w in text.split()]) for text in texts])
    return SimpleNamespace(
        encoder=encoder,
        answers=lambda encoded: np.array([answers(ids) for ids in encoded]),
        tested=lambda: (texts, np.array(labels)),
    )


def texts_of(words: int, number: int = 600) -> list[str]:
    return [" ".join(RNG.permutation(WORDS)[:words]) for _ in range(number)]


def test_a_model_that_only_counts_words_loses_exactly_nothing():
    texts = [" ".join(RNG.choice(WORDS, size=RNG.integers(0, 9))) for _ in range(200)]
    labels = [int(text.count("air") > text.count("dew")) for text in texts]
    found = word_order(model_that(lambda ids: int((ids == ord("a")).sum() > 1), texts, labels), WordOrderRequest())
    assert (found.lost, found.interval, found.changed) == (0, (0, 0), 0)
    assert found.shuffled == (found.accuracy,) * 5


def test_a_planted_task_of_order_falls_to_chance():
    texts = texts_of(2)
    labels = [int(text.split()[0] < text.split()[1]) for text in texts]
    found = word_order(model_that(lambda ids: int(ids[0] < ids[1]), texts, labels), WordOrderRequest(shuffles=10))
    assert found.accuracy == 1
    assert np.mean(found.shuffled) == pytest.approx(0.5, abs=0.05)
    assert found.interval[0] > 0.4
    assert "uses the order" in found.sentence


def test_who_asks_again_gets_the_same_numbers():
    texts = texts_of(3)
    model = model_that(lambda ids: int(ids[0] < ids[-1]), texts, [0, 1] * 300)
    first, second = (word_order(model, WordOrderRequest()) for _ in range(2))
    assert first.model_dump(mode="json") == second.model_dump(mode="json")
    np.testing.assert_array_equal(first.losses, second.losses)


def test_what_is_lost_on_each_text_stays_out_of_the_json():
    texts = texts_of(3)
    found = word_order(model_that(lambda ids: int(ids[0] < ids[-1]), texts, [0, 1] * 300), WordOrderRequest())
    assert found.losses.shape == (600,)
    assert found.losses.mean() == pytest.approx(found.lost)
    assert "losses" not in found.model_dump(mode="json")


def test_of_many_texts_so_many_are_asked_about_as_were_asked_for():
    model = model_that(lambda ids: 0, texts_of(3), [0, 1] * 300)
    found = word_order(model, WordOrderRequest(most=100, shuffles=2))
    assert (found.texts, len(found.shuffled)) == (100, 2)
    assert found.accuracy != 0.5  # drawn, not the first, of which every other one is right


def test_only_models_of_text_can_be_asked():
    assert get_inspection("word_order").applies_to(get_architecture("rnn"), "waves") is not None
