import os

import pytest

from seqcore.errors import NotFoundError, StorageError
from seqcore.store.files import Files


@pytest.fixture(params=["folder", "memory"])
def files(request, tmp_path):
    return Files(str(tmp_path / "with a space") if request.param == "folder" else f"memory://{tmp_path.name}")


def test_bytes_come_back_as_they_were(files):
    data = bytes(range(256)) * 1000
    files.write("runs/abc", "model.keras", data)
    assert files.has("runs/abc", "model.keras")
    assert files.read("runs/abc", "model.keras") == data


def test_writing_again_replaces(files):
    files.write("runs/abc", "run.json", b"a long first version")
    files.write("runs/abc", "run.json", b"second")
    assert files.read("runs/abc", "run.json") == b"second"


def test_a_missing_file_is_not_found(files):
    assert not files.has("runs/abc", "model.keras")
    with pytest.raises(NotFoundError, match=r"model\.keras"):
        files.read("runs/abc", "model.keras")


def test_removing_an_owner_leaves_the_others(files):
    files.write("runs/a", "run.json", b"a")
    files.write("runs/b", "run.json", b"b")
    files.remove("runs/a")
    files.remove("runs/a")
    assert not files.has("runs/a", "run.json")
    assert files.read("runs/b", "run.json") == b"b"


@pytest.mark.parametrize("name", ["../x", "..", "", "/etc/passwd", "a/../b", "a\x00b", "c:x", "a\\b", ".hidden"])
def test_no_name_leads_out_of_the_folder(files, name):
    with pytest.raises(NotFoundError):
        files.write("runs/a", name, b"x")
    with pytest.raises(NotFoundError):
        files.read(name, "run.json")


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    files = Files(str(tmp_path))
    files.write("runs/a", "run.json", b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        files.write("runs/a", "run.json", b"new")
    assert files.read("runs/a", "run.json") == b"old"
    assert os.listdir(tmp_path / "runs" / "a") == ["run.json"]


def test_one_file_is_removed_and_the_others_stay(files):
    files.write("runs/a", "run.json", b"a")
    files.write("runs/a", "checkpoint.npz", b"b")
    for _ in range(2):
        files.remove_file("runs/a", "checkpoint.npz")
    assert not files.has("runs/a", "checkpoint.npz")
    assert files.read("runs/a", "run.json") == b"a"
    files.remove_file("runs/never", "checkpoint.npz")


def test_removing_a_file_takes_along_what_a_killed_writer_left_of_it(tmp_path):
    files = Files(str(tmp_path))
    files.write("runs/a", "run.json", b"a")
    (tmp_path / "runs" / "a" / ".checkpoint.npz.0a1b2c.tmp").write_bytes(b"half")
    (tmp_path / "runs" / "a" / ".run.json.0a1b2c.tmp").write_bytes(b"somebody writes this now")
    files.remove_file("runs/a", "checkpoint.npz")
    assert sorted(os.listdir(tmp_path / "runs" / "a")) == [".run.json.0a1b2c.tmp", "run.json"]
