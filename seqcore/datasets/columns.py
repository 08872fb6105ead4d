"""Which column is the text, which the label, which the split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from seqcore.datasets.column_names import LABEL_NAMES, SPLIT_NAMES, TEXT_NAMES, name_rank
from seqcore.datasets.table import Table
from seqcore.errors import DataError

_ROWS_LOOKED_AT = 2000


@dataclass(frozen=True)
class Columns:
    """Names of the columns to learn from."""

    text: str
    label: str
    split: str | None = None


@dataclass(frozen=True)
class _Profile:
    """What the cells of a column look like, missing ones aside."""

    name: str
    filled: int
    distinct: int
    mean_length: float
    spaced: float  # share of cells of several words

    @property
    def repeats(self) -> float:
        """Rows for each distinct value."""
        return self.filled / self.distinct if self.distinct else 0.0


def guess_columns(table: Table) -> Columns:
    """The most plausible columns, by their names and by what stands in them.

    Raises:
        DataError: fewer than two columns have anything in them.
    """
    profiles = [profile for profile in _profiles(table) if profile.filled]
    split = next((name for name in map(str, table.frame.columns) if is_split(table.frame[name].tolist())), None)
    profiles = [profile for profile in profiles if profile.name != split]
    if len(profiles) < 2:
        found = ", ".join(f"“{profile.name[:40]}”" for profile in profiles)
        raise DataError(
            "A text column and a label column are needed",
            received=f"one column, {found}" if profiles else "no column with values",
            remedy="Add the missing column, or check that the columns are separated by tab, comma, semicolon or pipe",
        )
    text = max(profiles, key=_text_plausibility)
    label = max((profile for profile in profiles if profile is not text), key=_label_plausibility)
    return Columns(text.name, label.name, split)


def is_split(cells: Sequence[str | None]) -> bool:
    """Whether a column says train, validation or test of its rows: train and at least one other."""
    found: set[str | None] = set()
    for cell in islice(dict.fromkeys(cells), 20):
        if cell is not None:
            found.add(SPLIT_NAMES.get(cell.strip().casefold()))
    return "train" in found and len(found) > 1 and None not in found


def _profiles(table: Table) -> list[_Profile]:
    """Profiles of the columns, from rows spread over the whole table (files are often sorted by label)."""
    step = max(1, len(table.frame) // _ROWS_LOOKED_AT)
    rows = table.frame.iloc[::step]
    return [_profile(name, rows[name]) for name in rows.columns]


def _profile(name: str, column: Iterable[str | None]) -> _Profile:
    cells = [cell for cell in column if cell is not None and cell.strip()]
    if not cells:
        return _Profile(name, 0, 0, 0.0, 0.0)
    spaced = fmean(" " in cell.strip() for cell in cells)
    return _Profile(name, len(cells), len(set(cells)), fmean(map(len, cells)), spaced)


def _text_plausibility(profile: _Profile) -> float:
    """A usual name decides unless the cells look like classes; then length does."""
    named = name_rank(profile.name, TEXT_NAMES) / (2 * len(TEXT_NAMES))
    if name_rank(profile.name, LABEL_NAMES) > name_rank(profile.name, TEXT_NAMES):
        named = -1.0
    looks_like_text = min(profile.mean_length, 200.0) / 200.0 + profile.spaced
    looks_like_class = 1.5 * (profile.filled >= 10 and profile.repeats > 5 and profile.mean_length < 30)
    return 1.5 * named + looks_like_text - looks_like_class


def _label_plausibility(profile: _Profile) -> float:
    """A usual name decides unless nearly every row has its own value; then few short values do."""
    named = name_rank(profile.name, LABEL_NAMES) / (2 * len(LABEL_NAMES))
    few = 1.0 - min(1.0, profile.distinct / max(profile.filled, 1))
    one_value_only = 1.0 * (profile.distinct == 1)
    every_row_its_own = 2.0 * (profile.filled > 20 and profile.repeats < 1.2)
    return 2.0 * named + few - min(profile.mean_length, 100.0) / 100.0 - one_value_only - every_row_its_own
