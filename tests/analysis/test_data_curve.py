"""A curve's intervals hold planted truths, and it says so where it cannot tell."""

import numpy as np
import pytest

from seqcore.analysis.data_curve import DataCurve, Size
from seqcore.analysis.intervals import wilson_interval
from seqcore.analysis.more_data import MoreData, more_data
from seqcore.analysis.more_data_told import more_data_sentence, what_it_assumes
from tests.analysis.planted_curves import Truth, planted

SLOWS_DOWN = Truth(0.10, 0.05, 0.5)


def of_errors(
    errors: list[float], *, rows: tuple[int, ...] = (100, 180, 320, 560, 1000), texts: int = 1000
) -> MoreData:
    sizes = [Size(n, np.full(3, error), None, texts) for n, error in zip(rows, errors, strict=False)]
    return more_data(sizes, guessing=0.5)


def told(found: MoreData) -> str:
    return more_data_sentence(found, "LSTM")


@pytest.mark.parametrize(
    "truth", [SLOWS_DOWN, Truth(0.0, 0.15, 0.3), Truth(0.15, 0.0, 0.5)], ids=["slow", "on", "flat"]
)
def test_intervals_hold_the_truth_about_as_often_as_they_say(truth: Truth) -> None:
    held, repeats = np.zeros(2), 60
    for seed in range(repeats):
        found = DataCurve(planted(truth, np.random.default_rng(seed), sd=0.01))
        for place, (told, true) in enumerate(
            [
                (found.accuracy(2 * truth.rows), 1 - truth.error(2)),
                (found.gain(2 * truth.rows), truth.error(1) - truth.error(2)),
            ]
        ):
            held[place] += told.interval.low <= true <= told.interval.high
    assert (held / repeats >= 0.88).all()  # 0.95 less what so few repeats leave open


def test_the_law_is_given_in_rows() -> None:
    found = DataCurve(planted(SLOWS_DOWN, np.random.default_rng(0), texts=20_000, sd=0.0))
    for size in found.sizes:
        assert found.a + found.b * size.rows**-found.c == pytest.approx(size.error, abs=0.01)
        assert found.accuracy(size.rows).value == pytest.approx(1 - size.error, abs=0.01)


def test_an_accuracy_is_known_no_better_than_so_many_texts_tell() -> None:
    found = DataCurve(planted(SLOWS_DOWN, np.random.default_rng(0), sd=0.0)).accuracy(8000)
    plain = wilson_interval(found.value * 540, 540)
    assert found.interval.low <= plain.low and found.interval.high >= plain.high


def test_the_further_the_less_is_known() -> None:
    found = DataCurve(planted(SLOWS_DOWN, np.random.default_rng(3)))
    widths = [told.interval.high - told.interval.low for told in map(found.accuracy, (4000, 8000, 16000, 40000))]
    assert widths == sorted(widths)


def test_nothing_is_said_of_ten_times_the_rows_or_more_nor_of_a_gain_from_fewer() -> None:
    found = DataCurve(planted(SLOWS_DOWN, np.random.default_rng(0)))
    with pytest.raises(ValueError, match="too far"):
        found.accuracy(40_001)
    with pytest.raises(ValueError, match="more rows"):
        found.gain(4000)
    with pytest.raises(ValueError, match="different sizes"):
        DataCurve(found.sizes[:3])


def test_one_seed_at_each_size_leaves_more_open_than_three() -> None:
    def width(seeds: int) -> float:
        found = DataCurve(planted(SLOWS_DOWN, np.random.default_rng(5), seeds=seeds, texts=5000))
        interval = found.accuracy(8000).interval
        return interval.high - interval.low

    assert width(1) > width(3)


def test_a_curve_that_falls_on_says_that_more_would_help() -> None:
    found = more_data(planted(Truth(0.0, 0.15, 0.3), np.random.default_rng(1)), guessing=0.5)
    assert found.outcome == "helps"
    assert "With twice the texts, LSTM would get about" in told(found)
    assert told(found).endswith("more texts would help.")


def test_a_flat_curve_says_that_more_would_hardly_help() -> None:
    assert of_errors([0.1] * 5).outcome == "hardly"
    assert told(of_errors([0.1] * 5)).endswith("more texts would hardly help.")
    assert of_errors([0.0] * 5).outcome == "hardly"


def test_what_chance_could_turn_is_left_open() -> None:
    found = more_data(planted(Truth(0.1, 0.05, 0.5), np.random.default_rng(1), sd=0.02), guessing=0.5)
    assert found.outcome == "open"
    assert told(found).endswith("whether more texts would help cannot be told.")


def test_accuracy_that_falls_with_more_rows_is_no_such_curve() -> None:
    found = of_errors([0.1, 0.12, 0.15, 0.2, 0.25])
    assert found.outcome == "poor" and found.curve is None and found.ahead == ()
    assert (
        told(found) == "Whether more texts would help LSTM cannot be told: its accuracies do not lie on such a curve."
    )
    with pytest.raises(ValueError, match="no curve"):
        _ = found.gain


def test_a_misfit_that_the_choice_of_few_texts_explains_is_none() -> None:
    uneven = [0.3, 0.24, 0.25, 0.17, 0.18]
    assert of_errors(uneven, texts=200).curve is not None
    assert of_errors(uneven, texts=20_000).outcome == "poor"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_too_few_sizes_are_no_curve(number: int) -> None:
    found = of_errors([0.3, 0.25, 0.2][:number])
    assert found.outcome == "few"
    assert "a curve takes 4 sizes of the training part, and there" in told(found)


def test_a_curve_begins_where_something_is_learned() -> None:
    found = of_errors([0.5, 0.49, 0.3, 0.2, 0.1])
    assert (found.at_chance, found.outcome) == (2, "few")
    assert "at which it learned something, and there are 3 sizes" in told(found)
    assert of_errors([0.5, 0.3, 0.24, 0.2, 0.17]).curve is not None
    assert of_errors([0.5] * 5).outcome == "chance"
    assert "better than always giving the commonest answer" in told(of_errors([0.5] * 5))


def test_the_order_of_the_sizes_does_not_matter() -> None:
    sizes = planted(SLOWS_DOWN, np.random.default_rng(0))
    assert more_data(sizes[::-1], 0.5).ahead == more_data(sizes, 0.5).ahead


def test_other_examples_have_their_own_words() -> None:
    found = of_errors([0.1] * 5)
    said = more_data_sentence(found, "<b>", nouns=("wave", "waves"))
    assert "twice the waves" in said and "texts" not in said and "<b>" in said
    assert "waves" in what_it_assumes(("wave", "waves")) and "texts" not in what_it_assumes(("wave", "waves"))
