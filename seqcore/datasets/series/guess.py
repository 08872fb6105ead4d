"""How a table holds series, and whether it does: found from its names and its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from seqcore.datasets.column_names import LABEL_NAMES, Says, name_rank, plain_name, says_label, says_text
from seqcore.datasets.columns import is_split
from seqcore.datasets.series.chosen import NO_COLUMN, SeriesColumns
from seqcore.datasets.series.number_cells import NumberProfile, is_missing, profile_of
from seqcore.datasets.series.numbered_names import is_numbered

_IDS = frozenset({
    "id", "ids", "series", "seriesid", "sample", "sampleid", "case", "caseid", "instance", "instanceid", "unit",
    "unitid", "record", "recordid", "subject", "subjectid", "recording", "trial", "trialid", "trace", "segment",
    "window", "windowid", "sequence", "sequenceid", "episode", "patient", "patientid", "measurement", "uid", "key",
    "name", "file", "filename", "group", "device", "machine", "run", "session", "user", "userid", "index", "row",
})  # fmt: skip
_TIMES = frozenset({
    "time", "t", "timestamp", "datetime", "date", "step", "timestep", "moment", "tick", "frame", "second", "seconds",
    "ms", "milliseconds", "minute", "hour", "day", "cycle", "timeindex", "ts", "zeit", "temps", "tiempo",
})  # fmt: skip
LEAST_MOMENTS = 3  # number columns of a row that is taken for a series unasked


class Likeness(IntEnum):
    """Whether a file holds series."""

    NO = 0
    PERHAPS = 1  # it could be read so, when a person says it
    SERIES = 2


@dataclass(frozen=True)
class Guess:
    """What was found.

    Attributes:
        columns: How the table holds series; a label of None was not found.
        likeness: Whether it does.
        reasons: Why, one sentence each.
    """

    columns: SeriesColumns
    likeness: Likeness
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column and what stands in its first rows."""

    profile: NumberProfile
    cells: Sequence[str | None]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.profile.name


def guess_series(names: Sequence[str], cells: Sequence[Sequence[str | None]], *, header: bool) -> Guess:
    """How a table holds series.

    Args:
        names: Of the columns.
        cells: Of the first rows, column by column.
        header: Whether a row of the file names the columns; else the names say nothing.
    """
    columns = [Column(profile_of(name, each), each) for name, each in zip(names, cells, strict=True)]
    columns = [column for column in columns if not column.profile.is_empty]
    split = next((each for each in columns if header and is_split(list(each.cells))), None)
    rest = [each for each in columns if each is not split]
    label = _label(rest, header=header)
    series, time = _series_and_time([each for each in rest if each is not label], label) if header else (None, None)
    taken = [label, series, time]
    others = [each for each in rest if each not in taken and not _is_id(each, header)]
    values = [each for each in others if each.profile.is_numeric]
    found = SeriesColumns(
        layout="wide" if series is None else "long",
        label=None if label is None else label.name,
        series=None if series is None else series.name,
        time=NO_COLUMN if series is not None and time is None else None if time is None else time.name,
        split=NO_COLUMN if split is None else split.name,
        header=header,
    )
    texts = [each for each in others if not each.profile.is_numeric]
    enough = len(values) >= (1 if series is not None else LEAST_MOMENTS)
    if label is None or texts or not enough or _is_text(label, header):
        return Guess(found, Likeness.PERHAPS if enough else Likeness.NO)
    return Guess(found, Likeness.SERIES, tuple(_reasons(found, len(values))))


def guess_of_lists(lists: Sequence[str], others: Mapping[str, Sequence[str | None]]) -> Guess:
    """How a table holds series whose cells are lists of numbers, a channel each.

    Args:
        lists: The columns of lists.
        others: Cells of the first rows of the other columns.
    """
    columns = [Column(profile_of(name, cells), cells) for name, cells in others.items()]
    there = [each for each in columns if not each.profile.is_empty]
    split = next((each for each in there if is_split(list(each.cells))), None)
    rest = [each for each in there if each is not split and not _is_id(each, True)]
    label = _label(rest, header=True) or (rest[0] if len(rest) == 1 and rest[0].profile.whole else None)
    no_split = NO_COLUMN if split is None else split.name
    found = SeriesColumns("wide", None if label is None else label.name, tuple(lists), split=no_split, header=True)
    texts = [each for each in rest if each is not label and not each.profile.is_numeric]
    if label is None or texts or _is_text(label, True):
        return Guess(found, Likeness.PERHAPS)
    return Guess(
        found, Likeness.SERIES, ("Each list of numbers is a channel", f"“{label.name}” was taken as the label")
    )


