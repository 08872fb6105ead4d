"""Which of the files that were given is to be learned from, and which to be tested on; of an archive as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from seqcore.datasets.formats.packed import is_packed, packed_files
from seqcore.datasets.formats.parts import part_of_name
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.series.labelling import NamedSeries, label_series
from seqcore.datasets.series.reading import read_series
from seqcore.datasets.table import safe_name
from seqcore.errors import DataError
from seqcore.settings import Settings

_ENDING = ".ts"
_SHOWN = 5


def in_order(names: Sequence[str]) -> list[int] | None:
    """The places of the file to learn from and of the one to test on; None where the names do not say.

    Example:
        >>> in_order(["Gun_TEST.ts", "Gun_TRAIN.ts"])
        [1, 0]
    """
    if len(names) == 1:
        return [0]
    parts = [part_of_name(_stem(name)) for name in names]
    return [parts.index("train"), parts.index("test")] if sorted(map(str, parts)) == ["test", "train"] else None


def are_of_archive(names: Sequence[str]) -> bool:
    """Whether files of an archive or a folder are series: one .ts to learn from is among them."""
    return any(name.lower().endswith(_ENDING) and part_of_name(_stem(name)) == "train" for name in names)


def series_of_archive(files: Sequence[tuple[str, bytes]], name: str, limits: Settings) -> LabelledSeries:
    """The series of an archive or a folder with the two files of a problem of the UCR or UEA archive.

    Raises:
        DataError: no file or several to learn from, or one that cannot be used.
    """
    found = [member for path, data in files for member in _members(path, data, limits)]
    parts = {part: [one for one in found if part_of_name(_stem(one[0])) == part] for part in ("train", "test")}
    if len(parts["train"]) != 1 or len(parts["test"]) > 1:
        shown = ", ".join(safe_name(path) for path, _ in found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        raise DataError(
            "There is not one file of series to learn from, and one to test on",
            received=shown or "no .ts file",
            remedy="Give NAME_TRAIN.ts and NAME_TEST.ts of one problem",
        )
    main, *test = (
        NamedSeries(safe_name(path), read_series(data, path, limits=limits))
        for path, data in [*parts["train"], *parts["test"]]
    )
    labelled = label_series(main, test=test[0] if test else None, limits=limits)
    return replace(labelled, name=name)


def _members(path: str, data: bytes, limits: Settings) -> list[tuple[str, bytes]]:
    """The file, or those of an archive."""
    if is_packed(data):
        return list(packed_files(data, _is_wanted, limits))
    return [(path, data)] if _is_wanted(path) else []


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(_ENDING)


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.partition(".")[0]
