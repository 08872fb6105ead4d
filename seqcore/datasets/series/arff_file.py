"""ARFF files of series: an attribute a moment, or one relational attribute that holds the channels."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seqcore.datasets.column_names import plain_name
from seqcore.datasets.series.raw import RawSeries, refuse_too_many
from seqcore.errors import DataError
from seqcore.settings import Settings

_ATTRIBUTE = re.compile(
    r"\s*@attribute\s+('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s{]+)\s*(.*)", re.IGNORECASE | re.DOTALL
)
_NUMERIC = ("numeric", "real", "integer")
_LABELS = ("target", "class", "label", "classlabel")
_LEAST = 3  # numeric attributes of what is taken for a series
_REMEDY = "Save it again from Weka, or as .ts or CSV"


@dataclass(frozen=True)
class _Header:
    """The attributes, their types in lower case, and where the data begin."""

    names: list[str]
    types: list[str]
    nested: int
    lines: list[tuple[int, str]]

    @property
    def label(self) -> int | None:
        """The place of the label: called so, else the one nominal attribute."""
        called = [at for at, name in enumerate(self.names) if plain_name(name) in _LABELS]
        nominal = [at for at, kind in enumerate(self.types) if kind.startswith("{")]
        return next(iter([*(at for at in called if at in nominal), *nominal[-1:], *called]), None)

    @property
    def is_relational(self) -> bool:
        return any(kind.startswith("relational") for kind in self.types)

    @property
    def is_series(self) -> bool:
        """Whether it is numbers and one label."""
        label = self.label
        others = [kind for at, kind in enumerate(self.types) if at != label]
        if label is None or not others:
            return False
        if self.is_relational:
            return len(others) == 1 and self.nested > 0
        return len(others) >= _LEAST and all(kind.split()[0:1] and kind.split()[0] in _NUMERIC for kind in others)


def is_arff_of_series(text: str) -> bool:
    """Whether the text is ARFF, and declares numbers and a label only."""
    opening = next((line for line in text[:20_000].split("\n") if line.strip() and not _is_comment(line)), "")
    if not opening.lower().lstrip().startswith(("@relation", "@attribute")):
        return False
    try:
        return _header(text).is_series
    except DataError:
        return False


def read_arff_series(text: str, limits: Settings) -> RawSeries:
    """Every series of the file.

    Raises:
        DataError: no attributes or data, a value that is no number, or a row of another length.
    """
    header = _header(text)
    series: list[npt.NDArray[np.float32]] = []
    labels: list[str | None] = []
    numbers: list[int] = []
    label_at, count, channels = header.label, 0, 0
    for number, line in header.lines:
        cells = next(csv.reader([line], quotechar="'" if "'" in line else '"', escapechar=None, skipinitialspace=True))
        if len(cells) != len(header.names):
            raise DataError(
                "A row has another number of values than there are attributes",
                received=f"{len(cells):,} in line {number:,}, where there are {len(header.names):,}",
                remedy=_REMEDY,
            )
        values = [cell for at, cell in enumerate(cells) if at != label_at]
        one = _relational(values[0], number) if header.is_relational else _numbers(values, number)[:, None]
        channels = channels or one.shape[1]
        if one.shape[1] != channels:
            raise DataError(
                "The series have different numbers of channels",
                received=f"{one.shape[1]} in line {number:,}, {channels} before",
                remedy="Give every series the same channels, in the same order",
            )
        label = None if label_at is None else cells[label_at].strip().strip("'\"")
        series.append(one)
        labels.append(None if label in (None, "", "?") else label)
        numbers.append(number)
        count += one.size
        refuse_too_many(len(series), count, channels, limits)
    names = ("value",) if channels <= 1 else tuple(f"channel {place + 1}" for place in range(channels))
    return RawSeries(series, labels, numbers, names, has_labels=label_at is not None)


def _header(text: str) -> _Header:
    names: list[str] = []
    types: list[str] = []
    nested, inside = 0, False
    lines = enumerate(text.split("\n"), start=1)
    for _, line in lines:
        keyword = line.split(maxsplit=1)[0].lower() if line.strip() else ""
        if keyword == "@data":
            rest = [(number, each.strip()) for number, each in lines]
            data = [(number, each) for number, each in rest if each and not _is_comment(each)]
            return _Header(names, types, nested, data)
        if keyword == "@end":
            inside = False
        found = _ATTRIBUTE.match(line) if keyword == "@attribute" else None
        if found and inside:
            nested += 1
        elif found:
            names.append(found[1].strip("'\""))
            types.append(found[2].strip().lower())
            inside = types[-1].startswith("relational")
    if not names:
        raise DataError("The ARFF file has no attributes", remedy=_REMEDY)
    return _Header(names, types, nested, [])


def _relational(cell: str, number: int) -> npt.NDArray[np.float32]:
    """A channel a line within the cell."""
    columns = [_numbers(line.split(","), number) for line in re.split(r"\\n|\n", cell) if line.strip()]
    lengths = {len(column) for column in columns}
    if len(lengths) != 1:
        raise DataError(
            "The channels of a series have different lengths",
            received=", ".join(f"{length:,}" for length in sorted(lengths)[:3]) + f" moments in line {number:,}",
            remedy=_REMEDY,
        )
    return np.stack(columns, axis=1)


def _numbers(cells: list[str], number: int) -> npt.NDArray[np.float32]:
    values = np.empty(len(cells), np.float32)
    for place, cell in enumerate(cells):
        try:
            values[place] = np.nan if cell.strip() in ("?", "", "NaN", "nan") else float(cell)
        except ValueError:
            raise DataError(
                "A value is no number",
                received=f"“{cell.strip()[:40]}” in line {number:,}, value {place + 1:,}",
                remedy="Write ? where a value is missing",
            ) from None
    return values


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("%")