def _label(columns: Sequence[Column], *, header: bool) -> Column | None:
    """The column of the labels: called so, else the one that is no number, else whole numbers beside others."""
    if header:
        named = [each for each in columns if _is_called_label(each)]
        if named:
            return max(named, key=lambda each: (says_label(each.name) is Says.EXACTLY, _rank(each)))
    words = [each for each in columns if not each.profile.is_numeric and not _is_id(each, header)]
    if len(words) == 1:
        return words[0]
    if words:
        return None
    ends = ([columns[0], columns[-1]] if header else [columns[0]]) if len(columns) > LEAST_MOMENTS else []
    ends = [each for each in ends if each.profile.whole and not (header and _is_named(each, _IDS | _TIMES))]
    inner = [each for each in columns if each not in ends]
    others_measure = any(not each.profile.whole for each in inner)
    least = 0 if header else 2  # where no names tell, the label stands first, as in the files of the UCR archive
    few = [each for each in ends if each.profile.distinct <= max(least, 0.5 * each.profile.filled)]
    return few[0] if few and others_measure and (not header or len(few) == 1) else None


def _is_called_label(column: Column) -> bool:
    if is_numbered(column.name) and plain_name(column.name) != "v1":
        return False
    says = says_label(column.name)
    fits = column.profile.whole or not column.profile.is_numeric
    return fits and says in (Says.EXACTLY, Says.IN_PART, Says.WEAKLY, Says.HINTS)


def _rank(column: Column) -> float:
    return name_rank(column.name, LABEL_NAMES)


def _is_named(column: Column, names: frozenset[str]) -> bool:
    return plain_name(column.name) in names


def _is_id(column: Column, header: bool) -> bool:
    """Whether a column only names its rows."""
    if not header or (not _is_named(column, _IDS) and plain_name(column.name) != "unnamed0"):
        return False
    return column.profile.whole or not column.profile.is_numeric


def _is_text(label: Column, header: bool) -> bool:
    named = header and says_text(label.name) in (Says.EXACTLY, Says.IN_PART)
    return label.profile.is_text or (named and not label.profile.is_numeric)


def _series_and_time(columns: Sequence[Column], label: Column | None) -> tuple[Column | None, Column | None]:
    """The columns that say which series a moment is of, and when it was; (None, None): a row is a series."""
    time = next((each for each in columns if _is_named(each, _TIMES)), None)
    numbered = sum(each.profile.is_numeric and is_numbered(each.name) for each in columns)
    if time is None and numbered >= LEAST_MOMENTS and numbered > 0.5 * len(columns):
        return None, None  # the moments of a row
    repeating = [each for each in columns if each is not time and 0 < each.profile.distinct < each.profile.filled]
    named = [each for each in repeating if _is_named(each, _IDS)]
    unnamed = [each for each in repeating if each.profile.whole or not each.profile.is_numeric]
    for each in [*named, *(unnamed if time is not None else ())]:
        if label is None or _is_constant_within(label.cells, each.cells):
            return each, time
    return None, None


def _is_constant_within(labels: Sequence[str | None], series: Sequence[str | None]) -> bool:
    """Whether no series has two labels."""
    known: dict[str | None, str | None] = {}
    for of, label in zip(series, labels, strict=True):
        if not is_missing(label) and known.setdefault(of, label) != label:
            return False
    return True


def _reasons(found: SeriesColumns, values: int) -> list[str]:
    label = f"“{found.label}” was taken as the label"
    if found.layout == "long":
        time = f", “{found.time}” says when" if found.time != NO_COLUMN else ", in the order of the rows"
        return [f"A row is a moment: “{found.series}” says of which series{time}", label]
    return [f"A row is a series: the other {values:,} columns are numbers", label]


def names_moments(name: str) -> bool:
    """Whether a column is called as those are that say when something was measured."""
    return plain_name(name) in _TIMES


def names_rows(name: str) -> bool:
    """Whether a column is called as those are that only name or count rows."""
    return plain_name(name) in _IDS or plain_name(name) == "unnamed0"
