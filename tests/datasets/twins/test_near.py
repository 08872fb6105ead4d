"""Near twins are exactly the pairs of high Jaccard similarity, and those that these lead to."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqcore.datasets.twins import first_of_identical, first_of_near
from seqcore.datasets.twins.near import LIKENESS, near_groups
from seqcore.datasets.twins.shingles import shingles_of
from seqcore.datasets.twins.words import words_of

LONG = "the figures of the last quarter agree with what was sent by the office of the region in early may and june"


def by_comparing_all(texts: list[str], likeness: float) -> list[int]:
    """The groups by their definition, pair by pair."""
    sets = []
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        sets.append({tuple(words[at : at + 3]) for at in range(max(len(words) - 2, min(len(words), 1)))})
    groups = list(range(len(texts)))
    for first in range(len(texts)):
        for second in range(first):
            one, other = sets[first], sets[second]
            if one and other and len(one & other) >= likeness * len(one | other) - 1e-9:
                low, high = sorted((groups[first], groups[second]))
                groups = [low if group == high else group for group in groups]
    return groups


@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(st.lists(st.sampled_from("abcd"), max_size=9).map(" ".join), max_size=14),
    likeness=st.sampled_from([0.3, 0.5, 0.8, 1.0]),
)
def test_groups_are_those_of_comparing_every_pair(texts: list[str], likeness: float) -> None:
    assert near_groups(shingles_of(words_of(texts)), likeness).tolist() == by_comparing_all(texts, likeness)


def test_a_thousand_texts_are_grouped_as_by_comparing_every_pair() -> None:
    drawn = np.random.default_rng(0)
    words = LONG.split()
    texts = []
    for _ in range(150):
        text = list(drawn.permutation(words))
        for _ in range(int(drawn.integers(1, 4))):
            text[int(drawn.integers(len(text)))] = f"word{drawn.integers(3)}"
            texts.append(" ".join(text))
    found = near_groups(shingles_of(words_of(texts)))
    assert found.tolist() == by_comparing_all(texts, LIKENESS)
    assert len(set(found.tolist())) < len(texts)


@pytest.mark.parametrize(
    "twin",
    ["WHAT A FILM", "what a film!!!", "  What…a\tfilm ", "What  a “film”", "Ｗｈａｔ a film", "w\u00adhat a film"],
)
def test_case_marks_spaces_and_width_make_no_other_text(twin: str) -> None:
    assert first_of_near(["What a film!", "Boring", twin]).tolist() == [0, 1, 0]


def test_one_word_in_thirty_makes_a_near_twin_and_one_in_ten_another_text() -> None:
    long = f"{LONG} {LONG[::-1]}"
    assert first_of_near([long, long.replace("office", "bureau")]).tolist() == [0, 0]
    assert first_of_near(["I had the soup and it was cold and bad", "I had the soup and it was hot and bad"])[1] == 1


def test_texts_without_words_are_twins_only_of_themselves() -> None:
    assert first_of_near([":-)", ":-(", ":-)", "", "…"]).tolist() == [0, 1, 0, 3, 4]


def test_chinese_and_thai_are_compared_character_by_character() -> None:
    texts = ["这部电影非常好看我很喜欢它的音乐和演员", "这部电影，非常好看！我很喜欢它的音乐和演员。", "不好看"]
    assert first_of_near(texts).tolist() == [0, 0, 2]


def test_texts_that_follow_a_template_stay_apart_but_for_the_identical() -> None:
    filled = [f"{LONG} for number {row} {LONG}" for row in range(200)]
    assert first_of_near([*filled, filled[3]]).tolist() == [*range(200), 3]


def test_a_lone_surrogate_and_no_text_at_all_are_no_trouble() -> None:
    assert first_of_near(["a \ud800 b", "a ? b"]).tolist() == [0, 0]
    assert first_of_near([]).tolist() == []


def test_identical_ones_share_the_first_of_them() -> None:
    assert first_of_identical(["x", "y", "x", "x"]).tolist() == [0, 1, 0, 0]
