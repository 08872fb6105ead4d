"""Series of a file, and of a second one to test on, with their labels in one spelling each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from seqcore.datasets.column_names import SPLIT_NAMES
from seqcore.datasets.held_out import listed
from seqcore.datasets.label_spelling import look_alikes_among, one_spelling, told_apart, visible
from seqcore.datasets.labelled_data import Dropped, refuse_unusable
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.series.raw import RawSeries
from seqcore.datasets.usable_rows import NO_LABEL, NO_SPLIT, TEST_FILE, UNLEARNED
from seqcore.errors import DataError
from seqcore.settings import Settings

NO_MOMENT, NO_VALUE = "no moment", "no value that is not missing"
_MISSING = frozenset({"", "?", "NULL", "nan", "NaN", "<NA>"})
_WITH_EXPONENT = re.compile(r"[-+]?\d+(\.\d+)?[eE][-+]?\d{1,2}", re.ASCII)
_ROWS_SHOWN = 10


class _Kept(NamedTuple):
    """A series that can be used: its file and place there, and what is said of it."""

    raw: RawSeries
    place: int
    label: str
    split: str


@dataclass(frozen=True)
class NamedSeries:
    """The series of one file."""

    name: str
    raw: RawSeries


def label_series(
    main: NamedSeries, *, test: NamedSeries | None = None, merge_look_alikes: bool = False, limits: Settings
) -> LabelledSeries:
    """Labelled series; those without a label or a value are left out and counted.

    Args:
        main: The series to learn from; a split column may mark others.
        test: Those of a second file, which are the test.
        merge_look_alikes: Whether labels that only look alike are one.
        limits: Most classes.

    Raises:
        DataError: fewer than two classes or series are left, too many classes, no labels, other channels in the test.
    """
    dropped: dict[str, list[int]] = {}
    kept = _kept(main.raw, dropped, "train", "")
    if test is not None:
        _refuse_other_channels(main, test)
        kept = [one._replace(split="train") if one.split == "test" else one for one in kept]
        kept += _kept(test.raw, dropped, "test", TEST_FILE)
    trained = [one.label for one in kept if one.split == "train"]
    others = [one.label for one in kept if one.split != "train"]
    spellings = one_spelling(trained, others, look_alikes=merge_look_alikes)
    kept = [one._replace(label=spellings.label_of[one.label]) for one in kept]
    notes = [*_about(main, test), *main.raw.notes, *spellings.notes]
    notes += [f"Test file: {note[:1].lower()}{note[1:]}" for note in test.raw.notes] if test is not None else []
    groups = look_alikes_among(one.label for one in kept)
    notes += [told_apart(groups)] if groups else []
    kept = _learnable(kept, dropped, notes, limits)
    has_split = test is not None or main.raw.splits is not None
    with_times = all(one.raw.times is not None for one in kept)
    return LabelledSeries(
        main.name,
        tuple(one.raw.series[one.place] for one in kept),
        tuple(one.label for one in kept),
        tuple(one.split for one in kept) if has_split else None,
        tuple(Dropped(reason, len(rows), tuple(rows[:_ROWS_SHOWN])) for reason, rows in dropped.items()),
        tuple(notes),
        main.raw.channels,
        tuple(one.raw.times[one.place] for one in kept if one.raw.times is not None) if with_times else None,
        tuple(one.raw.numbers[one.place] for one in kept),
    )


def written_labels(raw: RawSeries) -> list[str | None]:
    """The label of each series without white space around it; None where there is none."""
    return [None if label is None or label.strip() in _MISSING else _plain(label) for label in raw.labels]


def _plain(label: str) -> str:
    """The label as it is seen; "1" for "1.0000000e+00", as older files of the UCR archive write it."""
    return f"{float(label):g}" if _WITH_EXPONENT.fullmatch(label.strip()) else visible(label.strip())


def _kept(raw: RawSeries, dropped: dict[str, list[int]], split: str, place: str) -> list[_Kept]:
    import numpy as np

    if not raw.has_labels:
        raise DataError(
            "The series have no labels" + place,
            received=f"{len(raw.series):,} series",
            remedy="Choose the column of the labels (--label), or have the series answered on the Predict page",
        )
    found: list[_Kept] = []
    for at, (one, label) in enumerate(zip(raw.series, written_labels(raw), strict=True)):
        said = split if raw.splits is None or place else SPLIT_NAMES.get((raw.splits[at] or "").strip().casefold())
        reason = None
        if not len(one):
            reason = NO_MOMENT
        elif np.isnan(one).all():
            reason = NO_VALUE
        elif label is None:
            reason = NO_LABEL
        elif said is None:
            reason = NO_SPLIT
        if reason is not None:
            dropped.setdefault(reason + place, []).append(int(raw.numbers[at]))
        elif label is not None and said is not None:
            found.append(_Kept(raw, at, label, said))
    return found


def _learnable(kept: list[_Kept], dropped: dict[str, list[int]], notes: list[str], limits: Settings) -> list[_Kept]:
    trained = [one.label for one in kept if one.split == "train"]
    if kept and not trained:
        raise DataError("No series is marked for training", remedy="Mark some with “train”, or choose no split column")
    if len(trained) < 2:
        raise DataError(
            "One series is not enough to learn from" if trained else "No labelled series are left",
            received=f"{len(trained)} labelled series" + _left_out(dropped),
            remedy="Give every series values and a label, and some of each class",
        )
    refuse_unusable(trained, max_classes=limits.max_classes)
    learned = dict.fromkeys(trained)
    unseen = [one for one in kept if one.label not in learned]
    for one in unseen:
        dropped.setdefault(UNLEARNED, []).append(int(one.raw.numbers[one.place]))
    if unseen:
        others = listed(one.label for one in unseen)
        notes.append(f"No series to learn from has {others}, so those to test on that have it are left out")
    if any(one.split == "test" for one in kept) and all(one in unseen for one in kept if one.split == "test"):
        raise DataError(
            "No series to test on has a label that those to learn from have",
            received=f"{listed(one.label for one in unseen)}, where those to learn from have {listed(learned)}",
            remedy="Write the labels alike in both",
        )
    return [one for one in kept if one.label in learned]


def _left_out(dropped: dict[str, list[int]]) -> str:
    return "".join(f"; {len(rows):,} left out: {reason}" for reason, rows in dropped.items())


def _refuse_other_channels(main: NamedSeries, test: NamedSeries) -> None:
    if len(main.raw.channels) != len(test.raw.channels):
        raise DataError(
            "The test file has another number of channels",
            received=f"{len(test.raw.channels)} in {test.name}, {len(main.raw.channels)} in {main.name}",
            remedy="Give a test file with the same channels, in the same order",
        )


def _about(main: NamedSeries, test: NamedSeries | None) -> list[str]:
    """How many series were read, of how many channels."""

    def told(one: NamedSeries) -> str:
        longest = max(map(len, one.raw.series), default=0)
        many, moments = len(one.raw.series), f"up to {longest:,} moment{'s' * (longest != 1)}"
        return f"{many:,} series of {moments}"

    channels = main.raw.channels
    of = f" in {len(channels):,} channels" if len(channels) > 1 else ""
    said = [f"Read {main.name}: {told(main)}{of}"]
    return said + ([f"Read {test.name} to test on: {told(test)}"] if test is not None else [])
