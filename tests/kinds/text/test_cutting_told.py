from __future__ import annotations

import pytest

from seqcore.kinds.text import TextOptions
from seqcore.kinds.text.cutting_told import cutting_told


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        (
            "อาหาร",
            {},
            "100 % are Thai, written without spaces between words. Thai is cut into words, which BudouX finds",
        ),
        ("电影", {}, "into characters, as BERT does"),
        ("电影", {"spaceless": "words"}, "into words, which BudouX finds"),
        ("မြန်မာ", {}, "into syllables"),
        ("ភាសា", {}, "for want of a maintained segmenter"),
        ("อาหาร", {"spaceless": "letters"}, "letter by letter"),
        ("อาหาร", {"spaceless": "characters"}, "each with its vowels and marks"),
        ("อาหาร", {"tokenizer": "keras"}, "Keras splits at spaces"),
    ],
)
def test_what_is_done_is_said_with_its_reason(text: str, options: dict[str, str], says: str) -> None:
    assert says in cutting_told([text], TextOptions(**options))


@pytest.mark.parametrize(("text", "options"), [
    ("a good film", {}), ("", {}), ("a" * 500 + "ก", {}), ("อาหาร", {"tokenizer": "character"}), ("كتاب", {}),
])  # fmt: skip
def test_where_it_matters_not_nothing_is_said(text: str, options: dict[str, str]) -> None:
    assert cutting_told([text], TextOptions(**options)) == ""
