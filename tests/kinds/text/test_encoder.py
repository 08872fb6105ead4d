from __future__ import annotations

import json
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from seqcore.errors import DataError
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.cutting import kept
from seqcore.kinds.text.ids import OOV_ID
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.spaceless import preparation
from tests.kinds.text.texts import corpora, texts

TOKENIZERS = ["word", "keras", "character", "subword"]
every_option = st.builds(
    TextOptions,
    tokenizer=st.sampled_from(TOKENIZERS),
    lowercase=st.booleans(),
    vocabulary_size=st.sampled_from([10, 30, 10_000]),
    max_length=st.sampled_from([0, 1, 3, 200]),
    stop_words=st.sampled_from(["none", "english", "greek", "chinese"]),
    punctuation=st.sampled_from(["drop", "keep"]),
    truncate=st.sampled_from(["end", "start", "both", "middle"]),
    spaceless=st.sampled_from(["auto", "characters", "words", "letters"]),
    fold_width=st.booleans(),
    arabic_marks=st.sampled_from(["keep", "drop"]),
)
HOSTILE = {
    "empty": "",
    "spaces": " \t\n ",
    "emoji only": "😀👍🏽 👩‍👩‍👧",
    "stop words only": "the and of",
    "out of vocabulary only": "zyzzyva qwertz",
    "NUL bytes": "a\x00b \x00",
    "lone surrogates": "good \ud83d film \udc00\ud800",
    "100,000 characters without a space": "a" * 100_000,
    "100,000 characters": "good film " * 10_000,
    "ten thousand marks": "!" * 10_000,
    "combining marks": "\u0301" * 1000,
}


def words(text: str, **options: object) -> list[str]:
    return [token.text for token in TextEncoder.fit([text], TextOptions(**options)).tokens(text)]


# One text as the bulk path, the Rust pipeline and the saved file see it


@settings(deadline=None, max_examples=150)
@given(every_option, corpora, corpora)
@example(TextOptions(lowercase=True), ["ΑΣ.Α ΑΣ. =\u0338a"], ["a=\u0338b", "\u0301x"])
@example(TextOptions(punctuation="keep"), ["=\u0338 a.\u0301"], ["=\u0338"])
@example(TextOptions(tokenizer="character", stop_words="english"), ["\n\u0301the\r\nand", "\u0301"], ["\u0301 \u0338"])
def test_one_pipeline_in_bulk_alone_and_saved(options, training, others):
    encoder, in_one_go = TextEncoder.fit_encode(training, options)
    in_bulk = [ids.tolist() for ids in encoder.encode(training + others)]
    alone = [[token.id for token in encoder.tokens(text)] for text in training + others]
    saved, prepared = Tokenizer.from_str(encoder.to_json()), preparation(options.model_dump())
    if options.truncate in ("both", "middle"):  # which it cannot do by itself
        saved.no_truncation()
    every = [saved.encode(prepared(text)).ids for text in training + others]
    from_file = [
        [number for part in kept(len(ids), encoder.longest, options.truncate) for number in ids[part]] for ids in every
    ]
    assert in_bulk == alone == from_file
    assert [ids.tolist() for ids in in_one_go] == in_bulk[: len(training)]


@settings(deadline=None, max_examples=80)
@given(every_option, corpora, texts)
def test_the_saved_file_restores_everything(options, training, other):
    encoder = TextEncoder.fit(training, options)
    again = TextEncoder.from_json(encoder.to_json(), options)
    assert again.vocabulary == encoder.vocabulary
    assert (again.size, again.longest) == (encoder.size, encoder.longest)
    assert again.stages(other) == encoder.stages(other)
    assert again.to_json() == encoder.to_json()


@settings(deadline=None, max_examples=80)
@given(every_option, corpora, corpora)
def test_ids_stay_below_size_and_lengths_within_longest(options, training, others):
    encoder = TextEncoder.fit(training, options)
    assert encoder.size <= options.vocabulary_size
    assert list(encoder.vocabulary.values()) == list(range(encoder.size))
    assert encoder.longest >= 1
    for ids in encoder.encode(training + others):
        assert ids.dtype == np.int32
        assert len(ids) <= encoder.longest
        assert all(0 < number < encoder.size for number in ids.tolist())


