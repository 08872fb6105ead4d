"""Stop words of another language than the texts are noticed."""

import pytest

from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.stop_words_told import stop_words_told

ENGLISH = ["The film was good and it is not what I would have said of the book"] * 30
GERMAN = ["Der Film war sehr gut und das Buch ist nicht so lang wie ich dachte"] * 30
THAI = ["อาหารร้านนี้ไม่อร่อย"] * 300


@pytest.mark.parametrize(("texts", "language"), [(ENGLISH, "english"), (GERMAN, "german"), (ENGLISH, "none")])
def test_nothing_is_said_where_they_fit(texts, language):
    assert stop_words_told(texts, TextOptions(stop_words=language)) == ""


def test_english_stop_words_for_german_texts_are_said():
    said = stop_words_told(GERMAN, TextOptions(stop_words="english"))
    assert "The stop words are English" in said and "another language" in said


@pytest.mark.parametrize("texts", [["one two"], THAI, []])
def test_nothing_is_said_where_nobody_can_tell(texts):
    assert stop_words_told(texts, TextOptions(stop_words="english")) == ""
