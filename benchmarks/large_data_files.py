"""Large files for the benchmarks: long texts repeated to a number of rows, and short ones from the words of others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_NOT_REPEATED = 3  # words that a repeated text has beside those that it repeats


def repeated(path: Path, rows: int) -> bytes:
    """A Parquet file with so many rows: as it is where it has them, else its rows again, each with words of its own."""
    table = pq.read_table(path)
    if len(table) >= rows:
        return path.read_bytes() if len(table) == rows else _as_bytes(table.slice(0, rows))
    again = table.take(np.arange(rows) % len(table))
    text = max(again.column_names, key=lambda name: again[name].nbytes)
    cells = again[text].to_pylist()
    for row in range(len(table), rows):
        cells[row] += "".join(f" again{row}{number}" for number in range(_NOT_REPEATED))
    place = again.column_names.index(text)
    return _as_bytes(again.set_column(place, text, pa.array(cells, pa.large_string())))


def short_rows(path: Path, rows: int, seed: int = 0) -> bytes:
    """A CSV file of short texts: labels, lengths and words drawn from those of a CSV file, words by label."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        given = [(label, text.split()) for label, text, *_ in list(csv.reader(file))[1:] if text.strip()]
    rng, sink = np.random.default_rng(seed), io.StringIO()
    words = {label: [word for each, text in given if each == label for word in text] for label, _ in given}
    writer = csv.writer(sink)
    writer.writerow(("text", "label"))
    for place in rng.integers(len(given), size=rows).tolist():
        label, text = given[place]
        chosen = rng.integers(len(words[label]), size=len(text)).tolist()
        writer.writerow((" ".join(words[label][each] for each in chosen), label))
    return sink.getvalue().encode()


def _as_bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()
