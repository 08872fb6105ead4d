import os

import pytest

from seqcore.errors import NotFoundError
from seqcore.store.artifacts import Artifacts


@pytest.fixture(params=["folder", "memory"])
def artifacts(request, tmp_path):
    return Artifacts(str(tmp_path / "with a space") if request.param == "folder" else f"memory://{tmp_path.name}")


def test_bytes_come_back_as_they_were(artifacts):
    data = bytes(range(256)) * 1000
    artifacts.write("runs/abc", "model.keras", data)
    assert artifacts.has("runs/abc", "model.keras")
    assert artifacts.read("runs/abc", "model.keras") == data


def test_writing_again_replaces(artifacts):
    artifacts.write("runs/abc", "run.json", b"a long first version")
    artifacts.write("runs/abc", "run.json", b"second")
    assert artifacts.read("runs/abc", "run.json") == b"second"


def test_a_missing_file_is_not_found(artifacts):
    assert not artifacts.has("runs/abc", "model.keras")
    with pytest.raises(NotFoundError, match=r"model\.keras"):
        artifacts.read("runs/abc", "model.keras")


def test_removing_an_owner_leaves_the_others(artifacts):
    artifacts.write("runs/a", "run.json", b"a")
    artifacts.write("runs/b", "run.json", b"b")
    artifacts.remove("runs/a")
    artifacts.remove("runs/a")
    assert not artifacts.has("runs/a", "run.json")
    assert artifacts.read("runs/b", "run.json") == b"b"


@pytest.mark.parametrize("name", ["../x", "..", "", "/etc/passwd", "a/../b", "a\x00b", "c:x", "a\\b", ".hidden"])
def test_no_name_leads_out_of_the_folder(artifacts, name):
    with pytest.raises(NotFoundError):
        artifacts.write("runs/a", name, b"x")
    with pytest.raises(NotFoundError):
        artifacts.read(name, "run.json")


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    artifacts = Artifacts(str(tmp_path))
    artifacts.write("runs/a", "run.json", b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        artifacts.write("runs/a", "run.json", b"new")
    assert artifacts.read("runs/a", "run.json") == b"old"
    assert os.listdir(tmp_path / "runs" / "a") == ["run.json"]


def test_one_file_is_removed_and_the_others_stay(artifacts):
    artifacts.write("runs/a", "run.json", b"a")
    artifacts.write("runs/a", "checkpoint.npz", b"b")
    for _ in range(2):
        artifacts.remove_file("runs/a", "checkpoint.npz")
    assert not artifacts.has("runs/a", "checkpoint.npz")
    assert artifacts.read("runs/a", "run.json") == b"a"
    artifacts.remove_file("runs/never", "checkpoint.npz")


def test_removing_a_file_takes_along_what_a_killed_writer_left_of_it(tmp_path):
    artifacts = Artifacts(str(tmp_path))
    artifacts.write("runs/a", "run.json", b"a")
    (tmp_path / "runs" / "a" / ".checkpoint.npz.0a1b2c.tmp").write_bytes(b"half")
    (tmp_path / "runs" / "a" / ".run.json.0a1b2c.tmp").write_bytes(b"somebody writes this now")
    artifacts.remove_file("runs/a", "checkpoint.npz")
    assert sorted(os.listdir(tmp_path / "runs" / "a")) == [".run.json.0a1b2c.tmp", "run.json"]
