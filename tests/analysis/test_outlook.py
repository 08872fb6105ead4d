"""What can be expected of so many examples, of such classes: never that there is nothing to worry about."""

import pytest

from seqcore.analysis.intervals import wilson_interval
from seqcore.analysis.outlook import outlook


def said(training: dict[str, int], test: dict[str, int]) -> list[tuple[str, str]]:
    found = outlook({"train": training, "validation": {}, "test": test})
    return [(remark.kind, remark.sentence) for remark in found]


def test_six_texts_are_too_few_to_learn_from_and_to_test_on() -> None:
    few, test = said({"a": 2, "b": 2}, {"a": 1, "b": 0})[:2]
    assert few[0] == test[0] == "warning"
    assert few[1].startswith("Only 4 texts to learn from")
    assert test[1].startswith("With 1 test text, an accuracy is known to about ±")


def test_always_answering_the_commonest_of_87_to_13_would_score_87() -> None:
    remarks = said({"ham": 3900, "spam": 560}, {"ham": 870, "spam": 130})
    assert remarks[0][0] == "warning"
    assert remarks[0][1].startswith("Always answering “ham” would be right for 87 % of the test texts")


@pytest.mark.parametrize(
    ("training", "test"),
    [({"a": 500, "b": 500}, {"a": 500, "b": 500}), (dict.fromkeys("abcde", 200), dict.fromkeys("abcde", 200))],
)
def test_even_classes_and_enough_texts_have_no_warning_but_their_precision(
    training: dict[str, int], test: dict[str, int]
) -> None:
    ((kind, sentence),) = said(training, test)
    assert kind == "info"
    assert "With 1,000 test texts, an accuracy is known to about ± 2 points" in sentence


@pytest.mark.parametrize("rows", [30, 100, 1200])
def test_the_precision_is_that_of_wilsons_interval(rows: int) -> None:
    half = rows // 2
    sentence = next(text for _, text in said({"a": 900, "b": 900}, {"a": half, "b": rows - half}) if "known to" in text)
    interval = wilson_interval(round(0.8 * rows), rows)
    assert f"± {50 * (interval.high - interval.low):.0f} points" in sentence
    assert f"{100 * interval.low:.0f} to {100 * interval.high:.0f} %" in sentence


def test_classes_with_a_handful_of_texts_are_named() -> None:
    remarks = said({"a": 300, "b": 4, "c": 2}, {"a": 30, "b": 1, "c": 1})
    assert any("2 classes have fewer than 10 texts to learn from (“b”, “c”)" in text for _, text in remarks)


def test_a_commonest_class_of_training_that_the_test_does_not_have_is_no_baseline() -> None:
    assert not any("Always answering" in text for _, text in said({"a": 900, "b": 100}, {"b": 500}))


def test_no_test_text_is_said_and_long_labels_are_cut() -> None:
    assert any("nobody can say how good" in text for _, text in said({"a": 200, "b": 200}, {}))
    long = "x" * 5000
    assert all(len(text) < 400 for _, text in said({long: 950, "b": 5}, {long: 95, "b": 5}))
