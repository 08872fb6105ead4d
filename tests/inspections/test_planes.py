"""Words and texts in a plane, and neighbours of a word: on models whose vectors are planted."""

from __future__ import annotations

import json

import numpy as np
import pytest

from seqcore.architectures import architectures
from seqcore.inspections.neighbours import NeighboursRequest, neighbours
from seqcore.inspections.text_plane import TextPlaneRequest, text_plane
from seqcore.inspections.word_plane import WordPlaneRequest, most_points, word_plane
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.runtime.finished_model import FinishedModel
from seqcore.worker.runtime.vectors import Vectors
from tests.inspections.tiny_models import CLASSES, TESTED, fresh_model

NEURAL = [each.name for each in architectures() if each.fit == "gradient"]
PLANTED = {"warm": (1, 0, 0, 0), "lovely": (2, 0.2, 0, 0), "cold": (-1, 0, 0, 0), "film": (0, 1, 0, 0)}


def planted(name: str = "rnn", first: dict[str, tuple[float, ...]] | None = None) -> FinishedModel:
    """A model of its own whose words have these vectors; before training, where `first` is given, those."""
    model = fresh_model.__wrapped__(name, CLASSES)
    of_word = model.encoder.vocabulary

    def table(vectors: dict[str, tuple[float, ...]]) -> np.ndarray:
        found = np.full((len(of_word), 4), 0.001)
        for word, vector in vectors.items():
            found[of_word[word]] = vector
        return found

    model.model.get_layer("embedding").set_weights([table(PLANTED)])
    if first is not None:
        before = fresh_model.__wrapped__(name, CLASSES).model
        before.get_layer("embedding").set_weights([table(first)])
        model.vectors = Vectors(model.model, model._footprint, model.encoder, lambda: before)
    return model


@pytest.mark.parametrize("name", NEURAL)
@pytest.mark.parametrize("classes", [CLASSES, CLASSES[:2]], ids=["three classes", "two classes"])
def test_the_vector_before_the_head_times_its_weights_is_the_logits(name: str, classes: tuple[str, ...]):
    model = fresh_model(name, classes)
    encoded = model.encoder.encode(["a warm film", "", "cold and UNSEEN", "a warm and lovely film"])
    kernel, bias = model.model.get_layer("logits").get_weights()
    vectors = model.vectors.of_texts(encoded)
    np.testing.assert_allclose(vectors @ kernel + bias, model.logits(encoded), atol=1e-5)
    np.testing.assert_array_equal(model.vectors.answers_by(vectors), model.answers(encoded))


def test_words_in_most_test_texts_come_first_and_stand_in_as_many_as_are_told():
    found = word_plane(fresh_model("gru"), WordPlaneRequest())
    texts = {each.word: each.texts for each in found.words}
    assert texts == {"a": 1, "warm": 1, "film": 1, "and": 1, "lovely": 1, "cold": 0}
    assert [each.texts for each in found.words] == [1, 1, 1, 1, 1, 0]
    assert (found.known, found.counted, found.size, found.classes) == (6, len(TESTED[0]), 4, CLASSES)
    assert len(word_plane(fresh_model("gru"), WordPlaneRequest(words=2)).words) == 2


def test_planted_words_lie_where_they_were_put():
    found = word_plane(planted(), WordPlaneRequest())
    place = {each.word: np.array([each.x, each.y]) for each in found.words}
    assert np.linalg.norm(place["warm"] - place["cold"]) == pytest.approx(2)  # all of it lies in this plane
    assert sum(found.explained or ()) == pytest.approx(1)


def test_a_word_is_given_the_class_whose_texts_have_it():
    texts = ["warm film"] * 10 + ["cold film"] * 10
    labels = np.array([1] * 10 + [0] * 10)
    model = fresh_model.__wrapped__("rnn", CLASSES)
    model.tested = lambda: (texts, labels)
    labels_of = {each.word: each.label for each in word_plane(model, WordPlaneRequest()).words}
    assert labels_of == {"warm": "good", "cold": "bad", "film": "", "a": "", "and": "", "lovely": ""}


