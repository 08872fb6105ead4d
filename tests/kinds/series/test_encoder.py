"""What becomes of a series on its way to the model, whatever is in it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from seqcore.errors import DataError
from seqcore.kinds import FrameSizes, get_kind
from seqcore.kinds.series import SeriesEncoder, SeriesOptions
from tests.kinds.series.made import rising_and_falling

NAN, INF = np.nan, np.inf


def _column(*values: float) -> np.ndarray:
    return np.array(values, np.float32)[:, None]


def _encoded(example, training=None, **options) -> np.ndarray:
    encoder = SeriesEncoder.fit([example] if training is None else training, SeriesOptions(**options))
    (array,) = encoder.encode([example])
    return array


def test_over_the_training_series_mean_and_spread_become_0_and_1_and_levels_stay_apart() -> None:
    training = [_column(0, 2), _column(10, 12, 14)]
    encoder = SeriesEncoder.fit(training, SeriesOptions())
    flat = np.concatenate(encoder.encode(training))
    assert flat.mean() == pytest.approx(0, abs=1e-6)
    assert flat.std() == pytest.approx(1, abs=1e-6)
    assert encoder.encode([_column(100)])[0][0, 0] > 10


def test_each_series_on_its_own_has_mean_0_and_spread_1_in_each_channel() -> None:
    example = np.array([[1, 100], [2, 300], [3, 500]], np.float32)
    array = _encoded(example, standardise="series")
    np.testing.assert_allclose(array.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(array.std(axis=0), 1, atol=1e-6)


def test_not_standardised_values_are_read_as_they_are() -> None:
    np.testing.assert_array_equal(_encoded(_column(5, -7), standardise="none")[:, 0], [5, -7])


@pytest.mark.parametrize("standardise", ["training", "series", "none"])
@pytest.mark.parametrize(
    "example",
    [
        _column(3), _column(4, 4, 4, 4), _column(NAN, NAN), _column(INF, 1, -INF), np.zeros((0, 1), np.float32),
        _column(1e30, -1e30, 3e38), _column(1e-30, 2e-30), _column(0.1, 0.1, 0.1),
    ],
    ids=["one point", "constant", "all missing", "infinite", "empty", "huge", "tiny", "constant of rounding"],
)  # fmt: skip
def test_whatever_is_in_a_series_what_is_read_of_it_are_finite_numbers(example, standardise) -> None:
    array = _encoded(example, standardise=standardise)
    assert array.shape == (len(example), 1)
    assert array.dtype == np.float32
    assert np.isfinite(array).all()


def test_a_series_that_never_changes_is_0_on_its_own_and_so_is_a_single_point() -> None:
    np.testing.assert_array_equal(_encoded(_column(0.1, 0.1, 0.1), standardise="series"), 0)
    np.testing.assert_array_equal(_encoded(_column(7), standardise="series"), 0)


def test_a_tiny_series_is_standardised_like_any_other() -> None:
    np.testing.assert_allclose(_encoded(_column(1e-12, 3e-12), standardise="series")[:, 0], [-1, 1], rtol=1e-4)


def test_missing_and_infinite_values_are_on_the_line_between_their_neighbours() -> None:
    array = _encoded(_column(NAN, 1, NAN, INF, 4, NAN), standardise="none")
    np.testing.assert_allclose(array[:, 0], [1, 1, 2, 3, 4, 4])


def test_missing_values_can_be_marked_in_channels_of_their_own() -> None:
    array = _encoded(np.array([[1, NAN], [NAN, 5]], np.float32), standardise="none", missing="indicate")
    np.testing.assert_array_equal(array, [[1, 5, 0, 1], [1, 5, 1, 0]])


def test_series_of_any_rate_are_brought_to_one_number_of_moments() -> None:
    for example in (_column(0, 10), _column(*range(11)), _column(*np.linspace(0, 10, 101))):
        np.testing.assert_allclose(_encoded(example, standardise="none", resample=5)[:, 0], [0, 2.5, 5, 7.5, 10])
    np.testing.assert_array_equal(_encoded(_column(3), standardise="none", resample=4)[:, 0], [3, 3, 3, 3])


def test_changes_can_be_fed_instead_of_values() -> None:
    np.testing.assert_array_equal(_encoded(_column(1, 4, 2), standardise="none", difference=True)[:, 0], [0, 3, -2])


def test_a_long_series_is_cut_and_says_how_long_it_was() -> None:
    encoder = SeriesEncoder.fit([_column(*range(9))], SeriesOptions(most_moments=4))
    assert encoder.encode([_column(*range(9))])[0].shape == (4, 1)
    assert encoder.lengths([_column(*range(9))]).tolist() == [9]
    assert encoder.sizes == FrameSizes(1, 4)
    assert [step.name for step in encoder.steps(_column(*range(9)))] == [f"moment {n}" for n in (1, 2, 3, 4)]


def test_steps_say_where_they_are_in_the_series_as_it_was_measured() -> None:
    plain = SeriesEncoder.fit([_column(1, NAN, 3)], SeriesOptions())
    assert [(each.start, each.end, each.known) for each in plain.steps(_column(1, NAN, 3))] == [
        (0, 1, True), (1, 2, False), (2, 3, True),
    ]  # fmt: skip
    brought = SeriesEncoder.fit([_column(*range(5))], SeriesOptions(resample=3))
    assert [(each.start, each.end) for each in brought.steps(_column(*range(5)))] == [(0, 1), (2, 3), (4, 5)]
    assert brought.steps(np.zeros((0, 1), np.float32)) == []


def test_a_series_without_a_value_is_one_that_nothing_is_known_of() -> None:
    encoder = SeriesEncoder.fit([_column(1, 2)], SeriesOptions())
    assert encoder.knows([_column(NAN, NAN), _column(1, NAN)]) == [False, True]
    np.testing.assert_allclose(encoder.unknown_shares([_column(NAN, NAN), _column(1, NAN)]), [1, 0.5])


def test_only_training_series_decide_and_the_file_gives_back_the_same() -> None:
    data = rising_and_falling(channels=2)
    encoder = get_kind("series").fit(list(data.series), SeriesOptions(missing="indicate", resample=7))
    again = get_kind("series").read_encoder(encoder.to_bytes(), SeriesOptions())
    for one, other in zip(encoder.encode(data.series), again.encode(data.series), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "change", [{"mean": []}, {"mean": [1, 2]}, {"spread": [0]}, {"longest": -1}, {"resample": 10**9}, {"more": 1}]
)
def test_a_damaged_encoder_file_is_refused(change) -> None:
    saved = json.loads(SeriesEncoder.fit([_column(1, 2)], SeriesOptions()).to_bytes())
    with pytest.raises(DataError, match="cannot be read"):
        SeriesEncoder.from_json(json.dumps(saved | change).encode())
    with pytest.raises(DataError, match="cannot be read"):
        SeriesEncoder.from_json(b"\x80nothing")


def test_another_number_of_channels_is_said() -> None:
    encoder = SeriesEncoder.fit([_column(1, 2)], SeriesOptions())
    with pytest.raises(DataError, match=r"another number of channels.*2, where it read 1"):
        encoder.encode([np.zeros((3, 2), np.float32)])


def test_what_was_found_is_told() -> None:
    examples = [_column(1, NAN, 3), _column(2, 2), _column(*range(12))]
    told = get_kind("series").told(examples, SeriesOptions(most_moments=10))
    assert "between 2 and 12 moments" in told
    assert "1 of 3 are cut to 10 moments" in told
    assert "5.9 % of the values are missing" in told
    assert "1 series never changes" in told


def test_the_largest_sizes_are_those_of_the_encoder() -> None:
    data = rising_and_falling(channels=2)
    for options in (SeriesOptions(), SeriesOptions(most_moments=0), SeriesOptions(resample=9, missing="indicate")):
        kind = get_kind("series")
        assert kind.largest_sizes(data.series, options) == kind.fit(data.series, options).sizes
