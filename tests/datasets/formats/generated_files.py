"""Files that hypothesis makes up: valid ones whose cells are known, and what is left of them after damage."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from hypothesis import assume
from hypothesis import strategies as st

from tests.datasets.conftest import parquet, workbook

Cells = list[tuple[str, str]]

_MARKS = st.sampled_from(
    [",", ";", "|", "\t", "\n", '"', "'", "=", "{", "[", "<b>", "é", "ß", "漢", "😀", "\u202e", "&"]
)
_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
_WORDS = st.sampled_from(["fine", "dull", "film", "not", "at", "all", "never", "again", "Käse", "naïve", "1.5", "-3"])


def _texts(*, marks: bool) -> st.SearchStrategy[str]:
    pieces = st.one_of(_WORDS, _MARKS, st.text(_LETTERS, max_size=8)) if marks else _WORDS
    return st.lists(pieces, min_size=1, max_size=12).map(" ".join).filter(lambda text: bool(text.strip()))


def cells(*, marks: bool = True) -> st.SearchStrategy[Cells]:
    """Rows of a text and a label; the texts hold every mark that a format gives a meaning to."""
    row = st.tuples(_texts(marks=marks), st.sampled_from(["good", "bad", "neither of them", "0", "-1"]))
    return st.lists(row, min_size=1, max_size=30)


@dataclass(frozen=True)
class Made:
    """A valid file: what is in it, its bytes, and a name that fits."""

    cells: Cells
    data: bytes
    name: str


@st.composite
def delimited(draw: st.DrawFn) -> Made:
    """CSV and its relatives as programs write them: a header, quotes where they are needed or everywhere."""
    rows, delimiter = draw(cells()), draw(st.sampled_from(",;|\t"))
    sink = io.StringIO(newline="")
    writer = csv.writer(
        sink,
        delimiter=delimiter,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerows([("text", "label"), *rows])
    lines = [line for line in re.split("\r\n|\n", sink.getvalue()) if line]
    plainly_regular = len({line.count(delimiter) for line in lines}) == 1
    assume(not (plainly_regular and len(lines) > len(rows) + 1))  # lines with quotation marks in their text as well
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
    name = draw(st.sampled_from(["a.csv", "a.tsv", "a.txt", "a", "a.json.csv"]))
    return _perhaps_packed(draw, Made(rows, sink.getvalue().encode(encoding), name))


_SHAPES: dict[str, Callable[[Cells], str]] = {
    "objects": lambda rows: json.dumps([{"text": text, "label": label} for text, label in rows]),
    "data": lambda rows: json.dumps({"data": [{"text": text, "label": label} for text, label in rows], "count": 3}),
    "lists": lambda rows: json.dumps([["text", "label"], *rows]),
    "columns": lambda rows: json.dumps({"text": [text for text, _ in rows], "label": [label for _, label in rows]}),
    "split": lambda rows: json.dumps({"columns": ["text", "label"], "index": [], "data": rows}),
    "by index": lambda rows: json.dumps({str(at): {"text": row[0], "label": row[1]} for at, row in enumerate(rows)}),
    "by column": lambda rows: json.dumps(
        {name: {str(at): row[n] for at, row in enumerate(rows)} for n, name in enumerate(("text", "label"))}
    ),
    "lines": lambda rows: "\n".join(
        json.dumps({"text": text, "label": label}, ensure_ascii=False) for text, label in rows
    ),
}


@st.composite
def json_files(draw: st.DrawFn) -> Made:
    """JSON in every shape that pandas and others write, and JSON Lines."""
    rows, shape = draw(cells()), draw(st.sampled_from(sorted(_SHAPES)))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return _perhaps_packed(
        draw, Made(rows, _SHAPES[shape](rows).encode(encoding), draw(st.sampled_from(["a.json", "a"])))
    )


@st.composite
def parquet_files(draw: st.DrawFn) -> Made:
    """Parquet with a text and a label column."""
    rows = draw(cells())
    return Made(rows, parquet(text=[text for text, _ in rows], label=[label for _, label in rows]), "a.parquet")


@st.composite
def sheets(draw: st.DrawFn) -> Made:
    """Excel and OpenDocument, whose cells hold what XML can."""
    rows = draw(cells(marks=False))
    if draw(st.booleans()):
        return Made(rows, workbook([("text", "label"), *rows]), "a.xlsx")
    return Made(rows, opendocument([("text", "label"), *rows]), "a.ods")


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def opendocument(rows: list[tuple[str, ...]], *, repeated: int = 1) -> bytes:
    """An .ods file with one sheet of text cells, each of them and each row so many times."""
    cell = (
        '<table:table-cell table:number-columns-repeated="{}" office:value-type="string"><text:p>{}</text:p>'
        "</table:table-cell>"
    )
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{repeated}">'
        + "".join(cell.format(repeated, escape(value)) for value in row)
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return sink.getvalue()


def any_file() -> st.SearchStrategy[Made]:
    """A valid file of any format."""
    return st.one_of(delimited(), json_files(), parquet_files(), sheets())


@st.composite
def damaged(draw: st.DrawFn) -> Made:
    """A valid file after one to four accidents: bits flipped, bytes put in or lost, its end or its start gone."""
    made = draw(any_file())
    data = bytearray(made.data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["flip", "insert", "lose", "end", "start", "double", "numbers"])):
            case "flip" if data:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "insert":
                data[at:at] = draw(
                    st.one_of(st.binary(min_size=1, max_size=9), st.sampled_from([b"\0" * 40, b'"', b"\r"]))
                )
            case "lose":
                del data[at : at + draw(st.integers(1, 40))]
            case "end":
                del data[at:]
            case "start":
                del data[: at % 64]
            case "double":
                data += data[at:]
            case _:
                data[at : at + 4] = draw(st.sampled_from([b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0"]))
    return Made(made.cells, bytes(data), made.name)


@st.composite
def scribbles(draw: st.DrawFn) -> Made:
    """No valid file at all: the marks of all formats in any order, in any encoding, ragged, with huge fields."""
    pieces = st.one_of(
        st.sampled_from(
            ['"', '""', ",", ";", "|", "\t", "\n", "\r", "\r\n", "text", "label", "a b", "\0", "\x1f", "\x85", "\u2028",
             "\ufeff", "sep=;\n", "sep=\t\n", 'sep="\n', "sep=\r\r\n", "NaN", "1e999", "-0", "=", "\\", "\\ud800",
             "{", "}", "[", "]", ":", '{"text": "a"}', '{"a": {"b": [1, {}]}}', "[" * 500, "x" * 200_000, "a,b\n" * 40,
             "null", "true", "test", "train", "\x1a", "<script>"]
        ),
        st.text(max_size=6),
    )  # fmt: skip
    text = "".join(draw(st.lists(pieces, max_size=50)))
    encoding = draw(
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "utf-7"])
    )
    return _perhaps_packed(draw, Made([], text.encode(encoding, "replace"), draw(names())))


def names() -> st.SearchStrategy[str]:
    """File names: right and wrong extensions, folders, what terminals and browsers stumble over."""
    hostile = [
        "../../../etc/passwd", "/etc/shadow", "C:\\Windows\\x.csv", "\\\\host\\share\\a.csv", "a\0b.csv", "a" * 300,
        "\u202egpj.csv", "a\r\nSet-Cookie: x=1.csv", "<svg onload=alert(1)>.csv", "", ".", "..", "con.csv", "~root",
        "-rf", "%2e%2e%2f.csv", "a.csv.gz.gz", "a\ud800.csv",
    ]  # fmt: skip
    usual = [
        f"a.{end}"
        for end in ("csv", "tsv", "txt", "json", "jsonl", "parquet", "xlsx", "xls", "xlsb", "ods", "gz", "csv.gz")
    ]
    return st.one_of(st.sampled_from(usual), st.sampled_from(hostile), st.text(max_size=40))


_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, mtime=0), "bz2": bz2.compress, "xz": lzma.compress,
}  # fmt: skip


def _perhaps_packed(draw: st.DrawFn, made: Made) -> Made:
    packer = draw(st.sampled_from([None, None, None, "gz", "bz2", "xz", "zip", "tar.gz"]))
    if packer in _PACKERS:
        return Made(made.cells, _PACKERS[packer](made.data), f"{made.name}.{packer}")
    if packer is None or not made.data:
        return made
    sink, inside = io.BytesIO(), re.sub(r"[^a-z.]|\.\.+", "", made.name)[:20] or "a"
    if packer == "zip":
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(inside), made.data)
    else:
        with tarfile.open(fileobj=sink, mode="w:gz") as tar:
            info = tarfile.TarInfo(inside)
            info.size = len(made.data)
            tar.addfile(info, io.BytesIO(made.data))
    return Made(made.cells, sink.getvalue(), f"a.{packer}")
