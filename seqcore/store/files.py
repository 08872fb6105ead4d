"""Files in a folder or any fsspec store: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import Any

from seqcore.errors import NotFoundError
from seqcore.store.faults import PROBE_BYTES, Faults

PROBES = "probes"  # owner of files that only show that something can be written
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")


class Files:
    """Named bytes that belong to an owner, such as a run.

    A reader sees a whole file or none: local files are written under a temporary name, flushed to the disk and
    renamed; object stores are atomic by themselves.

    Args:
        url: A folder (made when missing) or an fsspec URL.

    Raises:
        StorageError: the disk is full, read-only or failing; every method does.
    """

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs
        from fsspec.implementations.local import LocalFileSystem

        plain = str(Path(url).expanduser().absolute()) if "://" not in url else url
        found: tuple[Any, str] = url_to_fs(plain)
        self._files, self._root = found[0], found[1].rstrip("/")
        self._local = isinstance(self._files, LocalFileSystem)
        self._faults = Faults(self._root)

    def write(self, owner: str, name: str, data: bytes) -> None:
        """Store bytes, replacing what was there."""
        path = self._path(owner, name)
        with self._faults.of_system():
            if self._local:
                _write_durably(Path(path), data)
                return
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, data)

    def try_to_write(self) -> None:
        """Write a file, and remove it again; several may do so at a time."""
        name = secrets.token_hex(6)
        try:
            self.write(PROBES, name, bytes(PROBE_BYTES))
        finally:
            self.remove_file(PROBES, name)

    def read(self, owner: str, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            NotFoundError: there is no such file.
        """
        path = self._path(owner, name)
        with self._faults.of_system():
            try:
                data: bytes = self._files.cat_file(path)
            except (FileNotFoundError, NotADirectoryError) as error:
                raise NotFoundError(
                    f"The file {name} is missing", received=owner, remedy="It is written when a run ends"
                ) from error
        return data

    def has(self, owner: str, name: str) -> bool:
        """Whether there is a file of that name."""
        return bool(self._files.isfile(self._path(owner, name)))

    def size(self, owner: str) -> int:
        """Bytes of all files of an owner."""
        folder = self._path(owner)
        with self._faults.of_system():
            try:
                self._files.invalidate_cache()
                return int(self._files.du(folder))
            except (FileNotFoundError, NotADirectoryError):
                return 0

    def remove(self, owner: str) -> None:
        """Remove all files of an owner; none is no error."""
        folder = self._path(owner)
        with self._faults.of_system(), contextlib.suppress(FileNotFoundError):
            self._files.invalidate_cache()
            self._files.rm(folder, recursive=True)

    def remove_file(self, owner: str, name: str) -> None:
        """Remove one file, with what writes of it that never ended left behind; none is no error."""
        path = self._path(owner, name)
        with self._faults.of_system():
            with contextlib.suppress(FileNotFoundError):
                self._files.rm_file(path)
            if self._local:
                for rest in Path(path).parent.glob(f".{name}.*.tmp"):
                    rest.unlink(missing_ok=True)

    def _path(self, *parts: str) -> str:
        pieces = [piece for part in parts for piece in part.split("/")]
        for piece in pieces:
            if not _SAFE.fullmatch(piece):
                raise NotFoundError("This is no name of a stored file", received=repr(piece[:60]))
        return "/".join((self._root, *pieces))


def _write_durably(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename outlast a power cut; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
