"""Large files for the benchmarks: long texts made more by mixing them, and short ones from the words of others."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def long_rows(path: Path, rows: int, seed: int = 0) -> bytes:
    """A Parquet file of so many long texts: the first of a file, and where it has fewer, mixtures of two more.

    A mixture has half of the sentences of each of two texts that are alike in all other columns, in their order; no two
    are equal.
    """
    table = pq.read_table(path)
    if len(table) >= rows:
        return path.read_bytes() if len(table) == rows else _as_bytes(table.slice(0, rows))
    text = max(table.column_names, key=lambda name: table[name].nbytes)
    texts, rng = table[text].to_pylist(), np.random.default_rng(seed)
    alike = defaultdict(list)
    others = (table[name].to_pylist() for name in table.column_names if name != text)
    for row, told in enumerate(zip(*others, strict=True)):
        alike[told].append(row)
    group_of = {row: group for group in alike.values() for row in group}
    made: dict[str, int] = {}
    while len(made) < rows - len(table):
        first = int(rng.integers(len(table)))
        second = int(rng.choice(group_of[first]))
        made.setdefault(" ".join((*_half(texts[first], rng), *_half(texts[second], rng))), first)
    more = table.take(list(made.values()))
    more = more.set_column(more.column_names.index(text), table.schema.field(text), pa.array(made, table[text].type))
    return _as_bytes(pa.concat_tables([table, more]))


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


def _half(text: str, rng: np.random.Generator) -> list[str]:
    """Half of its sentences, one at least."""
    sentences = _END_OF_SENTENCE.split(text)
    chosen = rng.choice(len(sentences), size=(len(sentences) + 1) // 2, replace=False)
    return [sentences[place] for place in sorted(chosen.tolist())]


def _as_bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()
