"""Word vectors that are learned from the training texts alone: what they say, and that they can be repeated."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.kinds.text import TextEncoder, TextOptions
from seqcore.store import RunState
from seqcore.worker.first_vectors import FIRST_VECTORS, from_bytes
from seqcore.worker.own_vectors import own_vectors
from seqcore.worker.runtime.finished_model import load_finished
from tests.worker.conftest import labelled

DAYS, FRUITS = ("monday", "autumn", "easter"), ("apple", "cherry", "melon")
METHODS = ("word2vec", "fasttext")


def learned(method, seed: int = 0):
    """Of texts in which days stand among other words than fruits."""
    rng, texts = np.random.default_rng(1), []
    for number in range(1500):
        words, around = (DAYS, ("meet", "late", "office")) if number % 2 else (FRUITS, ("eat", "ripe", "sweet"))
        texts.append(" ".join([str(rng.choice(around)), str(rng.choice(words)), str(rng.choice(around))]))
    encoder, ids = TextEncoder.fit_encode(texts, TextOptions())
    return own_vectors(ids, encoder, method, 16, seed)


@pytest.mark.parametrize("method", METHODS)
def test_words_of_the_same_company_get_similar_vectors(method: str) -> None:
    found = learned(method)
    assert found.values.shape == (len(found.words), 16) and set(found.words) >= {*DAYS, *FRUITS}
    unit = found.values / np.linalg.norm(found.values, axis=1, keepdims=True)
    days, fruits = (unit[[found.rows[word] for word in words]] for words in (DAYS, FRUITS))
    assert min((days @ days.T).min(), (fruits @ fruits.T).min()) > (days @ fruits.T).max()


@pytest.mark.parametrize("method", METHODS)
def test_the_same_texts_and_seed_give_the_same_vectors(method: str) -> None:
    first = learned(method)
    assert first.content_hash == learned(method).content_hash != learned(method, seed=1).content_hash


@pytest.mark.parametrize("training", ["tuned", "frozen"])
def test_a_run_begins_with_those_of_its_training_texts(store, carry_out, training: str) -> None:
    text = {"word_vectors": "word2vec", "vectors_training": training}
    run = carry_out("lstm", text=text)
    assert (run.state, run.message) == (RunState.FINISHED, "")
    model, first = load_finished(store, run.id), from_bytes(store.artifacts.read(run.id, FIRST_VECTORS))
    assert first.shape == (model.encoder.size, 4)
    np.testing.assert_array_equal(model.vectors.first_of_words, first)
    assert np.array_equal(model.vectors.of_words(), first) == (training == "frozen")
    assert carry_out("lstm", text=text).results["validation"] == run.results["validation"]


def test_a_word_of_the_test_texts_alone_has_no_vector(store, carry_out) -> None:
    run = carry_out("lstm", text={"word_vectors": "word2vec"}, data=labelled(("1", "2")))
    known = load_finished(store, run.id).encoder.vocabulary
    assert sum(f"number{number}" in known for number in range(80)) < 80
