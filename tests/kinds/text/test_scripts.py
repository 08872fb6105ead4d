"""Scripts without spaces, signs of several characters, widths and marks: what a reader takes for a word or a sign."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from seqcore.kinds.text import TextEncoder, TextOptions
from seqcore.kinds.text.kind import TextKind
from seqcore.kinds.text.spaceless import BREAK, places_in, preparation
from seqcore.kinds.text.word_edits import word_spans
from seqcore.spec.upgrade import read_spec

SIGNS = {
    "Thai with am": ["ทำ", "น้ำ"], "Lao with am": ["ນ້ຳ"], "Khmer below": ["ខ្មែ"], "Burmese stacked": ["က္က"],
    "Burmese with aa": ["မာ"], "kana in two characters": ["か\u3099", "ｶﾞ"], "family": ["👩\u200d👩\u200d👧"],
    "flags": ["🇫🇷", "🇯🇵"], "England": ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"],
    "an emoji with a mark": ["😀\u20e0"], "keycap": ["1\ufe0f\u20e3"],
}  # fmt: skip
SCRIPTS = [
    "ทำอาหารอร่อยมาก",
    "漢字かなカー",
    "ｶﾞｷﾞ",
    "ប្រទេសខ្មែរ",
    "တက္ကသိုလ်",
    "ປະເທດນ້ຳ",
    "か\u3099",
    "क्षत्रिय",
    "한국",
    "a",
    " ",
]


def words(text: str, **options: object) -> list[str]:
    return [token.text for token in TextEncoder.fit([text], TextOptions(**options)).tokens(text)]


@pytest.mark.parametrize(
    ("cut", "text", "expected"),
    [
        ("auto", "ร้านนี้อาหารไม่ดี good", ["ร้าน", "นี้", "อาหาร", "ไม่", "ดี", "good"]),
        ("auto", "我们不喜欢", list("我们不喜欢")),
        ("auto", "မြန်မာတက္ကသိုလ်", ["မြန်", "မာ", "တ", "က္က", "သိုလ်"]),
        ("auto", "ភាសាខ្មែរ", ["ភា", "សា", "ខ្មែ", "រ"]),
        ("auto", "ភាសា\u200bខ្មែរ", ["ភាសា", "ខ្មែរ"]),
        ("words", "ພາສາ\u200bລາວ ດີ", ["ພາສາ", "ລາວ", "ດີ"]),
        ("auto", "မြန်မာ\u200bတက္ကသိုလ်", ["မြန်မာ", "တက္ကသိုလ်"]),
        ("characters", "ភាសា\u200bខ្មែរ", ["ភា", "សា", "ខ្មែ", "រ"]),
        ("words", "我们不喜欢 ไม่ดี", ["我们", "不", "喜欢", "ไม่", "ดี"]),
        ("characters", "ทำไม่ดี", ["ทำ", "ไ", "ม่", "ดี"]),
        ("letters", "ทำ ខ្មែ", ["ท", "ำ", "ខ្", "មែ"]),
        ("auto", "ปลา\u200bตากลม so\u200bft", ["ปลา", "ตากลม", "soft"]),
    ],
)
def test_scripts_without_spaces_are_cut_as_was_chosen(cut: str, text: str, expected: list[str]) -> None:
    assert words(text, spaceless=cut) == expected


@pytest.mark.parametrize("tokenizer", ["word", "character"])
@pytest.mark.parametrize("signs", SIGNS.values(), ids=SIGNS.keys())
def test_no_sign_is_cut(tokenizer: str, signs: list[str]) -> None:
    for cut in ("auto", "characters", "words"):
        for sign in signs:
            assert len(words(sign, tokenizer=tokenizer, spaceless=cut)) == 1


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([*SCRIPTS, *(sign for signs in SIGNS.values() for sign in signs)]), max_size=6).map(
        "".join
    ),
    st.sampled_from(["auto", "characters", "words"]),
    st.sampled_from(["word", "character"]),
    st.booleans(),
)
def test_tokens_begin_and_end_where_signs_do(text: str, cut: str, tokenizer: str, widths: bool) -> None:
    options = TextOptions(spaceless=cut, tokenizer=tokenizer, fold_width=widths)
    ends = {0, *accumulate(map(len, iter_graphemes(text)))}
    for token in TextEncoder.fit([text], options).tokens(text):
        assert {token.start, token.end} <= ends


@pytest.mark.parametrize("cut", ["auto", "characters", "words"])
@pytest.mark.parametrize(("one", "other"), [
    ("cafe\u0301", "café"), ("か\u3099いこく", "がいこく"), ("ｶﾞﾒﾗ", "ガメラ"), ("ＡＢＣ１２３", "abc123"),
    ("\u1112\u1161\u11ab", "한"),
])  # fmt: skip
def test_the_same_word_in_another_form_is_the_same_word(cut: str, one: str, other: str) -> None:
    encoder = TextEncoder.fit([other], TextOptions(spaceless=cut))
    assert [ids.tolist() for ids in encoder.encode([one])] == [ids.tolist() for ids in encoder.encode([other])]
    tokens = encoder.tokens(one)
    assert (tokens[0].start, tokens[-1].end) == (0, len(one))


def test_widths_can_stay_apart() -> None:
    assert words("ＡＢＣ abc", fold_width=False) == ["ａｂｃ", "abc"]
    assert words("™ ½ ﬁ x²", punctuation="keep") == ["™", "½", "ﬁ", "x²"]


def test_arabic_is_read_without_its_marks_where_that_is_chosen() -> None:
    assert words("كِتَابٌ كتـــاب كتاب", arabic_marks="drop") == ["كتاب"] * 3
    assert len(set(words("كِتَابٌ كتاب"))) == 2
    token = TextEncoder.fit(["كتاب"], TextOptions(arabic_marks="drop")).tokens("كِتَابٌ!")[0]
    assert (token.start, token.end) == (0, 7)


def test_stop_words_of_chinese_and_japanese_are_words_even_where_characters_are_read() -> None:
    assert words("我的电影和不错", stop_words="chinese") == ["电", "影", "不", "错"]
    assert words("これはあの映画です", stop_words="japanese") == ["映", "画"]
    assert words("这部电影的", stop_words="chinese", spaceless="words") == ["部", "电影"]


@pytest.mark.parametrize("text", ["", "ดี", "ไม่ดี", "ปลา\u200bตากลม ไม่ดี", "\u200bไม่ดี\u200b", "我们 x 喜欢他们"])
def test_every_place_in_a_prepared_text_is_known(text: str) -> None:
    prepared = preparation(TextOptions(spaceless="words").model_dump())(text)
    places = places_in(text, prepared)
    assert len(places) == len(prepared) + 1 and places[-1] == len(text)
    kept = [place for place, sign in enumerate(prepared) if text[places[place] : places[place] + 1] == sign]
    assert "".join(text[places[place]] for place in kept) == text
    assert all(prepared[place] == BREAK for place in range(len(prepared)) if place not in kept)


def test_nothing_is_done_to_texts_of_scripts_with_spaces() -> None:
    prepared = preparation(TextOptions(spaceless="words").model_dump())
    for text in (
        "A good film…",
        "Ça, c’est l'été ½ ™",
        "Привет мир",
        "שלום עולם",
        "नमस्ते",
        "한국 영화",
        "كِتَاب",
        "😀👍🏽",
    ):
        assert prepared(text) is text or prepared(text) == text
        if text != "नमस्ते":
            assert words(text, punctuation="keep") == words(text, punctuation="keep", spaceless="letters")


@pytest.mark.parametrize(
    "said", [{"tokenizer": "keras"}, {"tokenizer": "character"}, {"spaceless": "letters", "fold_width": False}, {}]
)
def test_what_reads_no_words_is_given_the_text_as_it_is(said: dict[str, object]) -> None:
    chosen = said and TextOptions(**said).model_dump()
    assert preparation(chosen)("ไม่ดี 我们") == "ไม่ดี 我们"


def test_a_model_of_before_reads_as_before() -> None:
    stored = Path(__file__).parents[2] / "spec" / "stored" / "v5_lstm.json"
    options = read_spec(json.loads(stored.read_text(encoding="utf-8"))).input
    assert isinstance(options, TextOptions)
    encoder = TextEncoder.fit(["ทำ ＡＢ ខ្មែរ 我们"], options)
    assert [token.text for token in encoder.tokens("ทำ ＡＢ ខ្មែរ 我们")] == [
        "ท",
        "ำ",
        "ａｂ",
        "ខ្",
        "មែ",
        "រ",
        "我",
        "们",
    ]


def test_the_words_to_edit_are_those_that_a_model_reads() -> None:
    text = "ร้านนี้ไม่ดี 电影"
    assert [text[start:end] for start, end in word_spans(text)] == ["ร้าน", "นี้", "ไม่", "ดี", "电", "影"]


def test_the_scripts_that_go_along_hold_what_is_done_to_a_text() -> None:
    for script in (TextKind().bundle_files()["predict.py"], TextKind().retraining()):
        assert "def preparation(" in script and "What is done to a text before its tokenizer.)" not in script