def test_test_texts_lie_in_the_plane_with_their_class_and_the_answer():
    model = fresh_model("lstm")
    found = text_plane(model, TextPlaneRequest())
    assert [each.row for each in found.texts] == list(range(len(TESTED[0])))
    assert [each.text for each in found.texts] == TESTED[0]
    assert [each.label for each in found.texts] == [CLASSES[code] for code in TESTED[1]]
    said = [CLASSES[code] for code in model.probabilities(TESTED[0]).argmax(axis=1)]
    assert [each.prediction for each in found.texts] == said
    assert [each.right for each in found.texts] == [each.label == each.prediction for each in found.texts]
    assert (found.own, found.tested) == (None, len(TESTED[0]))


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_ones_own_text_lies_where_a_test_text_of_the_same_words_does(method: str):
    found = text_plane(fresh_model("lstm"), TextPlaneRequest(text="a WARM film", method=method))
    same = found.texts[0]
    assert found.own is not None and found.own.prediction == same.prediction
    distances = [np.hypot(each.x - found.own.x, each.y - found.own.y) for each in found.texts]
    assert int(np.argmin(distances)) == 0
    if method == "pca":
        assert (found.own.x, found.own.y) == pytest.approx((same.x, same.y), abs=1e-6)
        assert found.texts == text_plane(fresh_model("lstm"), TextPlaneRequest()).texts  # it moves nothing


def test_who_asks_again_about_another_text_is_told_of_the_same_places():
    model = fresh_model("bigru")
    first = text_plane(model, TextPlaneRequest(text="cold"))
    assert text_plane(model, TextPlaneRequest(text="a lovely film", most=3)).texts != first.texts
    assert text_plane(model, TextPlaneRequest(text="cold")) == first


def test_what_has_to_be_known_of_the_text_is_said_first():
    found = text_plane(fresh_model("cnn"), TextPlaneRequest(text="", method="tsne", most=2))
    assert [note.partition(" ")[0] for note in found.notes] == ["t-SNE", "The"]
    assert found.method == "pca"


def test_t_sne_lays_out_no_more_points_than_take_a_moment():
    assert (most_points(5000, "tsne"), most_points(5000, "pca"), most_points(7, "tsne")) == (1000, 5000, 7)


def test_planted_neighbours_are_found_now_and_at_epoch_0():
    model = planted(first={"warm": (0, 0, 1, 0), "cold": (0, 0, 3, 0.1), "film": (0, 0, -1, 0)})
    found = neighbours(model, NeighboursRequest(text="Warm", top=2))
    assert found.word == "warm"
    assert [each.word for each in found.now] == ["lovely", "a"]
    assert found.now[0].now == pytest.approx(2 / np.hypot(2, 0.2))
    assert found.first[0].word == "cold"
    assert found.first[0].first == pytest.approx(3 / np.hypot(3, 0.1))
    assert found.first[0].now == pytest.approx(-1)
    assert not found.notes


def test_a_model_whose_beginning_is_not_known_says_so():
    found = neighbours(fresh_model("rnn"), NeighboursRequest(text="warm"))
    assert (found.first, found.now[0].first) == ((), None)
    assert len(found.now) == 5
    assert found.notes == ("How this model began is not known, so epoch 0 is not told.",)


@pytest.mark.parametrize(
    ("text", "note", "suggestions"),
    [
        ("lovly", "This model does not know “lovly”; spelt nearly like it are: lovely.", ("lovely",)),
        ("🎬", "This model does not know “🎬”, and no word that is spelt nearly like it.", ()),
        (" ", "Type a word to see its neighbours.", ()),
    ],
)
def test_an_unknown_word_is_answered_with_known_ones_that_are_spelt_like_it(text, note, suggestions):
    found = neighbours(fresh_model("transformer"), NeighboursRequest(text=text))
    assert (found.word, found.now, found.first) == ("", (), ())
    assert (found.notes, found.suggestions) == ((note,), suggestions)


def test_of_several_words_the_first_known_one_is_taken():
    found = neighbours(fresh_model("rnn"), NeighboursRequest(text="UNSEEN cold film"))
    assert found.word == "cold"
    assert found.notes[0] == "The model reads 3 tokens there; these are the neighbours of “cold”."


def test_subwords_have_places_and_neighbours_too():
    model = fresh_model.__wrapped__("rnn", CLASSES)
    model.encoder = TextEncoder.fit(["warm", "film"], TextOptions(tokenizer="subword", vocabulary_size=20))
    found = neighbours(model, NeighboursRequest(text="mr"))
    assert found.word and found.now
    json.dumps(found.model_dump(mode="json"), allow_nan=False)


def test_a_bag_of_words_says_what_it_has_instead():
    from seqcore.architectures import get_architecture
    from seqcore.inspections import get_inspection

    bag = get_architecture("bag_of_words")
    for name in ("word_plane", "text_plane", "neighbours"):
        assert "“What mattered” shows" in (get_inspection(name).applies_to(bag, "text") or "")
