from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Sequence

import pytest

from seqcore.datasets import LabelledText, Table, read_table
from seqcore.settings import Settings

Read = Callable[..., Table]


@pytest.fixture
def limits() -> Settings:
    return Settings()


@pytest.fixture
def read(limits: Settings) -> Read:
    """Read text or bytes as an uploaded file."""

    def read_as(content: str | bytes, name: str = "reviews.csv", **changes: int) -> Table:
        data = content.encode() if isinstance(content, str) else content
        return read_table(data, name, limits=limits.model_copy(update=changes))

    return read_as


def rows_of(table: Table) -> list[list[str | None]]:
    return [list(row) for row in table.frame.itertuples(index=False, name=None)]


def labelled(labels: Sequence[str], texts: Sequence[str] = (), split: Sequence[str] | None = None) -> LabelledText:
    """Labelled text with a different text in every row unless texts are given."""
    texts = tuple(texts) or tuple(f"text number {row}" for row in range(len(labels)))
    return LabelledText("made", texts, tuple(labels), None if split is None else tuple(split))


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx file with these sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def parquet(**columns: Sequence[object]) -> bytes:
    """A Parquet file with these columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({name: list(values) for name, values in columns.items()}), sink)
    return sink.getvalue()


def gzipped(data: str | bytes) -> bytes:
    return gzip.compress(data.encode() if isinstance(data, str) else data)
