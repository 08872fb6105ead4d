"""Series of numbers to frames: what was learned from the training series, in a file of JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from seqcore.datasets.series.raw import MOST_CHANNELS
from seqcore.errors import DataError
from seqcore.kinds.base import Encoder, Step
from seqcore.kinds.series.frames import NO_SPREAD, frames_of, prepared, values_size
from seqcore.kinds.series.options import MOST_MOMENTS, Missing, SeriesOptions, Standardise
from seqcore.kinds.sizes import FrameSizes

Values = npt.NDArray[np.float32]  # (moments, channels)
_LONGEST = 1_000_000


class Learned(BaseModel):
    """What the encoder's file holds.

    Attributes:
        mean: Of each channel over the training series.
        spread: Standard deviation of each; 1 of a channel that never changes.
        longest: Moments read of a series at most.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    version: Literal[1] = 1
    mean: tuple[float, ...] = Field(min_length=1, max_length=MOST_CHANNELS)
    spread: tuple[float, ...]
    longest: int = Field(ge=1, le=_LONGEST)
    standardise: Standardise
    missing: Missing
    resample: int = Field(ge=0, le=MOST_MOMENTS)
    difference: bool

    @model_validator(mode="after")
    def _as_many(self) -> Learned:
        if len(self.mean) != len(self.spread) or min(self.spread) <= 0:
            raise ValueError("mean and spread do not fit together")
        return self


class SeriesEncoder(Encoder):
    """Reads series as they were read in training.

    Args:
        learned: From the training series.
    """

    padding = float("nan")

    def __init__(self, learned: Learned) -> None:
        self.learned = learned
        self._about = learned.model_dump()

    @classmethod
    def fit(cls, examples: Sequence[Values], options: SeriesOptions) -> SeriesEncoder:
        """Learn means and spreads from the training series alone."""
        total, squares, count, longest, largest = 0.0, 0.0, 0.0, 1, 0.0
        ready = [prepared(example, options.resample, options.difference)[0] for example in examples]
        channels = examples[0].shape[1] if len(examples) else 1
        for numbers in ready:
            longest = max(longest, len(numbers))
            there = np.isfinite(numbers)
            total = total + np.where(there, numbers, 0.0).sum(axis=0)
            count = count + there.sum(axis=0)
            largest = np.maximum(largest, values_size(numbers))
        mean = np.broadcast_to(total / np.maximum(count, 1), (channels,))
        for (
            numbers
        ) in ready:  # a second time: the difference of large squares would lose what small spreads are made of
            squares = squares + np.where(np.isfinite(numbers), (numbers - mean) ** 2, 0.0).sum(axis=0)
        spread = np.broadcast_to(np.sqrt(squares / np.maximum(count, 1)), (channels,))
        spread = np.where(spread > NO_SPREAD * largest, spread, 1.0)
        learned = Learned(
            mean=tuple(mean.tolist()),
            spread=tuple(spread.tolist()),
            longest=min(options.most_moments or longest, longest),
            standardise=options.standardise,
            missing=options.missing,
            resample=options.resample,
            difference=options.difference,
        )
        return cls(learned)

    @classmethod
    def from_json(cls, saved: bytes) -> SeriesEncoder:
        """The encoder that `to_bytes` wrote.

        Raises:
            DataError: the bytes are something else.
        """
        try:
            return cls(Learned.model_validate_json(saved))
        except ValidationError:
            raise DataError("The file of the encoder cannot be read", remedy="Train the model again") from None

    @property
    def channels(self) -> int:
        """Of a series as it is measured."""
        return len(self.learned.mean)

    @property
    def empty(self) -> npt.NDArray[np.float32]:
        """(1, channels) of 0."""
        return np.zeros((1, self.sizes.channels), np.float32)

    @property
    def sizes(self) -> FrameSizes:
        """Channels, twice as many where missing values are marked, and the longest."""
        return FrameSizes(self.channels * (1 + (self.learned.missing == "indicate")), self.learned.longest)

    def encode(self, examples: Sequence[Values]) -> list[npt.NDArray[np.float32]]:
        """(moments, channels) float32 each, without a NaN.

        Raises:
            DataError: a series has another number of channels than those of the training.
        """
        for example in examples:
            self._refuse_other_channels(example)
        return [frames_of(example, self._about) for example in examples]

    def lengths(self, examples: Sequence[Values]) -> npt.NDArray[np.int64]:
        """(examples,) moments of each before it is cut."""
        resample = self.learned.resample
        return np.array([resample if resample and len(one) else len(one) for one in examples], np.int64)

    def steps(self, example: Values) -> list[Step]:
        """Its moments; one that had no value is not known, and neither is one that is made of such."""
        written, read = len(example), int(self.lengths([example])[0])
        if not written:
            return []
        there: npt.NDArray[np.bool_] = np.any(np.isfinite(example), axis=1)
        last = max(read - 1, 1)
        found = []
        for number in range(min(read, self.learned.longest)):
            place = number if written == read else number * (written - 1) / last
            start, end = int(place), min(int(np.ceil(place)) + 1, written)
            found.append(Step(f"moment {number + 1}", start, end, bool(there[start:end].any())))
        return found

    def knows(self, examples: Sequence[Values]) -> list[bool]:
        """Whether any value is there."""
        return [bool(np.isfinite(example).any()) for example in examples]

    def unknown_shares(self, examples: Sequence[Values]) -> npt.NDArray[np.float64]:
        """(examples,) share of the moments without any value; 0 of none."""
        missing: list[npt.NDArray[np.bool_]] = [~np.any(np.isfinite(example), axis=1) for example in examples]
        return np.array([one.mean() if len(one) else 0.0 for one in missing], np.float64)

    def summary(self) -> str:
        """How series are standardised, and how many moments are read."""
        learned = self.learned
        said = {
            "training": "Mean and standard deviation of each channel are learned from the training series only.",
            "series": "Each series is standardised on its own.",
            "none": "The values are read as they are.",
        }[learned.standardise]
        what = "changes" if learned.difference else "values"
        rate = f", brought to {learned.resample:,} moments" if learned.resample else ""
        marked = ", each with a mark where it is missing" if learned.missing == "indicate" else ""
        channels = f"{self.channels} channel{'s' * (self.channels != 1)}"
        return f"{said} A model reads the {what} of {channels}{marked}{rate}, up to {learned.longest:,} moments."

    def about(self) -> dict[str, Any]:
        """What was learned, ready for JSON."""
        return self.learned.model_dump(mode="json")

    def to_bytes(self) -> bytes:
        """The same as a file."""
        return json.dumps(self.about(), indent=1).encode()

    def _refuse_other_channels(self, example: Values) -> None:
        if example.ndim != 2 or example.shape[1] != self.channels:
            found = example.shape[1] if example.ndim == 2 else "no"
            raise DataError(
                "The series has another number of channels than those that the model learned from",
                received=f"{found}, where it read {self.channels}",
                remedy="Give the same channels, in the same order",
            )
