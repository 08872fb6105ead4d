import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.kinds import TokenSizes
from seqcore.layers.sentences import sentences_of
from seqcore.layers.sequence import sequence_input
from seqcore.worker.models.build import attention_outputs, build_model

SIZES = Sizes(TokenSizes(vocabulary=20, longest=12, ends=2), classes=2)  # 2 and 3 end a sentence


def lengths_of_sentences(ids, longest=5):
    inputs, sequence = sequence_input(SIZES)
    found = sentences_of(sequence, longest)
    model = keras.Model(inputs, [found.words, found.places, found.real])
    words, _, real = (np.asarray(each) for each in model(np.array(ids)))
    return words.sum(axis=1).tolist(), real.sum(axis=1).tolist()


@pytest.mark.parametrize(
    ("ids", "words", "sentences"),
    [
        ([[9, 8, 2, 7, 6, 3, 5]], [3, 3, 1], [3]),
        ([[9, 2, 2, 3, 7]], [4, 1], [2]),  # several marks end one sentence
        ([[2, 9, 8]], [1, 2], [2]),
        ([[9] * 12], [5, 5, 2], [3]),  # no marks: pieces of the longest that a sentence may be
        ([[9, 8, 2, 0, 0], [7, 2, 6, 2, 5]], [3, 2, 2, 1], [1, 3]),
        ([[9, 2], [0, 0]], [2, 0], [1, 1]),
        ([[4]], [1], [1]),
    ],
)
def test_a_sentence_ends_after_its_marks(ids, words, sentences):
    assert lengths_of_sentences(ids) == (words, sentences)


def small():
    architecture = get_architecture("hierarchical_attention")
    options = architecture.validate_options({"embedding_size": 4, "units": 3, "sentence_words": 5})
    model = build_model(architecture, SIZES, options)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    return architecture, model


def test_weights_of_words_and_sentences_belong_to_their_steps():
    architecture, model = small()
    look = keras.Model(
        model.input,
        [
            *attention_outputs(model, architecture),
            model.get_layer("word_weights").output,
            model.get_layer("sentence_weights").output,
        ],
    )
    ids = np.array([[9, 8, 2, 7, 6, 3, 5], [4, 2, 6, 0, 0, 0, 0]])
    shares, weights, numbers, of_words, of_sentences = (np.asarray(each) for each in look(ids))
    assert numbers[0].tolist() == [0, 0, 0, 1, 1, 1, 2]
    np.testing.assert_allclose(shares[0, :3], of_words[0, :3] * of_sentences[0, 0], rtol=1e-5)
    np.testing.assert_allclose(shares[0, 6], of_sentences[0, 2], rtol=1e-5)
    np.testing.assert_allclose(shares[1, :2], of_words[3, :2] * of_sentences[1, 0], rtol=1e-5)
    np.testing.assert_allclose(weights[1, :3], of_sentences[1, [0, 0, 1]], rtol=1e-5)
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert (shares[1, 3:] == 0).all()


def test_what_stands_beside_a_text_in_its_batch_changes_nothing():
    _, model = small()
    one = np.array([[9, 8, 2, 7, 6]])
    beside = np.array([[9, 8, 2, 7, 6, 0, 0, 0], [9, 9, 9, 9, 9, 9, 9, 2]])
    np.testing.assert_allclose(np.asarray(model(beside))[0], np.asarray(model(one))[0], atol=1e-6)
