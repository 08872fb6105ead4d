"""MiniRocket: its kernels and thresholds as the paper has them, its features by hand, and that it learns."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.architectures.mini_rocket import FEATURES, HIGH, banks_of, dilations_of
from seqcore.kinds.sizes import FrameSizes
from seqcore.worker.fit.mini_rocket import convolved, draw_kernels, levels, weights_of
from seqcore.worker.models.build import build_model
from tests.worker.fit.series_examples import prepared_series, solved

MINI_ROCKET = get_architecture("mini_rocket")


def waves(rows: int, seed: int, *, longest: int = 60, shortest: int = 60, channels: int = 1):
    """Class 1 has a bump somewhere, class 0 a dent."""
    rng = np.random.default_rng(seed)
    labels = np.arange(rows) % 2
    found = []
    for label in labels:
        length = int(rng.integers(shortest, longest + 1))
        series = rng.normal(size=(length, channels)) * 0.3
        at = int(rng.integers(2, length - 10))
        series[at : at + 6, -1] += 2.0 * (1 if label else -1) * np.array([0.3, 0.8, 1, 1, 0.8, 0.3])
        found.append(series)
    return found, labels


def test_there_are_84_kernels_of_nine_weights_that_sum_to_nothing() -> None:
    assert len(HIGH) == 84
    assert weights_of(0).tolist() == [2, 2, 2, -1, -1, -1, -1, -1, -1]
    assert all(weights_of(kernel).sum() == 0 for kernel in range(84))


@pytest.mark.parametrize(
    ("longest", "dilations", "counts"),
    [  # from the code of its authors
        (150, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18], None),
        (9, [1], [119]),
        (5, [1], [119]),
        (1, [1], [119]),
    ],
)
def test_dilations_grow_until_a_kernel_is_as_wide_as_the_longest_series(longest, dilations, counts) -> None:
    found = dilations_of(longest, 9_996)
    assert sum(count for _, count in found) == 119
    assert found[-1][0] * 8 <= max(longest - 1, 8)
    assert [dilation for dilation, _ in found] == dilations
    assert counts in (None, [count for _, count in found])


def test_thresholds_stand_at_fractions_of_the_golden_ratio() -> None:
    np.testing.assert_allclose(levels(0, 3), [0.618034, 0.236068, 0.854102], atol=1e-6)
    np.testing.assert_allclose(levels(1, 2), levels(0, 3)[1:])


def test_a_kernel_says_what_the_sum_of_its_weights_says() -> None:
    values = np.arange(1, 13, dtype=np.float32)
    said = convolved(values, weights_of(0), 1)
    # at step 4 (value 5) it sees 1 to 9: twice 1 + 2 + 3, less 4 to 9
    assert said[4] == 2 * (1 + 2 + 3) - (4 + 5 + 6 + 7 + 8 + 9)
    assert said[0] == 2 * 0 - (0 + 1 + 2 + 3 + 4 + 5)  # its first four places lie before the series
    spread = convolved(values, weights_of(0), 2)
    assert spread[0] == -(1 + 3 + 5 + 7 + 9)


@pytest.mark.parametrize("channels", [1, 3])
def test_features_are_the_shares_of_time_above_each_threshold(channels: int) -> None:
    examples, labels = waves(8, 0, shortest=14, longest=30, channels=channels)
    prepared = prepared_series([(examples, labels)] * 3, 2)
    options = MINI_ROCKET.validate_options({"features": 336})
    model = build_model(MINI_ROCKET, prepared.sizes, options)
    banks = banks_of(prepared.sizes, options)
    draw_kernels(model, banks, prepared.train, np.random.default_rng(3))
    look = keras.Model(model.input, model.get_layer(FEATURES).output)
    inputs, _ = prepared.train.batch(np.arange(8))
    found = np.asarray(look(inputs))
    assert found.shape == (8, 336)
    for row, example in enumerate(examples):
        expected: list[float] = []
        for bank in banks:
            (kernels,) = model.get_layer(f"kernels_{bank.name}").get_weights()  # (9, channels, kernels)
            (thresholds,) = model.get_layer(f"thresholds_{bank.name}").get_weights()
            for number in range(len(bank.kernels)):
                said = sum(
                    convolved(example[:, channel].astype(np.float32), kernels[:, channel, number], bank.dilation)
                    for channel in range(channels)
                )
                margin = 4 * bank.dilation if bank.reach == "inner" else 0
                said = said[margin : len(said) - margin]
                own = thresholds.reshape(len(bank.kernels), -1)[number]
                expected += [float((said > threshold).mean()) if len(said) else 0.0 for threshold in own]
        assert np.mean(np.abs(found[row] - expected) > 1e-5) < 0.005  # but for a value that lies on a threshold


def test_each_kernel_sums_some_channels_with_the_same_weights() -> None:
    examples, labels = waves(10, 0, channels=5)
    prepared = prepared_series([(examples, labels)] * 3, 2)
    options = MINI_ROCKET.validate_options({"features": 84})
    model = build_model(MINI_ROCKET, prepared.sizes, options)
    banks = banks_of(prepared.sizes, options)
    draw_kernels(model, banks, prepared.train, np.random.default_rng(0))
    chosen = []
    for bank in banks:
        (kernels,) = model.get_layer(f"kernels_{bank.name}").get_weights()
        for number, kernel in enumerate(bank.kernels):
            used = [channel for channel in range(5) if kernels[:, channel, number].any()]
            assert all((kernels[:, channel, number] == weights_of(kernel)).all() for channel in used)
            chosen.append(len(used))
    assert min(chosen) == 1
    assert max(chosen) <= 5
    assert len(set(chosen)) > 2


def test_it_learns_a_shape_that_stands_anywhere_in_series_of_any_length() -> None:
    parts = [waves(60, 0, shortest=30), waves(30, 1, shortest=30), waves(60, 2, shortest=30)]
    prepared = prepared_series(parts, 2)
    model, chosen = solved("mini_rocket", prepared, features=336)
    inputs, labels = prepared.test.batch(np.arange(60))
    assert float(((np.asarray(model(inputs))[:, 0] > 0.5) == labels).mean()) > 0.9
    assert chosen.keys() == {"alpha", "scale"}


def test_the_same_seed_gives_the_same_model_and_another_seed_another() -> None:
    prepared = prepared_series([waves(20, 0), waves(10, 1), waves(10, 2)], 2)
    inputs, _ = prepared.test.batch(np.arange(10))
    one, again, other = (
        np.asarray(solved("mini_rocket", prepared, seed, features=168)[0](inputs)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 1e-4


def test_a_class_without_training_examples_is_never_answered() -> None:
    prepared = prepared_series([waves(20, 0), waves(10, 1), waves(10, 2)], 3)
    inputs, _ = prepared.test.batch(np.arange(10))
    answers = np.asarray(solved("mini_rocket", prepared, features=168)[0](inputs))
    np.testing.assert_allclose(answers[:, 2], 0)
    assert np.isfinite(answers).all()


@pytest.mark.parametrize("length", [1, 2, 8])
def test_series_shorter_than_a_kernel_are_answered_too(length: int) -> None:
    rng = np.random.default_rng(0)
    labels = np.arange(12) % 2
    examples = [np.full((length, 1), float(label)) + rng.normal(size=(length, 1)) * 0.01 for label in labels]
    prepared = prepared_series([(examples, labels)] * 3, 2)
    model, _ = solved("mini_rocket", prepared, features=84)
    assert np.isfinite(np.asarray(model(prepared.test.batch(np.arange(12))[0]))).all()


def test_it_says_by_how_many_steps_its_patterns_are_spread() -> None:
    (stage,) = MINI_ROCKET.stages(Sizes(FrameSizes(1, 150), 2), MINI_ROCKET.validate_options({}))
    assert "1 to 18 apart" in stage.says