@settings(deadline=None, max_examples=80)
@given(every_option, texts)
def test_offsets_rise_and_stay_in_the_text(options, text):
    tokens = TextEncoder.fit([text], options).tokens(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
    assert all(left.start <= right.start for left, right in pairwise(tokens))


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["word", "keras"]), texts)
def test_a_word_is_what_stands_at_its_offsets(tokenizer, text):
    options = TextOptions(tokenizer=tokenizer, fold_width=False)
    for token in TextEncoder.fit([text], options).tokens(text):
        there = text[token.start : token.end]
        if tokenizer == "word":
            there = there.replace("’", "'")
        if not set(there) & set("\u00ad\u200b\u2060\ufeff"):
            assert _bare(there) == _bare(token.text)


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower().replace("ς", "σ"))


# What counts as a token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't stop, it’s well-made: 10/10!", ["don't", "stop", "it's", "well", "made", "10", "10"]),
        ("I 😀😀 it 👍🏽", ["i", "😀", "😀", "it", "👍🏽"]),
        ("👩‍👩‍👧🇫🇷1️⃣", ["👩‍👩‍👧", "🇫🇷", "1️⃣"]),
        ("漢字かなカー word", ["漢", "字", "か", "な", "カ", "ー", "word"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("อาหารไม่อร่อย", ["อาหาร", "ไม่", "อร่อย"]),
        ("cafe\u0301 café CAFÉ", ["café", "café", "café"]),
        ("ΛΟΓΟΣ λόγος", ["λογος", "λόγος"]),
        ("so\u00adft \ufeffmark", ["soft", "mark"]),
        ("'quoted' rock 'n' roll", ["quoted", "rock", "n", "roll"]),
        ("a\x00b <OOV> <PAD>", ["a", "b", "oov", "pad"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_marks_can_be_kept():
    assert words("Great!! (no)", punctuation="keep") == ["great", "!", "!", "(", "no", ")"]


def test_characters_keep_their_marks_and_emoji_stay_whole():
    assert words("e\u0301 👍🏽", tokenizer="character") == ["é", " ", "👍🏽"]


def test_case_can_be_kept():
    assert words("Good GOOD", lowercase=False) == ["Good", "GOOD"]


def test_subwords_put_unseen_words_together_from_seen_parts():
    encoder = TextEncoder.fit(["walking talking walked talked"] * 20, TextOptions(tokenizer="subword"))
    tokens = encoder.tokens("walkingly talked")
    assert next(token.text for token in tokens if token.id != OOV_ID) == "walking"
    assert "walkingly talked"[tokens[-1].start : tokens[-1].end] == tokens[-1].text == "talked"


def test_subwords_are_learned_the_same_way_every_time():
    training = [f"word{number} another{number % 7} thing" for number in range(300)]
    options = TextOptions(tokenizer="subword", vocabulary_size=200)
    assert len({TextEncoder.fit(training, options).to_json() for _ in range(5)}) == 1


def test_subwords_stay_within_a_vocabulary_smaller_than_the_alphabet():
    every_letter = "".join(map(chr, range(0x3B1, 0x3C9))) + "abcdefghijklmnopqrstuvwxyz"
    encoder = TextEncoder.fit([every_letter], TextOptions(tokenizer="subword", vocabulary_size=10))
    assert encoder.size <= 10
    assert max(encoder.encode([every_letter])[0]) < encoder.size


def test_the_vocabulary_is_by_falling_frequency_then_first_appearance():
    encoder = TextEncoder.fit(["z b b a", "z c"], TextOptions())
    assert list(encoder.vocabulary) == ["<PAD>", "<OOV>", "z", "b", "a", "c"]


@pytest.mark.parametrize(("min_count", "texts", "known"), [
    (1, 1, {"often", "rare"}), (2, 1, {"often"}), (0, 1, {"often", "rare"}), (0, 1000, {"often"}), (5, 1, set()),
])  # fmt: skip
def test_rare_words_are_left_to_the_unknown_one(min_count, texts, known):
    corpus = ["often rare often"] + [""] * (texts - 1)
    encoder = TextEncoder.fit(corpus, TextOptions(min_count=min_count))
    assert set(encoder.vocabulary) - {"<PAD>", "<OOV>"} == known


def test_size_counts_the_ids_in_use():
    assert TextEncoder.fit(["one two"], TextOptions()).size == 4
    assert TextEncoder.fit([f"w{number}" for number in range(50)], TextOptions(vocabulary_size=10)).size == 10
    assert TextEncoder.fit([], TextOptions(max_length=0)).size == 2


# Stop words and truncation


def test_steps_show_stop_words_leaving():
    encoder = TextEncoder.fit(["the film was dull"], TextOptions(stop_words="english", max_length=1))
    steps = encoder.stages("The FILM was dull")
    assert steps.raw == "The FILM was dull"
    assert steps.normalised == "the film was dull"
    assert steps.tokens == ["the", "film", "was", "dull"]
    assert [token.text for token in steps.kept] == ["film", "dull"]
    assert steps.ids == [encoder.vocabulary["film"]]


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
@pytest.mark.parametrize("lowercase", [True, False])
def test_stop_words_leave_every_tokenizer_as_whole_words(tokenizer, lowercase):
    options = TextOptions(tokenizer=tokenizer, lowercase=lowercase, stop_words="english")
    encoder = TextEncoder.fit(["The theatre of dreams"], options)
    text = "The theatre of dreams"
    seen = "".join(text[token.start : token.end] for token in encoder.tokens(text)).replace(" ", "")
    assert seen == "theatredreams"


@pytest.mark.parametrize("language", TextOptions.model_json_schema()["properties"]["stop_words"]["enum"])
def test_every_language_of_stop_words_can_be_used(language):
    assert words("zyzzyva 1234567", stop_words=language) == ["zyzzyva", "1234567"]


@pytest.mark.parametrize(
    ("side", "expected"),
    [("end", ["one", "two"]), ("start", ["three", "four"]), ("both", ["two", "three"]), ("middle", ["one", "four"])],
)
def test_long_texts_are_cut_on_the_side_asked_for(side, expected):
    encoder = TextEncoder.fit(["one two three four"], TextOptions(max_length=2, truncate=side))
    tokens = encoder.tokens("one two three four")
    assert [token.text for token in tokens] == expected
    assert ["one two three four"[token.start : token.end] for token in tokens] == expected


def test_without_a_maximum_the_longest_training_text_is_the_limit():
    encoder = TextEncoder.fit(["one two three", "one"], TextOptions(max_length=0))
    assert encoder.longest == 3
    assert len(encoder.encode(["one one one one one"])[0]) == 3


# Hostile texts


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_can_be_learned_from_and_encoded(tokenizer, text):
    options = TextOptions(tokenizer=tokenizer, stop_words="english", max_length=0)
    for training in ([text], ["a good film"]):
        encoder = TextEncoder.fit(training, options)
        steps = encoder.stages(text)
        assert encoder.encode([text, "good"])[0].tolist() == steps.ids
        assert len(steps.ids) == min(len(steps.kept), encoder.longest)


def test_out_of_vocabulary_words_keep_their_text():
    encoder = TextEncoder.fit(["a good film"], TextOptions())
    token = encoder.tokens("😀 ZYZZYVA")[1]
    assert (token.text, token.start, token.end, token.id) == ("zyzzyva", 2, 9, OOV_ID)


def test_no_texts_encode_to_no_ids():
    assert TextEncoder.fit(["a"], TextOptions()).encode([]) == []


@pytest.mark.parametrize("junk", ["", "{}", "[]", "null", '{"model": {}}'])
def test_junk_is_not_taken_for_a_tokenizer(junk):
    with pytest.raises(DataError, match="saved tokenizer"):
        TextEncoder.from_json(junk, TextOptions())


def test_a_tokenizer_that_we_did_not_save_is_refused():
    foreign = json.loads(TextEncoder.fit(["a"], TextOptions()).to_json()) | {"truncation": None}
    with pytest.raises(DataError, match="how long"):
        TextEncoder.from_json(json.dumps(foreign), TextOptions())


@pytest.mark.parametrize(("chosen", "least"), [(0, 1), (3, 3)])
def test_whoever_reads_whole_texts_knows_words_that_occur_once_unless_a_number_was_chosen(chosen, least):
    options = TextOptions(max_length=5, min_count=chosen).whole()
    assert options.min_count == least
    encoder = TextEncoder.fit(["a film of one rare word"] + ["a film"] * 1500, options)
    assert ("rare" in encoder.vocabulary) == (least == 1)
    (ids,) = encoder.encode(["a film " * 5])
    assert len(ids) == 10


@pytest.mark.parametrize("tokenizer", ["word", "subword", "character"])
def test_the_share_of_unknown_tokens_is_that_of_the_steps(tokenizer: str) -> None:
    encoder = TextEncoder.fit(["a good film", "a bad film"], TextOptions(tokenizer=tokenizer, max_length=3))
    texts = ["a good film", "a worse film", "zzz qqq xxx a", "", "…"]
    known = [[step.known for step in encoder.steps(text)] for text in texts]
    expected = [1 - sum(each) / len(each) if each else 0.0 for each in known]
    np.testing.assert_allclose(encoder.unknown_shares(texts), expected)
