"""Archives of plain texts: a file for each class, texts beside labels; archives in archives."""

from __future__ import annotations

import pytest

from seqcore.errors import DataError
from tests.datasets.conftest import Read, rows_of
from tests.datasets.formats.test_archives import CSV, ROWS, tarred_files, zipped

GOOD, BAD = b"I love it, all of it\nso good\nfine\n", b"I hate it\nso bad\n"
CLASSES = [
    ["I love it, all of it", "pos"],
    ["so good", "pos"],
    ["fine", "pos"],
    ["I hate it", "neg"],
    ["so bad", "neg"],
]


@pytest.mark.parametrize(
    "names",
    [("pos.txt", "neg.txt"), ("d/reviews_pos.txt", "d/reviews_neg.txt"), ("d/rt-polarity.pos", "d/rt-polarity.neg")],
)
def test_each_file_holds_the_texts_of_a_class(read: Read, names: tuple[str, str]) -> None:
    files = {names[0]: GOOD, names[1]: BAD, "readme.txt": b"about"}
    table = read(tarred_files(files), "a.tar")
    assert rows_of(table) == CLASSES
    assert table.notes == ("Each file holds the texts of one class, which its name says: “pos” and “neg”",)


def test_fifty_files_are_fifty_classes_and_tables_of_texts_are_too(read: Read) -> None:
    lines = zipped({f"class_{at:02d}.txt": b"one text\nanother text\n" for at in range(50)})
    assert read(lines, "a.zip").frame["label"].nunique() == 50
    tables = zipped({"pos.csv": b"text\nI love it\nso good\n", "neg.csv": b"text\nI hate it\nso bad\n"})
    assert rows_of(read(tables, "a.zip"))[2] == ["I hate it", "neg"]


@pytest.mark.parametrize(
    "files",
    [
        {"1.txt": b"a b\nc d\n", "2.txt": b"e f\ng h\n"},
        {"a.txt": b"a text alone", "b.txt": b"another one"},
        {
            "x.txt": b"1 it is good\n0 it is bad\n1 a fine film\n0 a dull film\n",
            "y.txt": b"1 it is good\n0 it is bad\n1 a fine film\n0 a dull film\n",
        },
    ],
    ids=["numbers", "one line each", "labels in the lines"],
)
def test_files_that_are_no_classes_are_not_taken_for_them(read: Read, files: dict[str, bytes]) -> None:
    try:
        table = read(zipped(files), "a.zip")
    except DataError:
        return
    assert not any("one class" in note for note in table.notes)


def test_texts_are_put_beside_their_labels_part_by_part(read: Read) -> None:
    files = {f"s/{part}_text.txt": f"{part} one\n{part} two\n".encode() for part in ("train", "val", "test")}
    files |= {f"s/{part}_labels.txt": b"1\n0\n" for part in ("train", "val", "test")}
    table = read(zipped(files | {"s/mapping.txt": b"0\tbad\n1\tgood\n"}), "a.zip")
    assert rows_of(table)[:2] == [["train one", "1", "train"], ["train two", "0", "train"]]
    assert [row[2] for row in rows_of(table)[2:]] == ["validation"] * 2 + ["test"] * 2
    alone = read(zipped({"texts.txt": b"a b\nc d\n", "labels.txt": b"x\ny\n"}), "a.zip")
    assert rows_of(alone) == [["a b", "x"], ["c d", "y"]]


def test_a_part_with_other_columns_is_left_out_of_the_split_and_named(read: Read) -> None:
    files = {"train.csv": CSV, "dev.csv": CSV, "test.csv": b"id,text\n1,A film\n"}
    table = read(zipped(files), "a.zip")
    assert [row[2] for row in rows_of(table)] == ["train"] * 2 + ["validation"] * 2
    assert "“test.csv” has other columns and was left out" in table.notes


@pytest.mark.parametrize("inner", ["a.zip", "a.tar", "a.tar.gz"])
def test_an_archive_in_an_archive_is_read_and_one_in_that_is_refused(read: Read, inner: str) -> None:
    pack = zipped if inner == "a.zip" else tarred_files
    assert rows_of(read(zipped({inner: pack({"b.csv": CSV})}), "o.zip")) == ROWS
    with pytest.raises(DataError, match="There is an archive in the archive"):
        read(zipped({inner: pack({inner: pack({"b.csv": CSV})})}), "o.zip")


def test_an_empty_archive_is_told_as_such(read: Read) -> None:
    with pytest.raises(DataError, match="an empty ZIP archive"):
        read(zipped({}), "a.zip")
    with pytest.raises(DataError):
        read(zipped({"readme.txt": b"about"}), "a.zip")
