from __future__ import annotations

import pytest

from seqcore.datasets.label_spelling import look_alikes_among, one_spelling

_ENGLAND, _SCOTLAND = (
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(sign)) for sign in code) + "\U000e007f" for code in ("gbeng", "gbsct")
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0", "0.0"), ("1", "1e0"), ("1", "+1"), ("0", "-0"), ("10", "1E1"), ("0.5", ".50"), ("-2", "-2.00"),
        ("123456789012345678901234567890", "123456789012345678901234567890.0"),
        ("yes", "yes\u200b"), ("yes", "\ufeffyes"), ("naïve", "naïve\u00ad"), ("né", "ne\u0301"),
        ("가", "\u1100\u1161"), ("yes", " yes\u00a0"), ("❤", "❤\ufe0f"), ("مثبت", "\u200fمثبت\u200e"),
    ],
)  # fmt: skip
def test_spellings_of_one_label_are_one(one: str, other: str) -> None:
    assert one_spelling([one, one, other]).label_of[other.strip()] == one
    assert look_alikes_among(set(one_spelling([one, other]).label_of.values())) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Positive", "positive"), ("not spam", "not_spam"), ("not-spam", "Not Spam"), ("yes", "yes."), ("1", "１"),
        ("001", "1"), ("1,5", "1.5"), ("New\u00a0York", "New York"), ("“good”", "good"), ("STRASSE", "straße"),
    ],
)  # fmt: skip
def test_labels_that_look_alike_are_two_until_a_person_merges_them(one: str, other: str) -> None:
    assert len(set(one_spelling([one, other]).label_of.values())) == 2
    assert look_alikes_among([other, one, one]) == ((one, other),)
    assert set(one_spelling([one, one, other], look_alikes=True).label_of.values()) == {one}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "-1"), ("A", "A-"), ("C", "C++"), ("C", "C#"), ("!", "?"), ("1-0", "10"), ("e", "é"), ("1e999", "1e1000"),
        ("123456789012345678901234567890123", "123456789012345678901234567890124"), (_ENGLAND, _SCOTLAND),
        ("1,000", "1"), ("good", "goods"),
    ],
)  # fmt: skip
def test_other_labels_neither_are_one_nor_look_alike(one: str, other: str) -> None:
    assert look_alikes_among(set(one_spelling([one, other]).label_of.values())) == ()
    assert one_spelling([one, other], look_alikes=True).label_of == {one: one, other: other}


def test_the_commonest_spelling_is_shown_and_that_of_the_training_before_all() -> None:
    found = one_spelling(["0.0", "0", "0"], ["0.0"] * 9 + ["2.0"])
    assert found.label_of == {"0": "0", "0.0": "0", "2.0": "2.0"}
    assert found.notes == ("Spellings of one label were read as one: “0.0” as “0” (1 row)",)
    assert found.other_notes == ("Spellings of one label were read as one: “0.0” as “0” (9 rows)",)
    assert one_spelling(["yes", "no"]).notes == ()


def test_an_exponent_without_end_costs_nothing() -> None:
    assert one_spelling(["1e99999999999", "1e999999"]).label_of == {
        "1e99999999999": "1e99999999999",
        "1e999999": "1e999999",
    }
