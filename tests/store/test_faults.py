"""What a store says whose database is damaged, locked, away or nowhere, and what it does not take for that."""

import errno
import logging
import os
import sqlite3

import pytest
import sqlalchemy as sa

from seqcore.errors import StorageError
from seqcore.store import Store
from seqcore.store.faults import QUIET_SECONDS, Faults, database_fault, disk_fault, system_fault


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def path(tmp_path):
    """A database with its tables, closed."""
    path = tmp_path / "lab.db"
    opened(path).close()
    return path


def opened(path):
    return Store(f"sqlite:///{path}", str(path.parent / "files"))


def refused(path):
    with pytest.raises(StorageError) as caught:
        store = opened(path)
        store.datasets.all("me")
        store.runs.all("me")
    return caught.value


def test_a_file_that_is_no_database_is_called_damaged(path):
    path.write_bytes(os.urandom(20_000))
    assert "damaged" in refused(path).problem
    assert "backup" in refused(path).remedy


def test_a_truncated_database_is_called_damaged(path):
    path.write_bytes(path.read_bytes()[:9_000])
    assert "damaged" in refused(path).problem


def test_a_database_whose_pages_are_overwritten_is_called_damaged(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(len(whole) - 100))
    assert "damaged" in refused(path).problem


def test_a_folder_in_the_place_of_the_database_cannot_be_opened(tmp_path):
    (tmp_path / "lab.db").mkdir()
    assert "cannot be opened" in refused(tmp_path / "lab.db").problem


def test_a_home_that_is_a_file_is_named(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(StorageError, match="cannot be read or written"):
        opened(tmp_path / "home" / "lab.db")


def test_a_database_that_another_holds_is_busy(path, monkeypatch):
    monkeypatch.setattr("seqcore.store.database.BUSY_SECONDS", 0.01)
    store = opened(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="busy"), store.database.writing():
        pass
    other.close()


def test_a_database_server_that_is_not_there_does_not_answer():
    fault = database_fault(sa.exc.OperationalError("", {}, Exception("could not connect to postgres://u:secret@db")))
    assert "does not answer" in fault.problem
    assert "secret" not in str(fault)


@pytest.mark.parametrize(
    ("state", "says"), [("53100", "disk is full"), ("25006", "read-only"), ("XX001", "damaged"), ("58030", "disk")]
)
def test_what_postgresql_says_is_told_by_its_code(state, says):
    cause = Exception("")
    cause.sqlstate = state
    assert says in database_fault(sa.exc.InternalError("", {}, cause)).problem


def test_a_statement_that_is_wrong_stays_a_mistake_of_ours(path):
    store = opened(path)
    with pytest.raises(sa.exc.OperationalError), store.database.reading() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_what_breaks_within_a_transaction_stays_what_it_is(path):
    with pytest.raises(OSError, match="mine"), opened(path).database.writing():
        raise OSError(errno.ENOSPC, "mine")


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EROFS, "read-only"), (errno.EACCES, "read-only"),
     (errno.EIO, "reports an error"), (errno.ELOOP, "cannot be read or written")],
)  # fmt: skip
def test_what_the_system_says_is_told_in_words(number, says):
    fault = system_fault(OSError(number, "?"))
    assert says in fault.problem
    assert "not lost" in fault.remedy


def test_a_file_that_is_missing_may_be_our_mistake_but_a_full_disk_is_none():
    assert disk_fault(FileNotFoundError(errno.ENOENT, "?")) is None
    assert disk_fault(ValueError()) is None
    assert "full" in disk_fault(OSError(errno.ENOSPC, "?")).problem


def test_the_log_has_the_place_and_the_reason_once_a_minute(caplog):
    clock = Clock()
    faults = Faults("sqlite:////home/lab.db", clock)

    def fail():
        with pytest.raises(StorageError), faults.of_system():
            raise OSError(errno.ENOSPC, "No space left on device")

    with caplog.at_level(logging.ERROR, "seqcore.store.faults"):
        fail()
        clock.now = QUIET_SECONDS - 1
        fail()
        assert len(caplog.messages) == 1
        clock.now = QUIET_SECONDS
        fail()
    assert len(caplog.messages) == 2
    assert "/home/lab.db" in caplog.messages[0]
    assert "No space left" in caplog.messages[0]


def test_no_password_of_a_database_is_in_the_log(tmp_path, caplog):
    with pytest.raises(StorageError):
        Store("postgresql+psycopg://lab:secret@127.0.0.1:9/lab", str(tmp_path))
    assert "secret" not in caplog.text
    assert "127.0.0.1" in caplog.text
