"""What a person wants changed of what the x-ray found, as changes to rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from seqcore.analysis.xray import XRay
from seqcore.datasets import LabelledText
from seqcore.datasets.cleaning import Changes
from seqcore.errors import OptionError

# What can be left out, by the name that the JSON has for it, and what is said of it.
DROPPED: dict[str, tuple[str, str]] = {
    "duplicates": ("Leave out duplicates", "that repeat another row exactly"),
    "near_duplicates": ("Leave out near duplicates", "that nearly repeat another row"),
    "across_splits": (
        "Leave out of training what the test has too",
        "of training and validation that the test repeats",
    ),
    "conflicts": ("Leave out texts with several labels", "whose text has several labels"),
    "suspects": ("Leave out labels that may be wrong", "whose label looks wrong"),
    "short": ("Leave out texts without a word or of one", "with one word or none"),
    "cut": ("Leave out texts that were cut", "whose text was cut"),
    "foreign": ("Leave out other languages", "in another language or script"),
    "encoding": ("Leave out wrong encodings", "in a wrong encoding"),
}


@dataclass(frozen=True)
class Wanted:
    """What is to become of the rows that the x-ray found.

    Attributes:
        drop: Names of what is left out, see `DROPPED`.
        suspects: What is done with single labels that may be wrong: "drop" or "relabel", by row from 0.
        relabel: Whether every label that may be wrong becomes the one that is more likely.
        mend: Whether texts in a wrong encoding are mended.
        test_too: Whether rows that a person brought to test on are changed as well.
    """

    drop: tuple[str, ...] = ()
    suspects: Mapping[int, str] = field(default_factory=dict)
    relabel: bool = False
    mend: bool = False
    test_too: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything is wanted."""
        return bool(self.drop or self.suspects or self.relabel or self.mend)


def check_names(names: Sequence[str]) -> None:
    """Raise an OptionError where there is nothing of such a name to leave out."""
    for name in names:
        if name not in DROPPED:
            raise OptionError(
                "There is nothing of that name to leave out",
                received=repr(name),
                remedy=f"Choose from: {', '.join(DROPPED)}",
            )


def changes_wanted(data: LabelledText, found: XRay, wanted: Wanted) -> Changes:
    """The changes to rows. Rows that a person brought to test on stay as they are unless that is said.

    Raises:
        OptionError: there is nothing of such a name to leave out.
    """
    check_names(wanted.drop)
    may = _may_change(data, wanted)
    gone, said = set[int](), list[str]()
    for name in wanted.drop:
        rows = {row for row in _dropped(data, found, name, may) if may(row)} - gone
        if rows:
            gone |= rows
            said.append(f"{_counted(len(rows))} left out {DROPPED[name][1]}")
    relabelled, dropped = _one_by_one(found, wanted, lambda row: may(row) and row not in gone)
    gone |= dropped
    said += [f"{_counted(len(dropped))} left out whose label looked wrong"] if dropped else []
    said += [f"{_counted(len(relabelled))} given another label"] if relabelled else []
    mended = _mended(found, lambda row: may(row) and row not in gone) if wanted.mend else {}
    said += [f"{_counted(len(mended))} mended that had been read in a wrong encoding"] if mended else []
    return Changes(frozenset(gone), relabelled, mended, tuple(said))


def _may_change(data: LabelledText, wanted: Wanted) -> Callable[[int], bool]:
    split = data.given_split
    if split is None or wanted.test_too:
        return lambda row: True
    return lambda row: split[row] != "test"


def _dropped(data: LabelledText, found: XRay, name: str, may: Callable[[int], bool]) -> Iterable[int]:
    rows: dict[str, Callable[[], Iterable[int]]] = {
        "duplicates": lambda: _later(found.duplicates.groups, may),
        "near_duplicates": lambda: _near(data, found, may),
        "across_splits": lambda: found.across.learned_rows,
        "conflicts": lambda: (row for conflict in found.conflicts for row in conflict.rows),
        "suspects": lambda: (suspect.row for suspect in found.suspects),
        "short": lambda: (*found.without_words, *found.one_word),
        "cut": lambda: found.cut.rows,
        "foreign": lambda: (each.row for each in found.foreign),
        "encoding": lambda: (each.row for each in found.damaged),
    }
    return rows[name]()


def _later(groups: Sequence[Sequence[int]], may: Callable[[int], bool]) -> Iterable[int]:
    """All rows of each group but the first of those that may change."""
    for group in groups:
        yield from [row for row in group if may(row)][1:]


def _near(data: LabelledText, found: XRay, may: Callable[[int], bool]) -> Iterable[int]:
    """All rows of each group that differ from its first; those identical to it are duplicates."""
    for group in found.near_duplicates.groups:
        first, *others = [row for row in group if may(row)] or [-1]
        yield from (row for row in others if data.texts[row] != data.texts[first])


def _one_by_one(found: XRay, wanted: Wanted, may: Callable[[int], bool]) -> tuple[dict[int, str], set[int]]:
    suggested = {suspect.row: suspect.suggested for suspect in found.suspects if may(suspect.row)}
    chosen = dict.fromkeys(suggested, "relabel") | dict(wanted.suspects) if wanted.relabel else wanted.suspects
    relabelled = {row: suggested[row] for row, what in chosen.items() if what == "relabel" and row in suggested}
    return relabelled, {row for row, what in chosen.items() if what == "drop" and row in suggested}


def _mended(found: XRay, may: Callable[[int], bool]) -> dict[int, str]:
    return {each.row: each.mended for each in found.damaged if each.mended is not None and may(each.row)}


def _counted(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"
