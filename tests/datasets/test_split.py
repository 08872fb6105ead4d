from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqcore.datasets import LabelledText, Split, refuse_to_redraw_a_given_test, split_rows
from seqcore.datasets.split import largest_remainders
from seqcore.errors import DataError
from seqcore.spec import SplitOptions
from tests.datasets.conftest import labelled


def sizes(split: Split) -> tuple[int, int, int]:
    return len(split.train), len(split.validation), len(split.test)


def classes_of(data: LabelledText, rows: np.ndarray) -> Counter[str]:
    return Counter(data.labels[row] for row in rows)


def test_shares_are_exact_to_the_row_in_every_class() -> None:
    data = labelled(["ham"] * 4825 + ["spam"] * 747)
    split = split_rows(data, SplitOptions())
    assert sizes(split) == (4012, 446, 1114)
    assert classes_of(data, split.test) == {"ham": 965, "spam": 149}
    assert classes_of(data, split.validation) == {"ham": 386, "spam": 60}


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(4, 60), min_size=2, max_size=6),
    test_share=st.sampled_from([0.05, 0.1, 0.2, 0.5]),
    seed=st.integers(0, 5),
    duplicates=st.booleans(),
)
def test_every_row_stands_in_exactly_one_part(
    counts: list[int], test_share: float, seed: int, duplicates: bool
) -> None:
    labels = [f"c{code}" for code, count in enumerate(counts) for _ in range(count)]
    texts = [f"text {row // 2 if duplicates else row}" for row in range(len(labels))]
    data = labelled(labels, texts)
    split = split_rows(data, SplitOptions(test_share=test_share, split_seed=seed))
    everything = np.concatenate([split.train, split.validation, split.test])
    assert sorted(everything) == list(range(len(labels)))
    for rows in (split.train, split.validation, split.test):
        assert rows.dtype == np.int64 and len(rows) and list(rows) == sorted(rows)
    if not duplicates:
        assert len(split.test) == max(1, round(test_share * len(labels)))
        for label, count in Counter(labels).items():
            assert abs(classes_of(data, split.test)[label] - count * test_share) < 1.5
            assert classes_of(data, split.train)[label] >= 1


def test_the_same_seed_gives_the_same_split_and_another_another() -> None:
    data = labelled(["a", "b"] * 50)
    first, again = (split_rows(data, SplitOptions(split_seed=3)) for _ in range(2))
    other = split_rows(data, SplitOptions(split_seed=4))
    np.testing.assert_array_equal(first.test, again.test)
    np.testing.assert_array_equal(first.validation, again.validation)
    assert list(first.test) != list(other.test)


def test_identical_texts_stay_together_when_asked() -> None:
    data = labelled(["a", "b"] * 60, [f"text {row % 40}" for row in range(120)])
    split = split_rows(data, SplitOptions())
    parts = [{data.texts[row] for row in rows} for rows in (split.train, split.validation, split.test)]
    assert not (parts[0] & parts[1] or parts[0] & parts[2] or parts[1] & parts[2])
    apart = split_rows(data, SplitOptions(group_duplicates=False))
    assert {data.texts[row] for row in apart.train} & {data.texts[row] for row in apart.test}
    assert sizes(apart) == (86, 10, 24)


def test_near_duplicates_stay_together_when_asked() -> None:
    texts = [f"One thing is {row // 2} and no more{'!' * (row % 2)}" for row in range(120)]
    data = labelled(["a", "a", "b", "b"] * 30, texts)
    for options in (SplitOptions(), SplitOptions(split_seed=4)):
        split = split_rows(data, options)
        assert sizes(split)[2] == 24
        for rows in (split.train, split.validation, split.test):
            assert {row ^ 1 for row in rows.tolist()} == set(rows.tolist())


def test_where_only_identical_texts_stay_together_near_duplicates_are_drawn_like_any_others() -> None:
    """As it was before version 4 of the settings, so that the split of an older run is found again."""
    labels, options = ["a", "b"] * 30, SplitOptions(group_near_duplicates=False)
    alike = split_rows(labelled(labels, [f"One thing {'!' * row}" for row in range(60)]), options)
    different = split_rows(labelled(labels), options)
    for name in ("train", "validation", "test"):
        np.testing.assert_array_equal(getattr(alike, name), getattr(different, name))


