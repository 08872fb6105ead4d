"""Planted series: what they say of themselves holds, whatever the length, and nothing else tells the label."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.planted import PlantedSeriesOptions, plant, planted_tasks
from seqcore.datasets.planted.apart import plant_apart, plant_in_child
from seqcore.errors import DataError, OptionError
from seqcore.lab.memory_race.race import Race

NAMES = [task.name for task in planted_tasks("series")]
every_task = pytest.mark.parametrize("name", NAMES)


def planted(name: str, **values) -> LabelledSeries:
    found = plant(name, PlantedSeriesOptions(**{"rows": 200, **values}))
    assert isinstance(found, LabelledSeries)
    return found


def cues(data: LabelledSeries) -> list[np.ndarray]:
    """The moments that matter of each series, (moments, channels)."""
    assert data.evidence is not None
    return [one[start:end] for one, (start, end) in zip(data.series, data.evidence, strict=True)]


def accuracy(features: np.ndarray, labels: tuple[str, ...]) -> float:
    """Learned on the first half, tested on the second."""
    half = len(labels) // 2
    model = LogisticRegression(max_iter=500).fit(features[:half], labels[:half])
    return float(model.score(features[half:], labels[half:]))


def test_trend_frequency_and_the_position_of_a_spike_are_there() -> None:
    assert NAMES == ["trend", "frequency", "spike"]


@every_task
@pytest.mark.parametrize("length", [30, 31, 100, 1000])
@pytest.mark.parametrize("channels", [1, 3])
def test_any_length_and_number_of_channels_works_and_classes_are_equally_frequent(name, length, channels) -> None:
    data = planted(name, length=length, channels=channels, rows=40)
    assert {one.shape for one in data.series} == {(length, channels)}
    assert len(data.channels) == channels
    assert sorted(Counter(data.labels).values()) == [20, 20]
    assert all(0 <= start < end <= length for start, end in data.evidence or ())


@every_task
def test_the_same_seed_gives_the_same_series_and_another_seed_others(name: str) -> None:
    assert planted(name) == planted(name)
    assert planted(name).content_hash != planted(name, seed=1).content_hash


def test_another_process_draws_the_same() -> None:
    code = (
        "from seqcore.datasets.planted import PlantedSeriesOptions, plant;"
        "print(plant('frequency', PlantedSeriesOptions(rows=50)).content_hash)"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == planted("frequency", rows=50).content_hash


@every_task
@pytest.mark.parametrize("channels", [1, 2])
def test_without_the_moments_that_matter_nothing_tells_the_label(name: str, channels: int) -> None:
    data = planted(name, rows=2000, length=60, noise=0.5, channels=channels)
    left = np.stack(
        [np.delete(one, np.s_[start:end], axis=0) for one, (start, end) in zip(data.series, data.evidence, strict=True)]
    )
    told = np.hstack([left.reshape(len(left), -1), left.mean(axis=1), left.std(axis=1), left.max(axis=1)])
    assert accuracy(told, data.labels) == pytest.approx(0.5, abs=0.05)


@every_task
def test_without_noise_all_else_is_nothing_and_one_channel_has_what_matters(name: str) -> None:
    data = planted(name, noise=0.0, channels=3)
    for one, (start, end) in zip(data.series, data.evidence or (), strict=True):
        assert not one[:start].any()
        assert not one[end:].any()
        assert np.count_nonzero(one.any(axis=0)) == 1


def test_a_trend_goes_where_it_says() -> None:
    data = planted("trend", noise=0.0)
    for cue, label in zip(cues(data), data.labels, strict=True):
        assert (cue[0, 0], cue[-1, 0]) == ((-1, 1) if label == "rises" else (1, -1))


def test_a_fast_series_crosses_zero_twice_as_often_as_a_slow_one() -> None:
    data = planted("frequency", noise=0.0, length=300)
    crossings = [int(np.count_nonzero(np.diff(np.sign(cue[:, 0] + 1e-6)))) for cue in cues(data)]
    for label, few in (("slow", 4), ("fast", 8)):
        assert {few - 1, few} >= {found for found, each in zip(crossings, data.labels, strict=True) if each == label}


@pytest.mark.parametrize("length", [30, 31, 100])
def test_a_spike_stands_in_its_half_and_is_the_same_for_both(length: int) -> None:
    data = planted("spike", noise=0.0, length=length)
    for cue, (start, end), label in zip(cues(data), data.evidence or (), data.labels, strict=True):
        assert cue[:, 0].tolist() == [1, 2, 3, 2, 1]
        assert (end <= length // 2) if label == "first half" else (start >= length // 2)


def test_more_than_a_file_may_hold_is_refused_before_it_is_made() -> None:
    def refuse(_job):
        raise AssertionError("no child is needed")

    with pytest.raises(DataError, match="fewer rows"):
        plant_apart("trend", PlantedSeriesOptions(length=10_000, rows=200_000), refuse)


def test_many_are_made_by_a_child_and_are_the_same() -> None:
    options = PlantedSeriesOptions(length=600, rows=900)
    made = plant_apart("trend", options, lambda job: job.answer(plant_in_child(job.options, job.parts(), print)))
    assert made == plant("trend", options)


def test_a_memory_race_is_not_run_on_series() -> None:
    with pytest.raises(OptionError, match="task of series"):
        Race("trend")
