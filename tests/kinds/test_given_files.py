"""Files are of a kind by their names, also those in an archive; of none they stay for tables."""

import io
import tarfile
from pathlib import Path

import pytest

from seqcore.errors import DataError
from seqcore.kinds.given_files import kind_of_files, read_folder
from seqcore.settings import Settings
from tests.datasets.sounds.files import of_two_labels, sound_file, tarred, zipped

LIMITS = Settings()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.zip", zipped({"a/1.wav": b"x", "b/1.flac": b"x", "readme.txt": b"x"}), "audio"),
        ("a.tar.gz", tarred({f"a/{n}.ogg": b"x" for n in range(300)}), "audio"),
        ("one.WAV", b"RIFF", "audio"),
        ("a.zip", zipped({"a/1.txt": b"x", "b/1.txt": b"x"}), None),
        ("a.zip", zipped({"__MACOSX/a/._1.wav": b"x", "a/1.txt": b"x"}), None),
        ("a.csv", b"text,label\na,b\n", None),
        ("wav", b"text", None),
    ],
)
def test_a_kind_is_told_by_names(name: str, data: bytes, kind: str | None) -> None:
    found = kind_of_files([(name, data)], LIMITS)
    assert (found and found.name) == kind


def test_a_tar_archive_with_one_endless_file_first_is_left_to_a_child() -> None:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz", compresslevel=1) as archive:
        for name, size in (("zeros.csv", 70 * 1024 * 1024), ("a/1.wav", 10)):
            about = tarfile.TarInfo(name)
            about.size = size
            archive.addfile(about, io.BytesIO(bytes(size)))
    assert kind_of_files([("a.tgz", sink.getvalue())], LIMITS) is None


def test_a_folder_is_read_by_a_child(tmp_path: Path) -> None:
    for name, data in of_two_labels().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "all" / "licence.txt").write_text("free")
    data = read_folder(tmp_path, LIMITS)
    assert data is not None
    assert (data.kind, len(data), data.classes) == ("audio", 6, ("no", "yes"))
    with pytest.raises(DataError, match="larger than 1 MB"):
        (tmp_path / "all" / "yes" / "large.wav").write_bytes(sound_file(seconds=80))
        read_folder(tmp_path, Settings(max_file_mb=1))
