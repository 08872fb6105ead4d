"""What is kept of a visitor's uploads."""

from types import SimpleNamespace

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from seqcore.settings import Settings
from seqcore.ui.server import kept_uploads
from seqcore.ui.server.kept_uploads import FILES_KEPT, forget_old_uploads
from seqcore.ui.server.limits import MEGABYTE


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_uploads, "get_settings", lambda: Settings(max_file_mb=2))


def kept(monkeypatch: pytest.MonkeyPatch, sizes: list[int]) -> list[str]:
    uploads = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=uploads))
    for number, size in enumerate(sizes):
        uploads.add_file("session", UploadedFileRec(f"file {number}", "a.csv", "text/csv", bytes(size)))
        uploads.add_file("other", UploadedFileRec(f"file {number}", "a.csv", "text/csv", b"x"))
        forget_old_uploads(["session"])
    assert len(uploads.file_storage["other"]) == len(sizes)
    return [file.file_id for file in uploads.file_storage["session"].values()]


def test_a_session_keeps_its_newest_files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept(monkeypatch, [10] * (FILES_KEPT + 5)) == [f"file {number}" for number in range(5, FILES_KEPT + 5)]


def test_a_session_keeps_no_more_than_twice_the_largest_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept(monkeypatch, [2 * MEGABYTE] * 3) == ["file 1", "file 2"]


def test_more_tabs_keep_no_more_and_the_one_in_use_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=uploads))
    for session in ("first tab", "second tab", "third tab"):
        uploads.add_file(session, UploadedFileRec("file", "a.csv", "text/csv", bytes(2 * MEGABYTE)))
    forget_old_uploads(["third tab", "first tab", "second tab"])
    assert {session for session, files in uploads.file_storage.items() if files} == {"third tab", "first tab"}
