"""Series as a reader finds them, before their labels are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from seqcore.datasets.labelled_series import Series, Times
from seqcore.datasets.size_limits import MAX_CELLS
from seqcore.errors import DataError
from seqcore.settings import Settings

MOST_CHANNELS = 1_000


@dataclass(frozen=True)
class RawSeries:
    """What stands in a file.

    Attributes:
        series: (moments, channels) float32 each; NaN where a value is missing.
        labels: The label of each as it was written; None where none was.
        numbers: The row of each in the file, from 1.
        channels: Names of the channels.
        splits: What a split column says of each; None where there is no such column.
        times: When the moments of each were; None where the file does not say.
        notes: What was found and repaired, one sentence each.
        has_labels: Whether the file says labels at all.
    """

    series: Sequence[Series]
    labels: Sequence[str | None]
    numbers: Sequence[int]
    channels: tuple[str, ...]
    splits: Sequence[str | None] | None = None
    times: Sequence[Times] | None = None
    notes: list[str] = field(default_factory=list)
    has_labels: bool = True


def refuse_too_many(series: int, numbers: int, channels: int, limits: Settings) -> None:
    """Raise a DataError before more series, channels or numbers are laid out than are read."""
    if series > limits.max_rows:
        raise DataError(
            f"The file has more than {limits.max_rows:,} series",
            received=f"{series:,}",
            remedy="Give a smaller part of it, or raise SEQLAB_MAX_ROWS",
        )
    if channels > MOST_CHANNELS:
        raise DataError(f"The series have more than {MOST_CHANNELS:,} channels", received=f"{channels:,}")
    if numbers > MAX_CELLS:
        raise DataError(
            f"The file has more than {MAX_CELLS:,} numbers",
            received=f"{numbers:,} with the places of those that are missing",
            remedy="Give fewer or shorter series",
        )


def without_infinities(values: Series, notes: list[str]) -> Series:
    """The values with infinite ones as missing, which is said."""
    infinite = np.isinf(values)
    if infinite.any():
        many = int(infinite.sum())
        notes.append(f"{many:,} infinite value{'s were' if many > 1 else ' was'} read as missing")
        values = np.where(infinite, np.float32(np.nan), values).astype(np.float32)
    return values


def checked(found: RawSeries) -> RawSeries:
    """What was found, with infinite values as missing; series without a moment stay, to be counted as left out.

    Raises:
        DataError: there is no series.
    """
    if not found.series:
        raise DataError("The file has no series", received="no rows of data", remedy="Give it one series a row")
    lengths = [len(one) for one in found.series]
    width = len(found.channels)
    flat = np.concatenate([one.reshape(-1, width) for one in found.series]).astype(np.float32)
    notes = list(found.notes)
    flat = without_infinities(flat, notes)
    missing = int(np.isnan(flat).sum())
    if missing:
        share = missing / max(flat.size, 1)
        said = "under 0.1 %" if share < 0.001 else f"{100 * share:.1f} %"
        notes.append(f"{missing:,} value{'s are' if missing > 1 else ' is'} missing ({said})")
    ends = np.cumsum(lengths)
    series = tuple(np.split(flat, ends[:-1]))
    shortest, longest = min(lengths), max(lengths)
    if shortest != longest:
        notes.append(f"The series have between {shortest:,} and {longest:,} moments")
    return RawSeries(
        series, found.labels, found.numbers, found.channels, found.splits, found.times, notes, found.has_labels
    )


def no_number(written: object, row: int, column: str) -> DataError:
    """What is said of a cell among the values that is no number."""
    return DataError(
        "A value is no number",
        received=f"“{str(written)[:40]}” in row {row:,}, column “{column[:40]}”",
        remedy="Write numbers with a point, and leave a cell empty where a value is missing; or choose other columns",
    )
