"""Faults that are put into data are found, with the rows of the person's file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from seqcore.analysis.xray import XRay
from seqcore.datasets import LabelledText
from seqcore.lab.xray.examine import examine
from seqcore.lab.xray.told import as_json
from seqcore.spec import SplitOptions

ROWS = 400
FLIPPED = range(100, 140, 2)
WORDS = {
    "positive": ["good", "lovely", "bright", "warm", "clever"], "negative": ["bad", "dull", "cold", "slow", "noisy"],
}  # fmt: skip
THINGS = ["film", "soup", "room", "book", "song", "shop", "walk", "play", "game", "seat", "lamp", "boat"]


@pytest.fixture(scope="module")
def faulty() -> LabelledText:
    """400 simple reviews with planted faults; row numbers begin at 2, as in a file with a header."""
    drawn = np.random.default_rng(0)
    labels = ["positive" if row % 2 else "negative" for row in range(ROWS)]
    texts = [
        f"this {drawn.choice(THINGS)} {row} was {drawn.choice(WORDS[label])} and the {drawn.choice(THINGS)} was "
        f"{drawn.choice(WORDS[label])}"
        for row, label in enumerate(labels)
    ]
    for row in FLIPPED:
        labels[row] = "positive"
    texts += [texts[20], texts[21].upper() + "!!", "schÃ¶n und gut", texts[23]]
    labels += [labels[20], labels[21], "positive", "negative"]
    numbers = tuple(range(2, len(texts) + 2))
    return LabelledText("made.csv", tuple(texts), tuple(labels), numbers=numbers)


@pytest.fixture(scope="module")
def found(faulty: LabelledText) -> XRay:
    return examine(faulty, SplitOptions())


def test_planted_faults_are_found_in_their_rows(found: XRay) -> None:
    assert set(found.duplicates.rows) == {400, 403}
    assert (20, 400) in found.duplicates.groups
    assert 401 in found.near_duplicates.rows
    assert [conflict.rows for conflict in found.conflicts] == [(23, 403)]
    assert [each.row for each in found.damaged] == [402]
    suspects = {suspect.row for suspect in found.suspects}
    assert len(suspects & set(FLIPPED)) >= 12 > 2 * len(suspects - set(FLIPPED))
    assert found.rows == found.tested + found.learned == 404


def test_the_json_numbers_rows_as_the_file_does(found: XRay, faulty: LabelledText) -> None:
    told = as_json(found, faulty)
    assert set(told) >= {
        "duplicates", "near_duplicates", "across_splits", "conflicts", "suspects", "shortcuts", "trust",
    }  # fmt: skip
    assert told["duplicates"]["count"] == 2
    assert told["duplicates"]["rows"] == [402, 405]
    assert told["conflicts"]["groups"][0]["rows"] == [25, 405]
    assert told["across_splits"]["count"] == 0
    assert set(told["suspects"][0]) >= {"row", "label", "suggested", "score"}
    assert told["trust"] in ("yes", "with care", "no")
    assert told["sentence"].lower().startswith(told["trust"])


def test_texts_in_both_given_halves_are_counted_and_what_they_do_to_the_score_is_said(faulty: LabelledText) -> None:
    split = ("train",) * 300 + ("test",) * 104
    data = replace(faulty, given_split=split)
    across = examine(data, SplitOptions()).across
    assert across.texts == 2 and across.rows == (400, 403)
    assert 401 in across.near_rows
    assert {20, 21, 23} <= set(across.learned_rows)
    assert across.score is not None
    assert (across.score.rows, across.score.left) == (104, 104 - len(across.rows) - len(across.near_rows))


def test_an_xray_survives_its_way_between_processes(found: XRay) -> None:
    assert XRay.model_validate_json(found.model_dump_json()) == found


def test_rows_of_a_test_file_are_named_apart(faulty: LabelledText) -> None:
    from seqcore.datasets.reading import Reading

    test = Reading("test.csv", None, ",", ("text",), "label", None, 104)
    reading = Reading("made.csv", None, ",", ("text",), "label", None, 300, test=test)
    numbers = tuple(range(2, 302)) + tuple(range(2, 106))
    split = ("train",) * 300 + ("test",) * 104
    data = replace(faulty, given_split=split, numbers=numbers, reading=reading)
    told = as_json(examine(data, SplitOptions()), data)
    assert (told["across_splits"]["rows"], told["across_splits"]["test_rows"]) == ([], [102, 105])


def test_no_label_is_doubted_by_models_that_are_no_better_than_one_answer_for_all() -> None:
    drawn = np.random.default_rng(0)
    texts = tuple(" ".join(drawn.choice(THINGS, 6)) for _ in range(200))
    found = examine(LabelledText("made", texts, tuple(drawn.choice(["a", "a", "b"], 200).tolist())), SplitOptions())
    assert found.agreement < 0.7 and found.suspects == ()
