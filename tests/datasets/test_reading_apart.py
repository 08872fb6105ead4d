"""A file read by a child is the table that it is when it is read here, and small files are read here."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile

import pytest

from seqcore.datasets import Table, read_table
from seqcore.datasets.combining import read_lines_or_table
from seqcore.datasets.formats.parse import read_texts
from seqcore.datasets.formats.pasted import read_pasted
from seqcore.datasets.formats.small import SMALL, is_small
from seqcore.datasets.reading_apart import read_file, read_paste
from seqcore.datasets.table_as_arrow import _AT_A_TIME, from_arrow, to_arrow
from seqcore.errors import DataError
from seqcore.settings import Settings
from seqcore.workroom import Job
from seqcore.workroom.child import Child
from tests.datasets.conftest import parquet

LIMITS = Settings()
ROWS = b"text,label\n" + b"a good film,pos\nthe worst of all,neg\n" * 29_000
ALIKE = b"text,label\n" + b"a,b\n" * 300_000


def by_child(job: Job[Table]) -> Table:
    found = Child().do(job)
    assert found is not None
    return found


def nobody(job: Job[Table]) -> Table:
    raise AssertionError("a child was asked")


def zipped(name: str, data: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return sink.getvalue()


def same(found: Table, expected: Table) -> bool:
    """Whether two tables are the same in all that is read of them, missing cells included."""
    cells = [table.frame.to_dict("split") for table in (found, expected)]
    kept = (found.name, found.notes, found.how) == (expected.name, expected.notes, expected.how)
    return kept and cells[0] == cells[1] and list(found.frame.dtypes) == list(expected.frame.dtypes)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (ROWS, "a.csv"),
        (gzip.compress(ROWS), "a.csv.gz"),
        (zipped("b.csv", ROWS), "a.zip"),
        (parquet(text=["a", None], label=["x", "y"]), "a.parquet"),
    ],
    ids=["csv", "gzip", "zip", "parquet"],
)
def test_a_large_or_packed_file_is_read_by_a_child_as_it_is_here(data: bytes, name: str) -> None:
    with pytest.raises(AssertionError, match="a child"):
        read_file(data, name, "table", limits=LIMITS, do=nobody)
    assert same(read_file(data, name, "table", limits=LIMITS, do=by_child), read_table(data, name, limits=LIMITS))


def test_texts_lines_and_pastes_are_read_by_a_child_as_they_are_here() -> None:
    lines = b"what a film\n\nwhat a day\n" * 47_000
    texts = read_file(lines, "a.txt", "texts", limits=LIMITS, do=by_child)
    assert same(texts, read_texts(lines, "a.txt", limits=LIMITS))
    each = read_file(lines, "a.txt", "lines", limits=LIMITS, do=by_child)
    assert same(each, read_lines_or_table(lines, "a.txt", limits=LIMITS))
    pasted = "what a film\tgood\nwhat a day\tbad\n" * 33_000
    assert same(read_paste(pasted, limits=LIMITS, do=by_child), read_pasted(pasted, limits=LIMITS))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_what_is_small_once_unpacked_is_read_here(pack: object) -> None:
    small, large = ROWS[: SMALL // 2], b"a" * (SMALL + 1)
    assert is_small(pack(small))  # type: ignore[operator]
    assert not is_small(pack(large))  # type: ignore[operator]


def test_what_is_packed_twice_or_holds_other_files_is_not_small() -> None:
    inner = gzip.compress(b"a" * 10)
    assert not is_small(gzip.compress(inner))
    assert not is_small(zipped("a.csv", b"a"))
    assert not is_small(gzip.compress(zipped("a.csv", b"a")))
    assert not is_small(parquet(text=["a"]))


def test_what_a_child_refuses_is_the_same_sentence() -> None:
    data = b"text\n" * 250_000
    with pytest.raises(DataError) as here:
        read_table(data, "a.csv", limits=LIMITS)
    with pytest.raises(DataError) as there:
        read_file(data, "a.csv", "table", limits=LIMITS, do=by_child)
    assert str(there.value) == str(here.value)


def test_an_object_of_more_than_a_million_keys_is_refused_before_it_is_made() -> None:
    data = ("{" + ",".join(f'"k{n}":1' for n in range(1_200_000)) + "}").encode()
    with pytest.raises(DataError, match="more than 1,000,000 keys"):
        read_file(data, "a.json", "table", limits=LIMITS, do=by_child)


def test_a_table_that_takes_more_memory_than_it_may_is_told_of() -> None:
    pytest.importorskip("resource")

    def in_little(job: Job[Table]) -> Table:
        import dataclasses

        return by_child(dataclasses.replace(job, memory=220 * 1024**2))

    rows = b"text,label\n" + b"".join(b"%d,%d\n" % (n, n + 1) for n in range(190_000)) * 1
    assert len(read_file(rows, "a.csv", "table", limits=LIMITS, do=by_child).frame) == 190_000
    with pytest.raises(DataError, match="more memory to read"):
        read_file(b"text," + b",".join(b"c%d" % n for n in range(99)) + b"\n" + (b"ab," * 99 + b"c\n") * 190_000,
                  "a.csv", "table", limits=LIMITS, do=in_little)  # fmt: skip


@pytest.mark.parametrize("cell", ["ordinary", "", None, "żółć 🎬", "\ud800 half a pair", "a\nb\t\x00c"])
def test_every_cell_comes_back_from_arrow_as_it_was(cell: str | None) -> None:
    import pandas as pd

    for cells in ([cell, "x"], [cell] * 8, [cell, "x", None, "x", "x", "y"]):
        frame = pd.DataFrame({"a b": cells, "": ["z"] * len(cells)}, index=range(3, 3 + len(cells)), dtype=object)
        table = Table("a.csv", frame, ("a note",))
        found = from_arrow(to_arrow(table))
        assert same(found, table) and list(found.frame.index) == list(frame.index)
        assert all(type(value) in (str, type(None)) for value in found.frame["a b"])


def test_equal_cells_are_one_string_in_memory() -> None:
    found = from_arrow(to_arrow(read_table(ALIKE[: SMALL // 2], "a.csv", limits=LIMITS)))
    assert len({id(cell) for cell in found.frame["text"]}) == 1


def test_a_table_is_taken_from_a_stream_some_rows_at_a_time() -> None:
    import pandas as pd

    rows = 2 * _AT_A_TIME + 1
    cells = {
        "text": [f"text {row}" for row in range(rows)],
        "label": [("a", "b", None)[row % 3] for row in range(rows)],
    }
    table = Table("a.csv", pd.DataFrame(cells, index=range(2, rows + 2), dtype=object))
    read: list[int] = []

    class Stream(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            found = super().read(size)
            read.append(len(found))
            return found

    found = from_arrow(Stream(to_arrow(table)))
    assert same(found, table)
    assert max(read) < 0.5 * sum(read)
    assert len({id(cell) for cell in found.frame["label"]}) == 3


def test_json_lines_keep_what_no_encoding_can_write() -> None:
    data = "\n".join(json.dumps({"text": f"\ud800 {n}", "label": "x"}) for n in range(3)).encode()
    table = read_table(data, "a.jsonl", limits=LIMITS)
    assert same(from_arrow(to_arrow(table)), table)
