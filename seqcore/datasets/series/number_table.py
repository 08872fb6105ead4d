"""A whole table of numbers: number columns as floats, the others as text."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from seqcore.datasets.series.number_cells import MISSING, is_missing
from seqcore.datasets.series.opening_rows import OpeningRows
from seqcore.datasets.series.raw import no_number
from seqcore.datasets.size_limits import MAX_CELLS
from seqcore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

_MOST_COLUMNS = 100_000


@dataclass(frozen=True)
class NumberTable:
    """A table.

    Attributes:
        frame: A row a record; number columns are floats, the others strings or None.
        first_row: The number of the first record in the file, from 1.
        notes: What was repaired.
    """

    frame: pd.DataFrame
    first_row: int
    notes: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Of the columns."""
        return [str(name) for name in self.frame.columns]

    def numbers(self, columns: Sequence[str]) -> npt.NDArray[np.float32]:
        """(rows, columns) float32, NaN where nothing stands.

        Raises:
            DataError: a cell is no number; the message says where it stands.
        """
        return np.stack([self.column(name) for name in columns], axis=1).astype(np.float32)

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """(rows,) the numbers of a column.

        Raises:
            DataError: a cell is no number.
        """
        import pandas as pd

        cells = self.frame[name]
        if cells.dtype != object and not isinstance(cells.dtype, pd.StringDtype):
            return cells.to_numpy(np.float64, na_value=np.nan)
        found = np.empty(len(cells), np.float64)
        for place, cell in enumerate(cells.tolist()):
            if cell is None or cell != cell or is_missing(str(cell)):
                found[place] = np.nan
                continue
            try:
                found[place] = float(cell)
            except ValueError:
                raise no_number(cell, self.number(place), name) from None
        return found

    def number(self, place: int) -> int:
        """The number in the file of the record at a place, from 1."""
        return int(self.frame.index[place]) + self.first_row

    def texts(self, name: str) -> list[str | None]:
        """The cells of a column as they are written; None where nothing stands."""
        cells = [None if cell is None or cell != cell else _written(cell) for cell in self.frame[name].tolist()]
        return [cell if cell and cell.strip() else None for cell in cells]

    def is_numeric(self, name: str) -> bool:
        """Whether at least half of what stands in a column are numbers: text among them is a slip."""
        import pandas as pd

        cells = self.frame[name]
        if cells.dtype != object and not isinstance(cells.dtype, pd.StringDtype):
            return True
        there = [cell for cell in cells.tolist() if cell is not None and cell == cell and not is_missing(str(cell))]
        return bool(there) and sum(map(_is_float, there)) >= 0.5 * len(there)


def table_of_text(text: str, opening: OpeningRows, written: Collection[str]) -> NumberTable:
    """Delimited text as a table.

    Args:
        text: All of it.
        opening: How it is laid out.
        written: Columns that are kept as they are written, whatever stands in them: the labels.

    Raises:
        DataError: it is too large, or broken.
    """
    import pandas as pd

    width = _widest(text, opening)
    names = list(opening.names) + [str(place + 1) for place in range(len(opening.names), width)]
    rows = text.count("\n") + 1
    if width > _MOST_COLUMNS or rows * width > 2 * MAX_CELLS:
        raise DataError(
            f"The table has more than {MAX_CELLS:,} numbers",
            received=f"{rows:,} rows by {width:,} columns",
            remedy="Give fewer or shorter series",
        )
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=r"\s+" if opening.delimiter == " " else opening.delimiter,
            header=None,
            names=names,
            skiprows=_lines_of_header(text) if opening.header else 0,
            dtype=dict.fromkeys(written, str),
            na_values={name: list(MISSING) for name in names if name not in written},
            keep_default_na=False,
            decimal=opening.decimal,
            skipinitialspace=True,
            low_memory=False,
            index_col=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, OverflowError):
        raise DataError(
            "The file cannot be read as a table of numbers",
            received=f"columns separated by {opening.delimiter!r}",
            remedy="Give every row the same columns, with one sign between them",
        ) from None
    return NumberTable(frame.dropna(how="all"), 2 if opening.header else 1, list(opening.notes))


def table_of_parquet(data: bytes) -> NumberTable:
    """A Parquet file as a table; lists of numbers stay lists.

    Raises:
        DataError: it is damaged, or too large.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        if file.metadata.num_rows * max(1, file.metadata.num_columns) > 2 * MAX_CELLS:
            raise DataError(
                f"The table has more than {MAX_CELLS:,} numbers",
                received=f"{file.metadata.num_rows:,} rows by {file.metadata.num_columns:,} columns",
                remedy="Give fewer or shorter series",
            )
        table = file.read()
        table.validate(full=True)  # a damaged file may point outside its own values
        return NumberTable(table.to_pandas(), 1)
    except (pa.ArrowException, OSError, ValueError, KeyError, NotImplementedError):
        raise _damaged() from None


def first_rows_of_parquet(data: bytes, rows: int) -> pd.DataFrame:
    """The first rows of a Parquet file.

    Raises:
        DataError: it is damaged.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        first = next(file.iter_batches(batch_size=rows), None)
        return pd.DataFrame() if first is None else first.to_pandas()
    except (pa.ArrowException, OSError, ValueError, KeyError, NotImplementedError):
        raise _damaged() from None


def _damaged() -> DataError:
    return DataError("The file cannot be read as Parquet", received="a damaged file", remedy="Write it anew, or as CSV")


def _widest(text: str, opening: OpeningRows) -> int:
    if opening.delimiter == " ":
        return max(len(opening.names), *(len(line.split()) for line in text.split("\n")), 1)
    plain = (line for line in text.split("\n") if '"' not in line)
    return max(len(opening.names), *(line.count(opening.delimiter) + 1 for line in plain), 1)


def _lines_of_header(text: str) -> int:
    """Lines up to and with the first that says something."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            return number
    return 0


def _written(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _is_float(cell: Any) -> bool:
    try:
        float(cell)
    except (TypeError, ValueError):
        return False
    return True
