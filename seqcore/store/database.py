"""Connections to the database, safe from several threads and processes."""

from __future__ import annotations

import functools
import os
import secrets
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from seqcore.errors import NotFoundError, StorageError
from seqcore.store import schema
from seqcore.store.faults import Faults
from seqcore.store.schema_version import bring_up_to_date

BUSY_SECONDS = 5.0  # how long one statement waits for another writer
PATIENCE_SECONDS = 30.0  # how long a worker goes on trying before it gives its run up
_SQLITE = "sqlite:///"
_PG_SCHEMA_LOCK, _PG_METRICS_LOCK, _PG_QUEUE_LOCK = 7_310_001, 7_310_002, 7_310_003

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def new_id() -> str:
    """An unguessable id that is safe in a URL and on a command line (it begins with a letter or digit)."""
    while True:
        token = secrets.token_urlsafe(12)
        if token[0] not in "-_":
            return token


def clean_name(name: str) -> str:
    """A name that every database takes: valid UTF-8, no NUL, no line break, at most 200 characters."""
    valid = name.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return " ".join(valid.split())[: schema.NAME_LENGTH]


class Database:
    """A database and its schema, created when missing and brought up to date when older.

    SQLite runs in WAL mode; writers take their lock at once (`BEGIN IMMEDIATE`), because a transaction that
    first reads and then writes would fail with "database is locked". Every process has its own connections: a fork
    leaves those that were open to its parent.

    Args:
        url: SQLAlchemy URL; after `sqlite:///` stands a plain path, whatever characters it has.

    Raises:
        StorageError: it cannot be opened, read or written; so do all methods.
        SeqlabError: the database was written by a newer version of this program.
    """

    def __init__(self, url: str) -> None:
        self._url = _as_url(url)
        folder = _folder_of(self._url)
        self._faults = Faults(str(self._url), folder=folder)
        if folder is not None:
            with self._faults.of_system():
                folder.mkdir(parents=True, exist_ok=True)
        self._engine = _connectable(self._url)
        _of_this_process.add(self)
        self._create_schema()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the database."""
        with self._faults.of_database(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction, committed at the end and undone by an exception."""
        with self._faults.of_database(), self._engine.connect() as connection:
            connection.execution_options(seqlab_immediate=True)
            with connection.begin():
                yield connection

    def overwrite_what_was_deleted(self) -> bool:
        """Leave nothing of deleted rows in the files of a SQLite database, by writing it anew; False where somebody is
        in the way, who reads or writes for long.

        Others wait for a moment. What rows held before is overwritten as they are deleted; this is for what older
        versions left, for copies that a row left as it grew, and for the log of writes. PostgreSQL does it by itself,
        in time.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        return self._on_its_own("VACUUM") and self.empty_log()

    def empty_log(self) -> bool:
        """Bring what is overwritten into the file of a SQLite database; False where somebody is in the way."""
        return self._engine.dialect.name != "sqlite" or self._on_its_own("PRAGMA wal_checkpoint(TRUNCATE)")

    def _on_its_own(self, statement: str) -> bool:
        """Execute a statement outside any transaction; False where it says that it was busy, or cannot be done now."""
        connection = self._engine.raw_connection()
        try:
            with self._faults.of_database():
                found = connection.cursor().execute(statement).fetchone()
        except StorageError:
            return False
        finally:
            connection.close()
        return not (found and found[0])

    def dispose(self) -> None:
        """Close the connections of this process."""
        self._engine.dispose()

    def leave_to_parent(self) -> None:
        """Begin with new connections in a process that was forked: the open ones are its parent's, and stay open."""
        self._engine.dispose(close=False)
        self._engine = _connectable(self._url)  # another thread may have held a lock of the old one

    def _create_schema(self) -> None:
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PG_SCHEMA_LOCK)))
            bring_up_to_date(connection)


_of_this_process: weakref.WeakSet[Database] = weakref.WeakSet()


def _leave_connections_to_parent() -> None:
    for database in _of_this_process:
        database.leave_to_parent()


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_leave_connections_to_parent)


def in_commit_order(connection: sa.Connection) -> None:
    """Make the ids of new metric rows grow in the order of commits, so that no reader misses one.

    SQLite has one writer at a time and needs nothing; PostgreSQL hands out ids before the commit.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PG_METRICS_LOCK)))


def one_at_a_time(connection: sa.Connection) -> None:
    """Let nobody else choose from the queue until this transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PG_QUEUE_LOCK)))


def patient(method: F) -> F:
    """Let a worker's write outlast a database that is locked or away, or a disk that is full, for a while."""

    @functools.wraps(method)
    def trying(*args: Any, **kwargs: Any) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return method(*args, **kwargs)
            except StorageError:
                if time.monotonic() >= deadline:
                    raise
                threading.Event().wait(0.25)

    return cast(F, trying)


def missing(what: str, received: str) -> NotFoundError:
    """The error for an id that names nothing."""
    return NotFoundError(f"No {what} with this id", received=received[:60], remedy="It may have been deleted")


def only(found: Sequence[T], what: str, received: str) -> T:
    """What was found by an id.

    Raises:
        NotFoundError: nothing was.
    """
    if not found:
        raise missing(what, received)
    return found[0]


def rename(database: Database, table: sa.Table, what: str, workspace: str, row_id: str, name: str) -> None:
    """Give a row of a workspace another name; an empty one changes nothing.

    Raises:
        NotFoundError: there is none of that id.
    """
    update = table.update().where(table.c.workspace == workspace, table.c.id == row_id)
    new = clean_name(name)
    with database.writing() as connection:
        kept = connection.execute(update.values(name=new if new else table.c.name))
    if kept.rowcount == 0:
        raise missing(what, row_id)


def _as_url(url: str) -> sa.URL:
    if not url.startswith(_SQLITE):
        return sa.make_url(url)
    return sa.URL.create("sqlite", database=str(Path(url.removeprefix(_SQLITE)).expanduser()))


def _folder_of(url: sa.URL) -> Path | None:
    """Where an SQLite database lies."""
    return Path(url.database).parent if url.get_backend_name() == "sqlite" and url.database else None


def _connectable(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, pool_timeout=10, pool_recycle=1800)
    connect = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(url, connect_args=connect, pool_timeout=10, max_overflow=30)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Switch to WAL; SQLite does not wait for its lock here, so when processes start together we do."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() >= deadline:
                raise
            threading.Event().wait(0.02)


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("seqlab_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
