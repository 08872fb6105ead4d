"""Files that are no tables are refused for what they are, with what to do next."""

from __future__ import annotations

import io
import zipfile

import pytest

from seqcore.errors import DataError
from tests.datasets.conftest import Read, rows_of

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"


def document(*parts: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return sink.getvalue()


@pytest.mark.parametrize("name", ["reviews.csv", "reviews.xlsx", "reviews.jsonl", "reviews"])
@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        ("<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>", "web page", "download the file itself"),
        ("\ufeff \n<!-- saved -->\n<HTML lang=en><body>a, b</body></HTML>", "web page", "download the file itself"),
        (LFS, "Git LFS", "git lfs pull"),
        ('<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>', "XML", "xlsx or CSV"),
        ("<Error><Code>NoSuchKey</Code></Error>", "XML", "xlsx or CSV"),
        ("404: Not Found", "answer of a web server", "download the file itself"),
        (b"%PDF-1.7\n1 0 obj", "PDF", "plain text"),
        (document("[Content_Types].xml", "word/document.xml"), "Word", "plain text"),
        (document("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint", "plain text"),
        (document("mimetype", "META-INF/container.xml"), "e-book", "plain text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le") * 3, "Office document", "plain"),
        (b"\x93NUMPY\x01\0", "NumPy", "CSV"),
        (b"\x80\x04\x95\x10\0\0\0", "pickle", "never opened"),
        (b"SQLite format 3\0", "SQLite", "CSV"),
        (b"ARROW1\0\0", "Arrow", "Parquet"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip", "ZIP"),
        (b"Rar!\x1a\x07", "RAR", "ZIP"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_named(read: Read, name: str, content: str | bytes, what: str, remedy: str) -> None:
    with pytest.raises(DataError, match="not a table of texts") as error:
        read(content, name)
    assert what in error.value.received
    assert remedy in error.value.remedy


def test_texts_that_begin_with_a_mark_are_texts(read: Read) -> None:
    rows = [["<br>A fine film", "good"], ["<b>Dull</b>", "bad"], ["version 2 is worse", "bad"], ["404 reasons", "good"]]
    assert rows_of(read("\n".join("\t".join(row) for row in [["text", "label"], *rows]), "a.tsv")) == rows
    assert rows_of(read("\n".join("\t".join(row) for row in rows * 3), "a.tsv"))[:4] == rows
