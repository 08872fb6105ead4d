"""From a series of numbers to the frames that a model reads: missing values, rate, changes, standardising."""

from __future__ import annotations

from typing import Any

import numpy as np

# What follows is copied into predict.py.
NO_SPREAD = 1e-9  # of how large the values are: what rounding leaves of a series that never changes


def filled_in(values: Any) -> tuple[Any, Any]:
    """(moments, channels) with straight lines where values are missing or infinite, and 1 where that was done, else 0.

    A channel with no value at all stays NaN: nothing is known of it.
    """
    values = np.array(values, np.float64)
    missing = ~np.isfinite(values)
    values[missing] = np.nan
    moments = np.arange(len(values))
    for channel in range(values.shape[1]):
        there = ~missing[:, channel]
        if there.any() and not there.all():
            values[:, channel] = np.interp(moments, moments[there], values[there, channel])
    return values, missing.astype(np.float64)


def resampled(values: Any, moments: int) -> Any:
    """(moments, channels): the values on straight lines between those that are given, evenly spaced from end to end."""
    if len(values) in (0, moments):
        return values
    places = np.linspace(0, len(values) - 1, moments)
    given = np.arange(len(values))
    return np.stack([np.interp(places, given, values[:, channel]) for channel in range(values.shape[1])], axis=1)


def prepared(values: Any, resample: int, difference: bool) -> tuple[Any, Any]:
    """(moments, channels) of numbers, NaN in a channel that has none, and what share of each was missing."""
    numbers, missing = filled_in(values)
    if resample:
        numbers, missing = resampled(numbers, resample), resampled(missing, resample)
    if difference and len(numbers):
        numbers = np.diff(numbers, axis=0, prepend=numbers[:1])
    return numbers, missing


def frames_of(values: Any, about: Any) -> Any:
    """(moments, channels) float32 without any NaN: what a model reads of a series; a channel without a value is 0.

    Args:
        values: (moments, channels) as measured, NaN where a value is missing.
        about: What was learned from the training series, and how they are read, as the encoder's file has it.
    """
    numbers, missing = prepared(values, about["resample"], about["difference"])
    numbers, missing = numbers[: about["longest"]], missing[: about["longest"]]
    if about["standardise"] == "series" and len(numbers):
        numbers = numbers - numbers.mean(axis=0)
        spread = numbers.std(axis=0)
        numbers = numbers / np.where(spread > NO_SPREAD * values_size(values), spread, 1.0)
    elif about["standardise"] == "training":
        numbers = (numbers - np.array(about["mean"])) / np.array(about["spread"])
    if about["missing"] == "indicate":
        numbers = np.concatenate([numbers, missing], axis=1)
    largest = float(np.finfo(np.float32).max)
    return np.nan_to_num(np.clip(numbers, -largest, largest), nan=0.0).astype(np.float32)


def values_size(values: Any) -> Any:
    """(channels,) how large the values are at most, against which a spread of rounding errors is none; 0 of none."""
    finite = np.where(np.isfinite(values), np.abs(np.asarray(values, np.float64)), 0.0)
    return finite.max(axis=0, initial=0.0)
