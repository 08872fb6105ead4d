from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.pipeline import build_normalizer
from seqcore.worker.prepare import Examples
from tests.kinds.text.texts import corpora, texts


@pytest.fixture(scope="module")
def keras():
    import tensorflow as tf

    return tf.keras.preprocessing


def notebook(size: int = 1000) -> TextOptions:
    return TextOptions(tokenizer="keras", vocabulary_size=size, min_count=1, max_length=0)


@settings(deadline=None, max_examples=150)
@given(corpora, corpora, st.sampled_from([10, 12, 1000]))
@example(["The film was GOOD, good!", "a bad film"], ["a good unseen film"], 10)
@example(["ΟΔΟΣ ΑΣ.Α ΣΣ", "İI ıi ß\u00a0\r x"], ["Σ"], 1000)
@example([""], ["anything"], 1000)
def test_words_and_ids_are_those_of_keras(keras, training, others, size):
    theirs = keras.text.Tokenizer(num_words=size, oov_token="<OOV>")
    theirs.fit_on_texts(training)
    ours = TextEncoder.fit(training, notebook(size))

    in_use = {word: rank for word, rank in theirs.word_index.items() if rank < size}
    assert {word: rank for word, rank in ours.vocabulary.items() if word != "<PAD>"} == in_use
    expected = theirs.texts_to_sequences(training)
    assert [ids.tolist() for ids in ours.encode(training)] == expected
    longest = max(map(len, expected))
    assert [ids.tolist() for ids in ours.encode(others)] == [
        ids[: max(longest, 1)] for ids in theirs.texts_to_sequences(others)
    ]


def batch_of_all(encoder: TextEncoder, training: list[str]) -> np.ndarray:
    """The batch that training would make of all texts at once."""
    examples = Examples(encoder.encode(training), np.zeros(len(training), np.int32), encoder)
    return examples.batch(np.arange(len(training)))[0]


@settings(deadline=None, max_examples=50)
@given(corpora)
def test_a_batch_of_all_texts_is_the_padded_matrix_of_keras(keras, training):
    theirs = keras.text.Tokenizer(num_words=1000, oov_token="<OOV>")
    theirs.fit_on_texts(training)
    sequences = [ids or [1] for ids in theirs.texts_to_sequences(training)]  # we show the model OOV for an empty text
    expected = keras.sequence.pad_sequences(sequences, padding="post")
    ours = TextEncoder.fit(training, notebook())
    np.testing.assert_array_equal(batch_of_all(ours, training), expected)


@settings(deadline=None)
@given(texts)
def test_lower_case_is_python_s(text):
    assert build_normalizer(notebook()).normalize_str(text) == text.lower()


def test_every_character_python_knows_is_lowered_as_python_does():
    normalizer = build_normalizer(notebook())
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    different = [character for character in known if normalizer.normalize_str(character) != character.lower()]
    assert different == []


def test_five_short_reviews_as_in_the_notebook(keras):
    reviews = [
        "I loved this movie, it was great!",
        "Terrible film. I hated it",
        "Great acting & a great story",
        "not the triumph they promised",
        "It was OK… it wasn't great",
    ]
    theirs = keras.text.Tokenizer(num_words=1000, oov_token="<OOV>")
    theirs.fit_on_texts(reviews)
    expected = keras.sequence.pad_sequences(theirs.texts_to_sequences(reviews), padding="post")
    encoder = TextEncoder.fit(reviews, notebook())
    np.testing.assert_array_equal(batch_of_all(encoder, reviews), expected)
    assert encoder.longest == expected.shape[1]
