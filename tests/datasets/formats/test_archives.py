"""Compressed files and archives: one table, several, parts of a split, a folder per label; hostile ones are bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Mapping

import pyarrow as pa
import pytest

from seqcore.datasets import guess_columns, read_table
from seqcore.datasets.formats import tarred
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, parquet, rows_of, workbook
from tests.datasets.formats.test_fuzz import no_hang

LIMITS = Settings()
CSV = b"text,label\nA fine film,good\nA dull film,bad\n"
ROWS = [["A fine film", "good"], ["A dull film", "bad"]]
PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": pa.Codec("zstd").compress}


def pack(kind: str, data: bytes) -> bytes:
    return bytes(memoryview(PACKERS[kind](data)))


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return sink.getvalue()


def tarred_files(files: Mapping[str, bytes], layout: int = tarfile.PAX_FORMAT) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=layout) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return sink.getvalue()


ARCHIVERS = {
    "a.zip": zipped,
    "a.tar": tarred_files,
    "a.tar.gz": lambda files: gzip.compress(tarred_files(files, tarfile.GNU_FORMAT)),
    "a.tgz": lambda files: gzip.compress(tarred_files(files, tarfile.USTAR_FORMAT)),
    "a.tar.xz": lambda files: lzma.compress(tarred_files(files)),
    "a.tar.zst": lambda files: pack("zst", tarred_files(files)),
}
every_archive = pytest.mark.parametrize("name", ARCHIVERS)


@pytest.mark.parametrize("kind", PACKERS)
def test_a_compressed_file_is_read_as_what_is_in_it(read: Read, kind: str) -> None:
    for data, name in (
        (CSV, "a.csv"),
        (parquet(text=["A fine film", "A dull film"], label=["good", "bad"]), "a.parquet"),
    ):
        table = read(pack(kind, data), f"{name}.{kind}")
        assert rows_of(table) == ROWS
        assert table.notes == ()


@pytest.mark.parametrize("kind", PACKERS)
def test_what_was_compressed_in_pieces_or_twice_is_read_whole(read: Read, kind: str) -> None:
    assert rows_of(read(pack(kind, CSV[:20]) + pack(kind, CSV[20:]), f"a.csv.{kind}")) == ROWS
    assert rows_of(read(pack(kind, pack(kind, CSV)), f"a.csv.{kind}")) == ROWS


@pytest.mark.parametrize("kind", PACKERS)
def test_a_bomb_is_stopped_at_the_limit_and_a_cut_file_is_refused(read: Read, kind: str) -> None:
    with pytest.raises(DataError, match="larger than 1 MB once unpacked"):
        read(pack(kind, bytes(30 * 1024 * 1024)), f"a.csv.{kind}", max_file_mb=1)
    with pytest.raises(DataError, match=r"cannot be read|empty"):
        read(pack(kind, CSV * 9)[:-7], f"a.csv.{kind}")


@every_archive
def test_the_one_table_of_an_archive_is_read(read: Read, name: str) -> None:
    files = {
        "README.md": b"About it",
        "folder/reviews.csv": CSV,
        "__MACOSX/folder/._reviews.csv": b"\0",
        ".DS_Store": b"\0",
    }
    table = read(ARCHIVERS[name](files), name)
    assert rows_of(table) == ROWS
    assert table.how.member == "folder/reviews.csv"
    assert table.notes == ()


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.xlsx", workbook([["text", "label"], *ROWS])),
        ("a.parquet", parquet(text=["A fine film", "A dull film"], label=["good", "bad"])),
        ("a.csv.gz", gzip.compress(CSV, mtime=0)),
        ("SMSCollection", b"good\tA fine film\nbad\tA dull film\ngood\tNot bad at all\nbad\tNo\n"),
    ],
)
def test_an_archive_may_hold_a_file_of_any_format(read: Read, file: str, data: bytes) -> None:
    table = read(zipped({file: data, "readme": b"about"}), "a.zip")
    columns = guess_columns(table)
    assert list(table.frame[columns.text])[:2] == ["A fine film", "A dull film"]
    assert list(table.frame[columns.label])[:2] == ["good", "bad"]


def test_of_several_tables_the_largest_is_taken_and_another_can_be_chosen() -> None:
    other = b"text,label\nA long film,slow\n"
    data = zipped({"a/small.csv": other, "b/large.csv": CSV})
    table = read_table(data, "a.zip", limits=LIMITS)
    assert (table.how.member, table.how.members) == ("b/large.csv", ("a/small.csv", "b/large.csv"))
    assert any("“b/large.csv”" in note and "“a/small.csv”" in note and "--member" in note for note in table.notes)
    (chosen,) = table.how.alternatives
    for read_as in (chosen.read_as, ReadAs(member="small.csv")):
        again = read_table(data, "a.zip", limits=LIMITS, read_as=read_as)
        assert rows_of(again) == [["A long film", "slow"]]
    with pytest.raises(DataError, match=r"no file “c.csv”.*“a/small.csv” and “b/large.csv”"):
        read_table(data, "a.zip", limits=LIMITS, read_as=ReadAs(member="c.csv"))


@pytest.mark.parametrize(
    "names",
    [
        ("train.csv", "valid.csv", "test.csv"),
        ("data/sms_train.csv", "data/sms_dev.csv", "data/sms_test.csv"),
        ("train/data.csv", "val/data.csv", "test/data.csv"),
    ],
)
@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_files_named_after_the_parts_of_a_split_are_read_together(
    read: Read, name: str, names: tuple[str, ...]
) -> None:
    table = read(ARCHIVERS[name]({**dict.fromkeys(names, CSV), "notes.txt": b"What this is\n"}), name)
    assert list(table.frame["split"]) == [part for part in ("train", "validation", "test") for _ in ROWS]
    assert list(table.frame["label"]) == ["good", "bad"] * 3
    assert guess_columns(table).split == "split"


def test_where_the_test_file_has_no_labels_the_training_file_is_taken(read: Read) -> None:
    table = read(zipped({"test.csv": b"text\nA long film\n" * 9, "train.csv": CSV}), "a.zip")
    assert (table.how.member, rows_of(table)) == ("train.csv", ROWS)


def folders(pattern: str, parts: tuple[str, ...] = ("train", "test"), encoding: str = "utf-8") -> dict[str, bytes]:
    return {
        pattern.format(part=part, label=label, n=n): f"A {label} film à voir, {part} {n}".encode(encoding)
        for part in parts
        for label in ("pos", "neg")
        for n in range(3)
    }


@pytest.mark.parametrize(
    "pattern",
    ["aclImdb/{part}/{label}/{n}_9.txt", "20news-bydate-{part}/{label}/4996{n}", "{label}/{part}/cv00{n}.txt"],
)
@every_archive
def test_a_folder_is_the_label_of_the_texts_in_it(read: Read, name: str, pattern: str) -> None:
    files = {**folders(pattern), "aclImdb/README": b"about", "aclImdb/train/unsup/0_0.txt": b"no label"}
    table = read(ARCHIVERS[name](files), name)
    columns = guess_columns(table)
    assert (columns.text, columns.label, columns.split) == ("text", "label", "split")
    found = set(zip(table.frame["text"], table.frame["label"], table.frame["split"], strict=True))
    assert found == {
        (f"A {label} film à voir, {part} {n}", label, part)
        for part in ("train", "test") for label in ("pos", "neg") for n in range(3)
    }  # fmt: skip
    assert any("its folder is its label" in note for note in table.notes)


def test_folders_without_a_split_and_in_an_old_encoding_are_read(read: Read) -> None:
    table = read(zipped(folders("reviews/{label}/{n}.txt", ("all",), "latin-1")), "a.zip")
    assert "split" not in table.frame
    assert set(table.frame["text"]) >= {"A pos film à voir, all 0"}


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/<b>x.csv", "C:\\a\\b.csv", "a\u202e\n.csv"])
def test_names_in_an_archive_are_safe_to_show(read: Read, name: str) -> None:
    member = read(zipped({name: CSV}), "a.zip").how.member
    assert member and not set(member) & set("<>\\\n\u202e:") and ".." not in member and not member.startswith("/")


def test_an_archive_in_itself_is_refused() -> None:
    inner = zipped({"a.csv": CSV})
    for kind in (zipped({"b.csv": inner}), zipped({"b.csv": gzip.compress(tarred_files({"a.csv": CSV}))})):
        with no_hang(), pytest.raises(DataError, match="archive in the archive"):
            read_table(kind, "a.zip", limits=LIMITS)


@every_archive
def test_an_archive_that_unpacks_to_far_more_is_refused(read: Read, name: str) -> None:
    with pytest.raises(DataError, match="larger than 1 MB"):
        read(ARCHIVERS[name]({"a.csv": bytes(3_000_000)}), name, max_file_mb=1)
    with pytest.raises(DataError, match="larger than 1 MB"):
        read(ARCHIVERS[name]({f"{n}.csv": bytes(300_000) for n in range(6)}), name, max_file_mb=1)


def test_what_is_not_kept_of_a_tar_archive_may_be_large_but_not_endless(read: Read) -> None:
    large = {"a.csv": CSV, "model.bin": bytes(4_000_000)}
    assert rows_of(read(gzip.compress(tarred_files(large)), "a.tar.gz", max_file_mb=1)) == ROWS
    with pytest.raises(DataError, match="far more than it shows"):
        read(gzip.compress(tarred_files({"model.bin": bytes(12_000_000)})), "a.tar.gz", max_file_mb=1)


def test_too_many_files_are_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tarred, "MOST_MEMBERS", 5)
    monkeypatch.setattr("seqcore.datasets.formats.zipped.MOST_MEMBERS", 5)
    for archive in (zipped, tarred_files):
        with pytest.raises(DataError, match="more than 5 files"):
            read(archive({f"{n}.bin": b"x" for n in range(9)}), "a.zip")


def test_a_zip_archive_with_a_password_or_a_wrong_checksum_is_refused(read: Read) -> None:
    data = bytearray(zipped({"a.csv": CSV}, zipfile.ZIP_STORED))
    entry = data.index(b"PK\x01\x02")
    locked = bytes(data[: entry + 8]) + b"\x01\0" + bytes(data[entry + 10 :])
    with pytest.raises(DataError, match="password"):
        read(locked, "a.zip")
    at = data.index(b"fine")
    data[at : at + 4] = b"vile"
    with pytest.raises(DataError, match="cannot be read as a ZIP archive"):
        read(bytes(data), "a.zip")


@pytest.mark.parametrize("keep", [600, 1100, 1500])
def test_a_cut_tar_archive_is_refused(read: Read, keep: int) -> None:
    with pytest.raises(DataError, match="cannot be read as a tar archive"):
        read(tarred_files({"a.csv": CSV, "b.csv": CSV * 30})[:keep], "a.tar")


def test_an_archive_without_texts_says_so(read: Read) -> None:
    with pytest.raises(DataError, match="No file in the archive can be read"):
        read(zipped({"picture.png": b"\x89PNG", "model.keras": b"x"}), "a.zip")
