"""Labelled series of numbers: what was measured over time, in one channel or several."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from seqcore.datasets.as_parquet import Cells, Stored, cells_of, read_parquet, write_parquet
from seqcore.datasets.labelled_data import Dropped, LabelledData

KEY = "sequence-lab-series"  # of the metadata of the stored table

Series = npt.NDArray[np.float32]  # (moments, channels); NaN where a value is missing
Times = npt.NDArray[np.float64]  # (moments,)
Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class LabelledSeries(LabelledData):
    """Series of numbers with their labels.

    Attributes:
        name: Display name.
        series: Each (moments, channels) float32, NaN where a value is missing; all have the same channels.
        labels: The label of each, in its commonest spelling.
        given_split: "train", "validation" or "test" of each row when the user brought a split, else None.
        dropped: What was left out, and why.
        notes: What was found and repaired.
        channels: Names of the channels, in order.
        times: When each moment of each series was, (moments,); None where the data do not say: then they are even.
        numbers: The row of each in its file, as the file counts; empty where there is no file.
        evidence: First moment that matters of each series, and the one behind the last, both from 0; (0, 0) where
            none does; None where the data do not say.
    """

    kind: ClassVar[str] = "series"
    _in_content: ClassVar[frozenset[str]] = frozenset({"series", "labels", "given_split", "times"})

    name: str
    series: tuple[Series, ...]
    labels: tuple[str, ...]
    given_split: tuple[str, ...] | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("value",)
    times: tuple[Times, ...] | None = None
    numbers: tuple[int, ...] = ()
    evidence: tuple[Span, ...] | None = None

    def __eq__(self, other: object) -> bool:
        """Whether the same is known of the same series."""
        if not isinstance(other, LabelledSeries):
            return NotImplemented
        return (self.content_hash, self.account) == (other.content_hash, other.account)

    def __hash__(self) -> int:
        """That of its content."""
        return hash(self.content_hash)

    @cached_property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits that name series, times, labels and split."""
        digest = hashlib.sha256()
        digest.update(repr([one.shape for one in self.series]).encode())
        for arrays, form in ((self.series, np.float32), (self.times or (), np.float64)):
            for one in arrays:
                digest.update(np.ascontiguousarray(one, form).tobytes())
        digest.update(repr((self.labels, self.given_split)).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()[:16]

    @property
    def examples(self) -> tuple[Series, ...]:
        """The series."""
        return self.series

    def keys(self) -> list[bytes]:
        """Length and numbers of each: equal ones are identical."""
        return [len(one).to_bytes(8, "big") + np.ascontiguousarray(one, np.float32).tobytes() for one in self.series]

    def number(self, row: int) -> int:
        """The row in its file; without one, its place from 1."""
        return self.numbers[row] if self.numbers else row + 1

    def summary(self, row: int) -> str:
        """How long it is, and its first numbers."""
        one = self.series[row]
        moments, channels = one.shape
        shown = ", ".join("missing" if np.isnan(value) else f"{value:.4g}" for value in one[:6, 0])
        of = f" of {channels} channels" if channels > 1 else ""
        first = f"{self.channels[0]} " if channels > 1 else ""
        more = ", …" if moments > 6 else ""
        return f"{moments:,} moment{'s' * (moments != 1)}{of}: {first}{shown}{more}"

    def to_parquet(self) -> bytes:
        """The rows as Parquet, each series a list of its numbers, moment by moment; the rest in its metadata."""
        more: dict[str, Cells] = {}
        if self.times is not None:
            more["times"] = _lists(self.times, np.float64)
        if self.numbers:
            more["number"] = cells_of(self.numbers, "int64")
        if self.evidence is not None:
            more["evidence_start"] = cells_of([start for start, _ in self.evidence], "int64")
            more["evidence_end"] = cells_of([end for _, end in self.evidence], "int64")
        values = _lists(self.series, np.float32)
        return write_parquet(self, KEY, {"values": values}, more, {"channels": self.channels})

    @classmethod
    def from_parquet(cls, data: bytes, name: str = "") -> LabelledSeries:
        """What `to_parquet` wrote; `name` replaces the stored one.

        Raises:
            DataError: the bytes are not what `to_parquet` writes.
        """
        return read_parquet(data, KEY, lambda stored: cls._made(stored, name))

    @classmethod
    def _made(cls, stored: Stored, name: str) -> LabelledSeries:
        table, channels = stored.table, tuple(map(str, stored.about["channels"]))
        return cls(
            series=tuple(one.reshape(-1, len(channels)) for one in _arrays(table["values"], np.float32)),
            channels=channels,
            times=tuple(_arrays(table["times"], np.float64)) if stored.has("times") else None,
            numbers=stored.cells("number"),
            evidence=_spans(table) if stored.has("evidence_start") else None,
            **stored.in_common(name),
        )


def _lists(arrays: Sequence[npt.NDArray[Any]], form: type[np.floating[Any]]) -> Cells:
    """A column of the numbers of each array, one after the other."""
    import pyarrow as pa

    def lists(rows: slice) -> Any:
        some = [np.asarray(one, form).ravel() for one in arrays[rows]]
        ends = np.cumsum([0, *map(len, some)], dtype=np.int64)
        return pa.LargeListArray.from_arrays(pa.array(ends), pa.array(np.concatenate([np.zeros(0, form), *some])))

    return lists


def _arrays(column: Any, form: type) -> list[npt.NDArray[Any]]:
    """One array a row of a column of lists."""
    whole = column.combine_chunks()
    flat = whole.flatten().to_numpy(zero_copy_only=False).astype(form)
    ends = whole.offsets.to_numpy()
    return [flat[start - ends[0] : end - ends[0]] for start, end in itertools.pairwise(ends)]


def _spans(table: Any) -> tuple[Span, ...]:
    starts, ends = table["evidence_start"].to_pylist(), table["evidence_end"].to_pylist()
    return tuple(zip(starts, ends, strict=True))
