"""What kind of file of series it is and how it is laid out, from its beginning alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.unpacking import extension_of, opening, pieces_of
from seqcore.datasets.labelled_series import KEY
from seqcore.datasets.series.arff_file import is_arff_of_series
from seqcore.datasets.series.chosen import AS_FOUND, SeriesColumns
from seqcore.datasets.series.guess import LEAST_MOMENTS, Guess, Likeness, guess_of_lists, guess_series
from seqcore.datasets.series.opening_rows import opening_rows
from seqcore.datasets.series.ts_file import opens_like_ts
from seqcore.errors import DataError

Form = Literal["ts", "arff", "delimited", "parquet", "stored"]
PARQUET_MAGIC = b"PAR1"
STORED = KEY.encode()  # which stands in the metadata of a stored data set
_LOOKED_AT = 1_000_000
_TABLES = ("csv", "tsv", "txt", "tab", "data", "dat", "")
_ROWS = 200


@dataclass(frozen=True)
class Outline:
    """What a file of series is.

    Attributes:
        form: Which reader reads it.
        names: Of the columns of a table; empty where there are none to choose from.
        guess: How the table holds series.
    """

    form: Form
    names: tuple[str, ...]
    guess: Guess

    @property
    def is_table(self) -> bool:
        """Whether there are columns to choose from."""
        return self.form in ("delimited", "parquet")

    @property
    def likeness(self) -> Likeness:
        """Whether it holds series."""
        return self.guess.likeness

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        guess = {"columns": self.guess.columns.to_json(), "likeness": int(self.likeness), "reasons": self.guess.reasons}
        return {"form": self.form, "names": list(self.names), "guess": guess}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Outline:
        """What `to_json` wrote."""
        guess = stored["guess"]
        columns = SeriesColumns.from_json(guess["columns"])
        return cls(
            stored["form"], tuple(stored["names"]), Guess(columns, Likeness(guess["likeness"]), tuple(guess["reasons"]))
        )


_CERTAIN = Guess(SeriesColumns(), Likeness.SERIES)


def is_parquet(data: bytes) -> bool:
    """Whether native code is needed to look into it."""
    return opening(data).startswith(PARQUET_MAGIC)


def outline_of(data: bytes, name: str, chosen: SeriesColumns = AS_FOUND) -> Outline | None:
    """What a file is; None where it cannot hold series.

    A Parquet file is to be given to a process of its own, see `seqcore.datasets.series.apart`.

    Args:
        data: The file's bytes, compressed or not.
        name: As given; its end is a hint only.
        chosen: What a person said.

    Raises:
        DataError: it is compressed and broken, or a damaged Parquet file.
    """
    start = data[:_LOOKED_AT] if pieces_of(data) is None else opening(data)
    if start.startswith(PARQUET_MAGIC):
        return _of_parquet(data)
    extension = extension_of(name)
    if extension not in (*_TABLES, "ts", "arff") or not start.strip():
        return None
    try:
        text = Content(_whole_lines(start, len(data)), extension).text.replace("\r\n", "\n").replace("\r", "\n")
    except DataError:
        return None  # no text: whoever reads the file says what it is
    if opens_like_ts(text):
        return Outline("ts", (), _CERTAIN)
    if is_arff_of_series(text):
        return Outline("arff", (), _CERTAIN)
    if extension in ("ts", "arff") or text.lstrip().startswith(("{", "[", "@", "<")):
        return None
    return outline_of_table(text, chosen)


def outline_of_table(text: str, chosen: SeriesColumns = AS_FOUND) -> Outline | None:
    """The outline of delimited text; None where no line has two cells."""
    rows = opening_rows(text, chosen.header)
    if rows is None or not rows.rows:
        return None
    cells = [rows.column(place) for place in range(len(rows.names))]
    return Outline("delimited", rows.names, guess_series(rows.names, cells, header=rows.header))


def _whole_lines(start: bytes, length: int) -> bytes:
    """The beginning of a file up to the end of a line, where there is more of it."""
    end = start.rfind(b"\n")
    return start[: end + 1] if length > len(start) and end > 0 else start


def _of_parquet(data: bytes) -> Outline | None:
    from seqcore.datasets.series.number_table import first_rows_of_parquet

    if STORED in data[-_LOOKED_AT:]:
        return Outline("stored", (), _CERTAIN)
    frame = first_rows_of_parquet(data, _ROWS)
    names = [str(name) for name in frame.columns]
    values = [frame[name].tolist() for name in frame.columns]
    lists = [name for name, cells in zip(names, values, strict=True) if _are_lists(cells)]
    flat = {name: list(map(_written, cells)) for name, cells in zip(names, values, strict=True) if name not in lists}
    if not lists:
        return Outline("parquet", tuple(names), guess_series(names, list(flat.values()), header=True))
    numeric = all(_hold_series(cells) for name, cells in zip(names, values, strict=True) if name in lists)
    return Outline("parquet", tuple(names), guess_of_lists(lists, flat)) if numeric else None


def _are_lists(cells: list[Any]) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    return hasattr(first, "__len__") and not isinstance(first, str | bytes | dict)


def _hold_series(cells: list[Any]) -> bool:
    """Whether lists are of numbers, and of more than a few: shorter ones are labels."""
    import numpy as np

    there = [np.asarray(cell) for cell in cells[:50] if cell is not None and len(cell)]
    numeric = all(one.dtype.kind in "fiu" and one.ndim == 1 for one in there)
    return bool(there) and numeric and sum(map(len, there)) >= LEAST_MOMENTS * len(there)


def _written(value: Any) -> str | None:
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
