"""What each check finds, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from seqcore.datasets import Split, report_on
from seqcore.datasets.checks.encoding_damage import damaged_texts
from seqcore.datasets.checks.foreign_rows import foreign_rows, script_of
from seqcore.datasets.checks.odd_lengths import odd_lengths
from seqcore.datasets.checks.repeats import groups_of, repeats_of
from seqcore.datasets.checks.shortcuts import shortcuts_of
from seqcore.datasets.twins.words import words_of
from tests.datasets.conftest import labelled

ENGLISH = ["I was at the office of my friend and we had a talk", "this is what they said about the plan for me"]


def split_of(train: Sequence[int], validation: Sequence[int], test: Sequence[int]) -> Split:
    return Split(*(np.array(rows, dtype=np.int64) for rows in (train, validation, test)))


def test_identical_and_near_repeats_are_told_apart() -> None:
    repeats = repeats_of(labelled(list("ababa"), ["One film", "one film!", "One film", "other", "other"]))
    assert repeats.again.tolist() == [2, 4]
    assert repeats.nearly_again.tolist() == [1]
    assert [rows.tolist() for rows in groups_of(repeats.near, [0, 3])] == [[0, 1, 2], [3, 4]]


def test_what_the_test_repeats_of_the_training_is_found_once_as_identical_or_near() -> None:
    data = labelled(list("ababab"), ["One film", "other", "third", "one film!", "other", "new"])
    across = repeats_of(data).across(split_of([0, 1], [2], [3, 4, 5]))
    assert (across.identical.tolist(), across.near.tolist(), across.rows.tolist()) == ([4], [3], [3, 4])


def test_texts_with_several_labels_are_given_with_all_their_rows() -> None:
    data = labelled(list("abcab"), ["x", "y", "x", "y", "z"])
    assert [rows.tolist() for rows in repeats_of(data).contradicting(data.codes())] == [[0, 2], [1, 3]]


def test_texts_without_words_and_of_one_word_are_too_short_where_others_are_longer() -> None:
    texts = [*ENGLISH, *ENGLISH, "…", "Fine"]
    found = odd_lengths(texts, words_of(texts))
    assert (found.without_words.tolist(), found.one_word.tolist(), found.cut.tolist()) == ([4], [5], [])
    short = ["yes", "no", "ok"]
    assert odd_lengths(short, words_of(short)).one_word.tolist() == []


def test_many_texts_of_the_very_same_greatest_length_were_cut() -> None:
    drawn = np.random.default_rng(0)
    whole = ["".join(drawn.choice(list("abcdefg h"), size)) + "x" for size in drawn.integers(20, 120, 300)]
    cut = [text[:80] for text in whole]
    found = odd_lengths(cut, words_of(cut))
    assert (found.cut_at, found.unit) == (80, "characters")
    assert found.cut.tolist() == [row for row, text in enumerate(cut) if len(text) == 80]
    assert odd_lengths(whole, words_of(whole)).cut.tolist() == []
    alike = [f"item {row}" for row in range(10, 60)]
    assert odd_lengths(alike, words_of(alike)).cut.tolist() == []  # nobody cut these


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Привет", "Cyrillic"),
        ("plain", "Latin"),
        ("映画です", "Chinese or Japanese"),
        ("12 :)", ""),
        ("naïve Ω", "Latin"),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_rows_in_another_script_or_language_are_found_with_what_they_are() -> None:
    texts = [
        *ENGLISH * 20,
        "я был в офисе моего друга",
        "das ist nicht das was ich von dir haben wollte",
        "Bravo Bolero",
    ]
    found = foreign_rows(texts, words_of(texts))
    assert dict(zip(found.rows.tolist(), found.what, strict=True)) == {40: "Cyrillic", 41: "German"}
    assert found.rest == ("Latin", "English")


def test_what_a_wrong_encoding_made_of_a_text_is_mended_where_it_can_be() -> None:
    texts = ["plain", "I donâ€™t know", "naïve café", "lost \ufffd sign", "schÃ¶n"]
    found = list(damaged_texts(texts))
    assert [(each.row, each.mended) for each in found] == [(1, "I don’t know"), (3, None), (4, "schön")]
    assert texts[1][found[0].place :].startswith("â€™")


def test_a_word_or_mark_that_gives_a_class_away_is_found_with_its_share() -> None:
    texts = [f"text number {row}{' zzq' * (row % 2 and row < 80)}{' £' * (not row % 2)}" for row in range(100)]
    codes = np.array([row % 2 for row in range(100)], np.int32)
    found = {one.token: one for one in shortcuts_of(texts, words_of(texts), codes, 2)}
    assert set(found) == {"zzq", "£"}
    assert (found["zzq"].code, found["zzq"].texts, found["zzq"].of_class, found["zzq"].covers) == (1, 40, 40, 0.8)


def test_a_common_word_of_the_commoner_class_gives_nothing_away() -> None:
    drawn = np.random.default_rng(0)
    codes = (drawn.random(400) < 0.1).astype(np.int32)
    texts = ["the film" if drawn.random() < 0.5 else "a book" for _ in codes]
    assert shortcuts_of(texts, words_of(texts), codes, 2) == []


def test_near_twins_are_counted_in_the_report_and_where_they_stand_in_two_parts() -> None:
    data = labelled(list("abab"), ["One film", "other", "one film!", "new"])
    report = report_on(data, split_of([0, 1], [3], [2]))
    assert (report.near_duplicates, report.near_across, report.duplicates) == (1, 1, 0)
