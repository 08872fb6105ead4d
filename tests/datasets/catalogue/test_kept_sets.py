"""What was fetched is kept within a size; the oldest goes first."""

import os
from pathlib import Path

from seqcore.datasets.catalogue.kept_sets import KeptSets

MEGABYTE = 1024 * 1024


def keep(sets: KeptSets, key: str, size: int, age: float) -> None:
    with sets.room_to_fetch() as room:
        file = room / "whole.parquet"
        file.write_bytes(b"x" * size)
        kept = sets.keep(key, file, 1)
    os.utime(kept.file, (age, age))


def test_the_one_that_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    sets = KeptSets(tmp_path / "catalogue", most_mb=2)
    keep(sets, "a", MEGABYTE, 100)
    keep(sets, "b", MEGABYTE, 200)
    found = sets.find("a")
    assert found is not None
    assert len(found.read()) == MEGABYTE  # it was used now
    keep(sets, "c", MEGABYTE // 2, 300)
    assert [key for key in "abc" if sets.find(key)] == ["a", "c"]


def test_one_that_is_larger_than_all_may_be_is_kept_alone(tmp_path: Path) -> None:
    sets = KeptSets(tmp_path, most_mb=1)
    keep(sets, "a", 10, 100)
    keep(sets, "b", 2 * MEGABYTE, 200)
    assert (sets.find("a"), sets.find("b") is not None) == (None, True)


def test_what_a_fetch_left_behind_long_ago_is_taken_away_by_the_next(tmp_path: Path) -> None:
    for name, age in ((".fetching-1", 100), (".fetching-2", None)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_bytes(b"x")
        if age is not None:
            os.utime(tmp_path / name, (age, age))
    keep(KeptSets(tmp_path, most_mb=1), "a", 10, 100)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".fetching-2", "a.json", "a.parquet"]


def test_a_damaged_note_is_as_none(tmp_path: Path) -> None:
    sets = KeptSets(tmp_path, most_mb=1)
    keep(sets, "a", 10, 100)
    (tmp_path / "a.json").write_text("{}")
    assert sets.find("a") is None
