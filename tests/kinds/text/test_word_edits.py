"""Changes of one word: the texts that they leave behind."""

import pytest

from seqcore.kinds.text import TextEncoder, TextOptions
from seqcore.kinds.text.word_edits import UNKNOWN_WORD, Wording, unknown_to, word_spans


def wording(text: str) -> Wording:
    return Wording(text, word_spans(text))


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("a good film", 1, "a film"),
        ("a good film", 0, "good film"),
        ("a good film", 2, "a good "),
        ("a good, film", 1, "a , film"),
        ("film", 0, ""),
        ("warm🎬film", 1, "warm film"),
        ("我不好", 1, "我 好"),
        ("อาหารไม่ดี", 1, "อาหาร ดี"),
    ],
)
def test_a_removed_word_leaves_the_rest(text: str, place: int, left: str):
    assert wording(text).remove(place).text == left


def test_neighbours_change_places_and_what_stands_between_stays():
    edit = wording("Good, bad film").swap(0)
    assert (edit.text, edit.before, edit.after) == ("bad, Good film", "Good, bad", "bad, Good")
    assert (edit.start, edit.end, edit.position) == (0, 9, 1)


def test_a_word_is_inserted_before_another_and_at_the_end():
    text = wording("a film!")
    assert [text.insert(place, "good").text for place in range(3)] == ["good a film!", "a good film!", "a film good!"]
    assert wording("").insert(0, "good").text == "good"
    assert wording("(film").insert(0, "good").text == "(good film"


def test_a_replaced_word_does_not_grow_into_its_neighbours():
    assert wording("a🎬film").replace(1, "good").text == "a good film"
    assert wording("a film").mask(1, UNKNOWN_WORD).text == f"a {UNKNOWN_WORD}"


def test_words_without_spaces_between_them_are_joined_as_they_are():
    letters = Wording("abc", [(0, 1), (1, 2), (2, 3)], spaced=False)
    assert letters.remove(1).text == "ac"
    assert letters.insert(1, "x").text == "axbc"
    assert letters.insert(3, "x").text == "abcx"
    assert letters.swap(0).text == "bac"


def test_words_of_a_text_from_right_to_left_stay_in_their_order():
    text = "سلام عالم"
    assert [text[start:end] for start, end in word_spans(text)] == ["سلام", "عالم"]
    assert wording(text).swap(0).text == "عالم سلام"


@pytest.mark.parametrize("text", ["", "!!!", "\x00", "\ud800 a", "e\u0301t 👩\u200d👩\u200d👧 我好", "<b>x</b>"])
def test_spans_are_places_in_the_text_as_it_was_given(text: str):
    spans = word_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize("tokenizer", ["word", "keras", "character", "subword"])
def test_the_steps_of_every_word_are_together_those_of_the_text(tokenizer: str):
    texts = ["unbelievable films are lovely", "a warm film"] * 3
    for longest in (0, 3):
        options = TextOptions(tokenizer=tokenizer, max_length=longest)
        encoder = TextEncoder.fit(texts, options)
        for text in ("unbelievably warm, films", "", "我 é"):
            words = encoder.words(text)
            assert [place for word in words for place in word] == list(range(len(encoder.steps(text))))
    if tokenizer == "subword":
        assert any(len(word) > 1 for word in TextEncoder.fit(texts, options).words("unbelievably"))


def test_a_shuffle_keeps_all_that_stands_between_the_words():
    text = Wording("One, two; three!", word_spans("One, two; three!"))
    assert "".join(each for each in text.shuffled(3) if not each.isalpha()) == ", ; !"
    assert text.shuffled(3) == text.shuffled(3)
    assert Wording("", []).shuffled(0) == ""


@pytest.mark.parametrize("tokenizer", ["word", "keras", "character", "subword"])
def test_what_stands_for_an_unknown_word_is_one_unknown_step(tokenizer: str):
    encoder = TextEncoder.fit(["an unknown word of a film"] * 3, TextOptions(tokenizer=tokenizer))
    assert [step.known for step in encoder.steps(unknown_to([tokenizer]))] == [False]
    assert unknown_to(["word", tokenizer]) == unknown_to([tokenizer])
