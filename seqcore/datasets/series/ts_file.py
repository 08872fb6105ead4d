"""`.ts`, the files of sktime, aeon and the UCR and UEA archives: a header of @ lines, then a series a line.

Format: https://www.aeon-toolkit.org/en/stable/examples/datasets/load_data_from_web.html (the .ts format).
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from seqcore.datasets.series.raw import RawSeries, refuse_too_many
from seqcore.errors import DataError
from seqcore.settings import Settings

_HEADER = re.compile(
    r"\s*@(problemname|timestamps|missing|univariate|dimensions?|equallength|serieslength|classlabel|targetlabel|data)"
    r"\b", re.IGNORECASE,
)  # fmt: skip
_MISSING = frozenset({"?", "nan", "", "na", "null"})
_REMEDY = "Compare the file with one of the UCR archive"
_LINES_LOOKED_AT = 500


def opens_like_ts(text: str) -> bool:
    """Whether an @ line of this format stands before anything else but comments."""
    for line in text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]:
        if line.strip() and not line.lstrip().startswith(("#", "%")):
            return _HEADER.match(line) is not None
    return False


def read_ts(text: str, limits: Settings) -> RawSeries:
    """Every series of the file.

    Raises:
        DataError: no data, time stamps, no number where one should be, or channels that differ in number or length.
    """
    about, lines = _header(text)
    if about.get("timestamps", "false").lower().startswith("true"):
        raise DataError(
            "The series of the file carry time stamps, which are not read from .ts",
            received="@timeStamps true",
            remedy="Save them as a table with the columns series, time, value and label",
        )
    has_labels = about.get("classlabel", "true").lower().startswith("true")
    if about.get("targetlabel", "").lower().startswith("true"):
        raise DataError(
            "The file is for regression", received="@targetLabel true", remedy="Give a file with class labels"
        )
    series, labels, numbers = [], [], []
    count, channels = 0, 0
    for number, line in lines:
        parts = line.split(":")
        label = parts.pop().strip() if has_labels else None
        if not parts:
            raise DataError("A line of the file has no label", received=f"line {number:,}", remedy=_REMEDY)
        one = _series(parts, number)
        channels = channels or one.shape[1]
        if one.shape[1] != channels:
            raise _other_channels(one.shape[1], channels, number)
        count += one.size
        series.append(one)
        labels.append(label if label not in (None, "", "?") else None)
        numbers.append(number)
        refuse_too_many(len(series), count, channels, limits)
    names = ("value",) if channels == 1 else tuple(f"channel {place + 1}" for place in range(channels))
    return RawSeries(series, labels, numbers, names or ("value",), has_labels=has_labels)


def _header(text: str) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """What the @ lines say, in lower case, and the lines of data with their numbers."""
    about: dict[str, str] = {}
    lines = enumerate(text.split("\n"), start=1)
    for _, line in lines:
        if not line.strip() or not line.lstrip().startswith("@"):
            continue
        name, _, value = line.strip()[1:].partition(" ")
        about[name.lower()] = value.strip()
        if name.lower() == "data":
            rest = [(number, each.strip()) for number, each in lines]
            return about, [(number, each) for number, each in rest if each and not each.startswith(("#", "%"))]
    raise DataError("The .ts file has no @data line", received="a header only", remedy=_REMEDY)


def _series(parts: list[str], number: int) -> npt.NDArray[np.float32]:
    columns = [_numbers(part, number, place) for place, part in enumerate(parts)]
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise DataError(
            "The channels of a series have different lengths",
            received=f"{min(lengths):,} and {max(lengths):,} moments in line {number:,}",
            remedy="Bring them to one rate first",
        )
    return np.stack(columns, axis=1)


def _numbers(part: str, number: int, place: int) -> npt.NDArray[np.float32]:
    cells = part.split(",") if part.strip() else []
    try:
        return np.array([np.nan if cell.strip().lower() in _MISSING else float(cell) for cell in cells], np.float32)
    except ValueError:
        wrong = next(cell for cell in cells if not _is_number(cell))
        raise DataError(
            "A value is no number",
            received=f"“{wrong.strip()[:40]}” in line {number:,}, channel {place + 1}",
            remedy="Write ? where a value is missing",
        ) from None


def _is_number(cell: str) -> bool:
    if cell.strip().lower() in _MISSING:
        return True
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _other_channels(found: int, expected: int, number: int) -> DataError:
    return DataError(
        "The series have different numbers of channels",
        received=f"{found} in line {number:,}, {expected} before",
        remedy="Give every series the same channels, in the same order",
    )