def test_many_copies_of_a_few_texts_can_still_be_split() -> None:
    data = labelled(["a"] * 100 + ["b"] * 100, [f"text {row // 50}" for row in range(200)])
    split = split_rows(data, SplitOptions())
    assert min(sizes(split)) > 0


def test_five_reviews_give_three_one_and_one() -> None:
    data = labelled(["1", "0", "1", "0", "1"])
    for seed in range(20):
        split = split_rows(data, SplitOptions(split_seed=seed))
        assert sizes(split) == (3, 1, 1)
        assert len(classes_of(data, split.train)) == 2


@pytest.mark.parametrize("labels", ["aabb", "aaab", "aabc", "abcd", "abcde", "aabbccddee"])
@pytest.mark.parametrize("share", [0.05, 0.5])
def test_tiny_data_is_split_as_well_as_it_can_be(labels: str, share: float) -> None:
    for seed in range(10):
        data = labelled(list(labels))
        split = split_rows(data, SplitOptions(split_seed=seed, test_share=share, validation_share=share))
        assert min(sizes(split)) > 0
        assert len(classes_of(data, split.train)) >= 2


@pytest.mark.parametrize("labels", ["ab", "aab", "abc"])
def test_fewer_rows_than_parts_need_are_refused_with_the_reason(labels: str) -> None:
    with pytest.raises(DataError, match=r"Too few rows: none is left for the \w+ part"):
        split_rows(labelled(list(labels)), SplitOptions())


def test_copies_of_one_text_are_refused_when_they_must_stay_together() -> None:
    data = labelled(["a", "b"] * 5, ["the same"] * 10)
    with pytest.raises(DataError, match="Too few rows"):
        split_rows(data, SplitOptions())
    assert min(sizes(split_rows(data, SplitOptions(group_duplicates=False)))) > 0


def test_a_class_of_one_row_goes_to_training() -> None:
    data = labelled(["a"] * 20 + ["b"] * 20 + ["rare"])
    for seed in range(10):
        assert 40 in split_rows(data, SplitOptions(split_seed=seed)).train


def test_a_given_test_split_is_untouched() -> None:
    given_split = ["train"] * 30 + ["test"] * 10
    data = labelled(["a", "b"] * 20, [f"text {row % 35}" for row in range(40)], given_split)
    split = split_rows(data, SplitOptions(validation_share=0.2))
    assert list(split.test) == list(range(30, 40))
    assert sizes(split) == (24, 6, 10)


def test_a_given_validation_split_is_untouched_and_the_test_is_drawn() -> None:
    data = labelled(["a", "b"] * 20, split=["train"] * 30 + ["validation"] * 10)
    split = split_rows(data, SplitOptions())
    assert list(split.validation) == list(range(30, 40))
    assert sizes(split) == (24, 10, 6)


def test_a_whole_given_split_is_taken_as_it_is() -> None:
    data = labelled(list("ababab"), split=["train", "train", "validation", "test", "test", "train"])
    split = split_rows(data, SplitOptions())
    assert [list(rows) for rows in (split.train, split.validation, split.test)] == [[0, 1, 5], [2], [3, 4]]


@given(st.lists(st.floats(0, 50), min_size=1, max_size=8))
def test_largest_remainders_add_up_and_stay_near_their_quotas(quotas: list[float]) -> None:
    exact = np.array(quotas)
    total = round(exact.sum())
    counts = largest_remainders(exact, total, np.full(len(quotas), 100))
    assert counts.sum() in (total, int(np.floor(exact + 1e-9).sum()))
    assert np.all(np.abs(counts - exact) <= 1 + 1e-9)


def test_largest_remainders_respect_their_caps() -> None:
    counts = largest_remainders(np.array([3.6, 0.4]), 4, np.array([2, 5]))
    assert counts.tolist() == [2, 2]


