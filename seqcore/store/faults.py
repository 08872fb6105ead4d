"""What a system says when it cannot read or write, in words: what it is, what was kept, what to do."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from seqcore.errors import StorageError

PROBE_BYTES = 4096  # written to see whether anything can be
QUIET_SECONDS = 60.0  # between two lines in the log about the same fault of the same place

_KEPT = "What was kept before is not lost, what you just asked for was not kept"
_FULL = (
    "The disk is full, so nothing new can be kept",
    f"{_KEPT}. Make room, or tell whoever runs this server, then try again",
)
_READ_ONLY = (
    "The place where everything is kept is read-only, or does not let this program in",
    f"{_KEPT}. Whoever runs this server has to make its folder writable, then try again",
)
_DAMAGED = (
    "The database is damaged, or is none",
    "Nothing was changed by this. Whoever runs this server can put a backup in its place (docs/server.md, Backups)",
)
_BUSY = ("The database is busy with something else", f"{_KEPT}. Try again in a few seconds")
_CLOSED = (
    "The database cannot be opened",
    "What was kept is not lost by this. Whoever runs this server should look at its folder: is it there, and ours?",
)
_FAILING = (
    "The disk reports an error: a quota that is used up, or a disk that fails",
    f"{_KEPT}. Whoever runs this server should look at the disk, then try again",
)
_AWAY = (
    "The database does not answer",
    f"{_KEPT}. Try again in a minute; if it lasts, whoever runs this server should see whether it runs",
)
_OTHER = (
    "A file of what is kept cannot be read or written",
    f"{_KEPT}. Whoever runs this server finds the reason in its log",
)

_BY_NUMBER = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EIO: _FAILING,
}
_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_IOERR: _FAILING,
}
_BY_SQLSTATE = {
    "53100": _FULL,  # disk_full
    "25006": _READ_ONLY,  # read_only_sql_transaction
    "XX001": _DAMAGED,  # data_corrupted
    "XX002": _DAMAGED,  # index_corrupted
    "55P03": _BUSY,  # lock_not_available
    "58030": _FAILING,  # io_error
}
_PRIMARY = 0xFF  # of SQLite's extended codes, the part that says what it is

_log = logging.getLogger(__name__)


def system_fault(error: OSError) -> StorageError:
    """A refusal of the system to read or write a file."""
    problem, remedy = _BY_NUMBER.get(error.errno or 0, _OTHER)
    return StorageError(problem, remedy=remedy)


def disk_fault(error: BaseException) -> StorageError | None:
    """The same where it is surely the disk: full, read-only or failing; None for what may as well be a mistake."""
    known = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
    return system_fault(error) if known and isinstance(error, OSError) else None


def database_fault(error: sa.exc.SQLAlchemyError) -> StorageError | None:
    """A database that cannot be read or written; None where the statement is to blame."""
    if isinstance(error, sa.exc.TimeoutError):  # every connection is taken, and none comes back
        return StorageError(_BUSY[0], remedy=_BUSY[1])
    if not isinstance(error, sa.exc.DBAPIError):
        return None
    said = _said_by(error.orig)
    away = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
    if said is None and away and not hasattr(error.orig, "sqlite_errorcode"):  # SQLite is never away
        said = _AWAY
    return StorageError(said[0], remedy=said[1]) if said else None


def _said_by(error: BaseException | None) -> tuple[str, str] | None:
    """By the code that SQLite or PostgreSQL gave."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return _BY_SQLITE_CODE.get(code & _PRIMARY)
    state = getattr(error, "sqlstate", None)
    return _BY_SQLSTATE.get(state) if state else None


def interrupted_by(fault: StorageError) -> str:
    """What a run says that could not go on for it."""
    return f"{fault.problem}. What this run learned by its last checkpoint is kept: press Resume when that is mended."


def folder_fault(folder: Path) -> StorageError | None:
    """Why nothing can be written into a folder that is there; None where something can, or there is none."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return None
    except OSError as error:
        return system_fault(error)
    return None


class Faults:
    """Raises the faults of one place as `StorageError`; whoever runs the server finds the system's words in the log.

    Args:
        place: What it is called in the log; holds no password.
        clock: Seconds that only ever grow.
        folder: Where it lies; looked at when SQLite says no more than that it cannot open a file there.
    """

    def __init__(self, place: str, clock: Callable[[], float] = time.monotonic, *, folder: Path | None = None) -> None:
        self._place, self._clock, self._folder = place, clock, folder
        self._told: dict[str, float] = {}  # problem → when it was last written into the log

    @contextmanager
    def of_system(self) -> Iterator[None]:
        """Around what reads or writes files.

        Raises:
            StorageError: the system refused.
        """
        try:
            yield
        except OSError as error:
            raise self._tell(system_fault(error), error) from error

    @contextmanager
    def of_database(self) -> Iterator[None]:
        """Around what talks to a database.

        Raises:
            StorageError: it cannot be read or written.
        """
        try:
            yield
        except sa.exc.SQLAlchemyError as error:
            fault = database_fault(error)
            if fault is None:
                raise
            if self._folder is not None and fault.problem == _CLOSED[0]:
                fault = folder_fault(self._folder) or fault
            raise self._tell(fault, error) from error

    def _tell(self, fault: StorageError, error: Exception) -> StorageError:
        """Write it into the log, unless that was done a moment ago: who waits for a database asks again and again."""
        now = self._clock()
        if now - self._told.get(fault.problem, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._told[fault.problem] = now
            _log.error("%s: %s (%s)", self._place, fault.problem, getattr(error, "orig", None) or error)
        return fault
