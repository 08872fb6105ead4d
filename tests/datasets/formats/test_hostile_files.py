from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from seqcore.datasets import Table, read_table, safe_name
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, gzipped, parquet, rows_of, workbook

LIMITS = Settings()


@pytest.mark.parametrize("content", [b"", b"   \r\n\t\n", b"\0\0\0", gzip.compress(b"", mtime=0), b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(read: Read, content: bytes) -> None:
    with pytest.raises(DataError, match=r"empty|no rows"):
        read(content)


def test_a_header_without_rows_is_refused(read: Read) -> None:
    with pytest.raises(DataError, match="no rows of data"):
        read("text,label\n")


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet", "a.xlsx", "a"])
def test_binary_junk_is_refused_under_any_name(read: Read, name: str) -> None:
    with pytest.raises(DataError):
        read(random.Random(1).randbytes(20_000), name)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"\x80\x04\x95\x10\0\0\0", "pickle"),
        (b"BZh91AY&SY", "bzip2"),
    ],
)
def test_a_file_of_another_kind_is_named(read: Read, content: bytes, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read(content, "reviews.csv")


def test_a_gzip_bomb_is_stopped_at_the_limit(read: Read) -> None:
    bomb = gzip.compress(bytes(30 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(DataError, match="larger than 1 MB once unpacked"):
        read(bomb, "a.csv.gz", max_file_mb=1)
    with pytest.raises(DataError, match="larger than 1 MB"):
        read(gzip.compress(bomb), "a.csv.gz", max_file_mb=1)


@pytest.mark.parametrize("keep", [3, 12, 30, -1, -9])
def test_a_cut_gzip_file_is_refused(read: Read, keep: int) -> None:
    with pytest.raises(DataError, match=r"cannot be read|empty"):
        read(gzipped("text,label\nA fine film,good\nA dull film,bad\n")[:keep], "a.csv.gz")


def test_a_file_over_the_limit_is_refused(read: Read) -> None:
    with pytest.raises(DataError, match=r"larger than 1 MB. Got 1.2 MB"):
        read("text,label\n" + "x" * 1_250_000, max_file_mb=1)


@pytest.mark.parametrize("name", ["csv", "jsonl", "json", "parquet", "xlsx"])
def test_too_many_rows_are_refused_in_every_format(read: Read, name: str) -> None:
    rows = [[f"text {number}", "x"] for number in range(30)]
    contents: dict[str, str | bytes] = {
        "csv": "text,label\n" + "\n".join(map(",".join, rows)),
        "jsonl": "\n".join(f'{{"text": "{text}", "label": "x"}}' for text, _ in rows),
        "json": '{"text": [' + ",".join(f'"{t}"' for t, _ in rows) + '], "label": [' + ",".join(['"x"'] * 30) + "]}",
        "parquet": parquet(text=[text for text, _ in rows], label=["x"] * 30),
        "xlsx": workbook([["text", "label"], *rows]),
    }
    assert len(read(contents[name], f"a.{name}", max_rows=30).frame) == 30
    with pytest.raises(DataError, match="more than 29 rows"):
        read(contents[name], f"a.{name}", max_rows=29)


@pytest.mark.parametrize("joint", [",", "\n"])
def test_the_header_of_json_lists_is_not_counted_as_a_row(read: Read, joint: str) -> None:
    rows = joint.join(['["text", "label"]', '["a b", "x"]', '["c d", "y"]'])
    content = f"[{rows}]" if joint == "," else rows
    assert len(read(content, "a.json", max_rows=2).frame) == 2
    with pytest.raises(DataError, match="more than 1 rows"):
        read(content, "a.json", max_rows=1)


def test_too_many_columns_are_refused(read: Read) -> None:
    line = ",".join(f"name{number}" for number in range(1500))
    with pytest.raises(DataError, match="more than 1,000 columns"):
        read(f"{line}\n{line.upper()}\n")


def test_a_repeated_giant_value_in_parquet_is_stopped(read: Read) -> None:
    bomb = parquet(text=["word " * 20_000] * 1000, label=["a", "b"] * 500)
    assert len(bomb) < 200_000
    with pytest.raises(DataError, match="million characters"):
        read(bomb, "a.parquet", max_file_mb=10)


def test_a_sheet_that_unpacks_to_far_more_is_stopped(read: Read) -> None:
    bomb = _sheet(b"<row><c><v>" + b" " * 5_000_000 + b"</v></c></row>")
    with pytest.raises(DataError, match="too large once unpacked"):
        read(bomb, "a.xlsx", max_file_mb=2)


def test_a_sheet_with_a_cell_far_away_is_refused(read: Read) -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(DataError, match="spans too many cells"):
        read(_sheet(far), "a.xlsx")


@pytest.mark.parametrize("keep", [100, 1000, 3000])
def test_damaged_sheets_and_parquet_are_refused(read: Read, keep: int) -> None:
    good = workbook([["text", "label"], ["a", "b"]])
    table = parquet(text=["a", "b"], label=["x", "y"])
    for broken in (
        good[:keep],
        good[:keep] + bytes(400) + good[keep + 400 :],
        table[: keep // 10],
        b"PAR1" + bytes(keep),
    ):
        with pytest.raises(DataError):
            read(broken, "a.bin")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\films.csv", "films.csv"),
        ("<img src=x onerror=alert(1)>.csv", "img src x onerror alert(1) .csv"),
        ("..", "data"),
        ("", "data"),
        ("a\x00b\u202e\nc.csv", "a b c.csv"),
        ("Kritiken für Müller.csv", "Kritiken für Müller.csv"),
        ("評論.csv", "評論.csv"),
        ("x" * 300 + ".csv", "x" * 76 + ".csv"),
    ],
)
def test_hostile_names_become_safe_ones(name: str, shown: str) -> None:
    assert safe_name(name) == shown
    assert read_table(b"text,label\na b,x\nc d,y\n", name, limits=LIMITS).name == shown


@given(st.text(max_size=200))
def test_safe_names_hold_nothing_dangerous(name: str) -> None:
    shown = safe_name(name)
    assert shown == safe_name(shown) and 0 < len(shown) <= 80
    assert not set(shown) & set("<>\"'&/\\`\0\n\r\t\u202e:|?*%$;=")
    assert not shown.startswith(".")


def _table_or_error(data: bytes, name: str) -> None:
    try:
        table = read_table(data, name, limits=LIMITS.model_copy(update={"max_file_mb": 2}))
    except DataError as error:
        assert str(error).count("\n") == 0 and len(str(error)) < 600
        return
    assert isinstance(table, Table) and len(table.frame) > 0
    assert all(name.strip() for name in table.frame.columns) and table.frame.columns.is_unique
    assert all(cell is None or isinstance(cell, str) for row in rows_of(table) for cell in row)
    for row in rows_of(table):
        "".join(cell or "" for cell in row).encode()


_NAMES = st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.parquet", "a.xlsx", "a.csv.gz", "a.tsv", "a"])
_FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_FUZZ
@given(data=st.binary(max_size=400), name=_NAMES)
@example(data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name="a.xls")
@example(data=b"PAR1" + b"\xff" * 60 + b"PAR1", name="a.parquet")
@example(data=b"PK\x03\x04" + bytes(60), name="a.xlsx")
def test_random_bytes_give_a_table_or_a_data_error(data: bytes, name: str) -> None:
    _table_or_error(data, name)


_PIECES = st.sampled_from(
    ['"', '""', ",", ";", "|", "\t", "\n", "\r", "\r\n", "text", "label", "a b", "é", "{", "}", "[", "]", ":", "1",
     "true", "null", "\\", "\\u0000", "\\ud800", "\0", "\x1f", "\ufeff", "\u2028", "NaN", "1e999", "=", "sep=;\n",
     '{"text": "a"}']
)  # fmt: skip


@_FUZZ
@given(pieces=st.lists(_PIECES, max_size=60), name=_NAMES, encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le"]))
def test_random_marks_give_a_table_or_a_data_error(pieces: list[str], name: str, encoding: str) -> None:
    _table_or_error("".join(pieces).encode(encoding), name)


_GOOD = {
    "xlsx": workbook([["text", "label"], ["a b", "x"], ["c d", 2]]),
    "parquet": parquet(text=["a b", "c d"] * 20, label=["x", "y"] * 20),
    "gz": gzipped("text,label\na b,x\nc d,y\n" * 20),
}


@_FUZZ
@given(kind=st.sampled_from(sorted(_GOOD)), place=st.integers(0, 2**16), noise=st.binary(min_size=1, max_size=8))
def test_damaged_files_give_a_table_or_a_data_error(kind: str, place: int, noise: bytes) -> None:
    data = bytearray(_GOOD[kind])
    place %= len(data)
    data[place : place + len(noise)] = noise
    _table_or_error(bytes(data), f"a.{kind}")


def _sheet(rows: bytes) -> bytes:
    """An .xlsx file whose first sheet has this XML."""
    source = zipfile.ZipFile(io.BytesIO(workbook([["text", "label"], ["a", "b"]])))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.namelist():
            content = source.read(item)
            if item == "xl/worksheets/sheet1.xml":
                start, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
                content = content[:start] + b"<sheetData>" + rows + content[end:]
            archive.writestr(item, content)
    return sink.getvalue()