SHARES = st.lists(st.floats(0.01, 1.0), min_size=2, max_size=4)


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(4, 60), min_size=2, max_size=6), shares=SHARES, seed=st.integers(0, 5))
def test_a_smaller_share_of_the_training_rows_stands_in_every_larger_one(
    counts: list[int], shares: list[float], seed: int
) -> None:
    data = labelled([f"c{code}" for code, count in enumerate(counts) for _ in range(count)])
    whole = split_rows(data, SplitOptions(split_seed=seed))
    used: set[int] = set()
    for share in sorted(shares):
        split = split_rows(data, SplitOptions(split_seed=seed, training_share=share))
        np.testing.assert_array_equal(split.test, whole.test)
        np.testing.assert_array_equal(split.validation, whole.validation)
        rows = split.train.tolist()
        assert used <= set(rows) <= set(whole.train.tolist()) and rows == sorted(rows)
        used = set(rows)


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(4, 200), min_size=2, max_size=6), share=st.floats(0.01, 1.0), seed=st.integers(0, 5))
def test_a_share_of_the_training_rows_has_its_share_of_every_class_and_one_row_at_least(
    counts: list[int], share: float, seed: int
) -> None:
    data = labelled([f"c{code}" for code, count in enumerate(counts) for _ in range(count)])
    whole = split_rows(data, SplitOptions(split_seed=seed)).train
    used = split_rows(data, SplitOptions(split_seed=seed, training_share=share)).train
    assert used.dtype == np.int64
    assert len(used) == max(len(counts), round(share * len(whole)))
    rare = sum(share * count < 1 for count in classes_of(data, whole).values())  # with a row more than their share
    for label, count in classes_of(data, whole).items():
        assert classes_of(data, used)[label] >= 1
        assert abs(classes_of(data, used)[label] - share * count) <= 1 + len(counts) / 2 + rare


def test_another_split_seed_draws_another_share_of_a_given_training_part() -> None:
    data = labelled(["a", "b"] * 50, split=["train"] * 60 + ["validation"] * 20 + ["test"] * 20)
    drawn = [split_rows(data, SplitOptions(training_share=0.5, split_seed=seed)).train.tolist() for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_each_seed_draws_its_own_split_where_that_was_asked_and_else_none_does() -> None:
    data, same, new = labelled(["a", "b"] * 50), SplitOptions(), SplitOptions(split_each_seed=True)
    assert same.drawn_for(0) == same.drawn_for(7) == same
    assert new.drawn_for(3) == new.drawn_for(3)
    tests = {tuple(split_rows(data, new.drawn_for(seed)).test.tolist()) for seed in range(5)}
    assert len(tests) == 5
    assert new.drawn_for(1) != SplitOptions(split_each_seed=True, split_seed=1).drawn_for(1)


@given(seed=st.integers(0, 2**31 - 1), split_seed=st.integers(0, 2**31 - 1))
def test_the_split_of_a_seed_is_within_the_bounds_of_its_setting(seed: int, split_seed: int) -> None:
    drawn = SplitOptions(split_each_seed=True, split_seed=split_seed).drawn_for(seed)
    assert SplitOptions(**drawn.model_dump()) == drawn


def test_a_test_part_that_came_with_the_data_cannot_be_drawn_for_each_seed() -> None:
    given_split = ["train"] * 30 + ["test"] * 10
    tested = labelled(["a", "b"] * 20, split=given_split)
    with pytest.raises(DataError, match=r"The test part came with the data.*split_each_seed.*Turn it off"):
        refuse_to_redraw_a_given_test(tested, SplitOptions(split_each_seed=True))
    refuse_to_redraw_a_given_test(tested, SplitOptions())
    validated = labelled(["a", "b"] * 20, split=["train"] * 30 + ["validation"] * 10)
    refuse_to_redraw_a_given_test(validated, SplitOptions(split_each_seed=True))
    drawn = [split_rows(validated, SplitOptions(split_each_seed=True).drawn_for(seed)) for seed in (0, 1)]
    assert drawn[0].validation.tolist() == drawn[1].validation.tolist() == list(range(30, 40))
    assert drawn[0].test.tolist() != drawn[1].test.tolist()
