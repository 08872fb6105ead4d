"""Sharing rows out among training, validation and test."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_data import LabelledData, Rows
from seqcore.datasets.twins import first_of_identical
from seqcore.errors import DataError
from seqcore.spec import SplitOptions

PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Split:
    """Row indices of each part: disjoint, ascending, none empty; rows in none are not used."""

    train: Rows
    validation: Rows
    test: Rows


def split_rows(data: LabelledData, options: SplitOptions) -> Split:
    """Stratified, seeded split; the parts that the user brought stay as they are.

    Each part gets its share of every class by largest remainders, so that part sizes are exact to the row
    (to the group, when examples stay together). A class keeps at least one row in training. Of the training rows
    only a share may be used: then some rows are in no part.

    Args:
        data: The labelled examples.
        options: Shares, seed, and whether identical examples and near duplicates stay together. Of a run, ask
            `RunSpec.drawn_split`.

    Raises:
        DataError: too few rows for three parts that can be used.
    """
    rng = np.random.default_rng(options.split_seed)
    codes = data.codes()
    groups, drawn_by = _groups(data, options), _drawn_by(data, options)
    part = _given_parts(data)
    for name, share in (("test", options.test_share), ("validation", options.validation_share)):
        if not (part == name).any():
            pool = np.flatnonzero(part == "train")
            reserve = int(name == "test" and not (part == "validation").any())
            part[_draw(pool, codes, groups, drawn_by, share, rng, reserve=reserve)] = name
    split = Split(*(np.flatnonzero(part == name).astype(np.int64) for name in PARTS))
    _refuse_unusable(split, codes, groups)
    return replace(split, train=share_of(split.train, codes, options))


def share_of(training: Rows, codes: npt.NDArray[np.int32], options: SplitOptions) -> Rows:
    """The part of the training rows that is used, ascending; a larger share holds every row of a smaller one.

    Rows are shuffled within their class, and the classes take turns in proportion to their sizes, so that every share
    of the rows is stratified; first of all comes one row of each class, which even the smallest share has. Source of
    the turns: Webster's method, which, unlike that of the largest remainders, takes no row away where more are given.

    Args:
        training: Rows of the training part; duplicates among them count one by one.
        codes: Class of every row of the data.
        options: The share and the seed.
    """
    if options.training_share == 1.0:
        return training
    shuffled = np.random.default_rng(options.split_seed).permutation(training)
    turn = np.zeros(len(shuffled))
    for code in np.unique(codes[training]):
        of_class = np.flatnonzero(codes[shuffled] == code)
        turn[of_class[1:]] = (np.arange(1, len(of_class)) + 0.5) / len(of_class)
    wanted = max(np.count_nonzero(turn == 0), round(options.training_share * len(training)))
    return np.sort(shuffled[np.argsort(turn, kind="stable")[:wanted]])


def refuse_to_redraw_a_given_test(data: LabelledData, options: SplitOptions) -> None:
    """Raise a DataError where each seed is to have a test part of its own, and the user brought one.

    A validation part that the user brought stays; test and training are then drawn from the rest for each seed.
    """
    if options.split_each_seed and "test" in (data.given_split or ()):
        raise DataError(
            "The test part came with the data, so no seed can draw a test part of its own",
            received="New split for each seed (split_each_seed) is on",
            remedy="Turn it off, or read the data without a test file or split column",
        )


def largest_remainders(quotas: npt.NDArray[np.float64], total: int, caps: npt.NDArray[np.int64]) -> Rows:
    """Whole numbers nearest to the quotas that add up to the total, none above its cap (Hamilton's method).

    Args:
        quotas: What each class should get, (classes,), adding up to about `total`.
        total: The sum; less is given out only when the caps add up to less.
        caps: Most that each class can give, (classes,).
    """
    counts = np.minimum(np.floor(quotas + 1e-9).astype(np.int64), caps)
    while counts.sum() < total and (counts < caps).any():
        missing = np.where(counts < caps, quotas - counts, -np.inf)
        counts[int(missing.argmax())] += 1
    return counts


def _groups(data: LabelledData, options: SplitOptions) -> Rows:
    """Group of each row; identical examples, and near duplicates, share one when they are to stay together."""
    if not options.group_duplicates:
        return np.arange(len(data), dtype=np.int64)
    return data.near_groups if options.group_near_duplicates else first_of_identical(data.keys())


def _drawn_by(data: LabelledData, options: SplitOptions) -> Rows:
    """What is shuffled: identical examples as one, so that a few near duplicates change few rows of the split."""
    return first_of_identical(data.keys()) if options.group_duplicates else np.arange(len(data), dtype=np.int64)


def _given_parts(data: LabelledData) -> npt.NDArray[np.str_]:
    """Part of each row as the user brought it, (rows,); all training when the user brought none."""
    return np.array(data.given_split or ["train"] * len(data), dtype="U10")


def _draw(
    pool: Rows, codes: npt.NDArray[np.int32], groups: Rows, drawn_by: Rows, share: float, rng: np.random.Generator,
    *, reserve: int,
) -> Rows:  # fmt: skip
    """Rows drawn from the pool, class by class, in whole groups.

    Args:
        pool: Rows to draw from, (pool,).
        codes: Class of every row of the data.
        groups: Group of every row of the data.
        drawn_by: What is shuffled, of every row; groups follow in the order of what of them comes first.
        share: Part of the pool to draw; at least one row.
        rng: Shuffles the groups.
        reserve: Rows that another part still needs.
    """
    owners, group_of = np.unique(groups[pool], return_inverse=True)  # (groups,), (pool,)
    sizes = np.bincount(group_of, minlength=len(owners))
    group_codes = codes[owners]  # the class of a group is that of its first row
    members = [np.flatnonzero(group_codes == code) for code in np.unique(group_codes)]
    caps = np.array([sizes[of_class].sum() - sizes[of_class].min() for of_class in members], dtype=np.int64)
    total = max(1, min(round(share * len(pool)), int(caps.sum()) - reserve))
    quotas = np.array([sizes[of_class].sum() for of_class in members]) * (total / max(1, len(pool)))
    taken = np.zeros(len(owners), dtype=bool)
    for of_class, wanted in zip(members, largest_remainders(quotas, total, caps), strict=True):
        shuffled = _shuffled(of_class, int(group_codes[of_class[0]]), group_of, codes[pool], drawn_by[pool], rng)
        taken[_fill(shuffled, sizes, int(wanted))] = True
    if not taken.any():
        taken[_any_group(rng.permutation(len(owners)), group_codes)] = True
    return np.asarray(pool[taken[group_of]], dtype=np.int64)


def _shuffled(
    of_class: Rows, code: int, group_of: Rows, codes: npt.NDArray[np.int32], drawn_by: Rows, rng: np.random.Generator
) -> Rows:
    """The groups of a class in a drawn order.

    Args:
        of_class: These groups, not empty.
        code: The class.
        group_of: Group of each row, (pool,).
        codes: Class of each row.
        drawn_by: What is shuffled, of each row.
        rng: Draws the order.
    """
    _, firsts = np.unique(drawn_by, return_index=True)
    drawn = group_of[rng.permutation(firsts[codes[firsts] == code])]
    drawn = np.append(drawn[np.isin(drawn, of_class)], of_class)  # those of which nothing was drawn come last
    _, order = np.unique(drawn, return_index=True)
    return np.asarray(drawn[np.sort(order)], dtype=np.int64)


def _fill(shuffled: Rows, sizes: Rows, wanted: int) -> list[int]:
    """Groups, in order, whose sizes add up to what is wanted, or come nearest; one group at least stays."""
    chosen: list[int] = []
    missing = wanted
    for group in shuffled:
        if missing <= 0 or len(chosen) == len(shuffled) - 1:
            return chosen
        if sizes[group] <= missing:
            chosen.append(int(group))
            missing -= int(sizes[group])
    left = sorted(set(shuffled.tolist()) - set(chosen), key=lambda group: int(sizes[group]))
    if len(left) > 1 and sizes[left[0]] < 2 * missing:  # all that is left is larger; overshoot when that is nearer
        chosen.append(left[0])
    return chosen


def _any_group(shuffled: Rows, group_codes: npt.NDArray[np.int32]) -> list[int]:
    """One group of any class, if two classes remain without it; for data too small to stratify."""
    for group in shuffled:
        rest = np.delete(group_codes, group)
        if len(np.unique(rest)) > 1:
            return [int(group)]
    return []


def _refuse_unusable(split: Split, codes: npt.NDArray[np.int32], groups: Rows) -> None:
    empty = [name for name in PARTS if not len(getattr(split, name))]
    received = f"{len(codes):,} rows, of which {len(np.unique(groups)):,} are drawn separately"
    if empty:
        raise DataError(
            f"Too few rows: none is left for the {empty[0]} part",
            received=received,
            remedy="Add rows, so that every class has two different examples or more",
        )
    if len(np.unique(codes[split.train])) < 2:
        raise DataError(
            "The training part would have one class only", received=received, remedy="Add rows of the other classes"
        )
