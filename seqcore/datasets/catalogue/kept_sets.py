"""The folder of sets that were fetched: for everybody on this server, each with its checksum, within a size."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from seqcore.datasets.catalogue.hub import refuse_other_content, sha256_of
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, SeqlabError, StorageError

_FETCHING = ".fetching-"
_FORGOTTEN = 86_400.0  # seconds after which nobody is still fetching


@dataclass(frozen=True)
class KeptSet:
    """A set that lies here as one Parquet file.

    Attributes:
        file: Where it lies.
        rows: Number of them.
        size: Bytes of the file.
        sha256: Of its content.
        fetched: When, as ISO 8601 says it.
        revision: Which version of the set it is, as its publisher counts; "" where he does not.
        licence: As its publisher says; "" for nothing.
    """

    file: Path
    rows: int
    size: int
    sha256: str
    fetched: str
    revision: str = ""
    licence: str = ""

    def read(self) -> bytes:
        """Its bytes, compared with the checksum; that it was used is noted.

        Raises:
            DataError: it was changed or taken away.
        """
        try:
            data = self.file.read_bytes()
            os.utime(self.file)
        except OSError:
            raise DataError("The data set is no longer kept here", remedy="Fetch it again") from None
        refuse_other_content(len(data), hashlib.sha256(data).hexdigest(), self.size, self.sha256)
        return data


class KeptSets:
    """Where fetched sets lie.

    Args:
        folder: The folder; made when something is kept.
        most_mb: Megabytes of all of them; those that were not used for longest go first.
    """

    def __init__(self, folder: Path, most_mb: int) -> None:
        self._folder, self._most = folder, most_mb * MEGABYTE

    def find(self, key: str) -> KeptSet | None:
        """A set that was kept under this key, if its file is there as it was left."""
        file, about = self._places(key)
        try:
            found = KeptSet(file, **json.loads(about.read_text(encoding="utf-8")))
            return found if file.stat().st_size == found.size else None
        except (OSError, ValueError, TypeError):
            return None

    @contextmanager
    def room_to_fetch(self) -> Iterator[Path]:
        """A folder to fetch into; gone afterwards, whatever happens.

        Raises:
            StorageError: nothing can be written here.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._clear_unfinished()
            room = Path(tempfile.mkdtemp(prefix=_FETCHING, dir=self._folder))
        except OSError as error:
            raise _cannot_write(error) from None
        try:
            yield room
        except SeqlabError:
            raise
        except OSError as error:
            raise _cannot_write(error) from None
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def keep(self, key: str, file: Path, rows: int, *, revision: str = "", licence: str = "") -> KeptSet:
        """Take a file that was fetched and let go of the oldest that no longer fit beside it."""
        place, about = self._places(key)
        fetched = datetime.now(UTC).isoformat(timespec="seconds")
        kept = KeptSet(place, rows, file.stat().st_size, sha256_of(file), fetched, revision, licence)
        file.replace(place)
        said = asdict(kept)
        del said["file"]
        written = about.with_suffix(".writing")
        written.write_text(json.dumps(said), encoding="utf-8")
        written.replace(about)
        self._let_go_of_oldest(place)
        return kept

    def _clear_unfinished(self) -> None:
        """Take away what was being fetched when a server ended."""
        long_ago = time.time() - _FORGOTTEN
        for room in self._folder.glob(f"{_FETCHING}*"):
            with suppress(OSError):
                if room.stat().st_mtime < long_ago:
                    shutil.rmtree(room, ignore_errors=True)

    def _places(self, key: str) -> tuple[Path, Path]:
        return self._folder / f"{key}.parquet", self._folder / f"{key}.json"

    def _let_go_of_oldest(self, newest: Path) -> None:
        files = sorted(self._folder.glob("*.parquet"), key=lambda file: file.stat().st_mtime, reverse=True)
        held = newest.stat().st_size
        for file in files:
            if file == newest:
                continue
            held += file.stat().st_size
            if held > self._most:
                file.unlink(missing_ok=True)
                file.with_suffix(".json").unlink(missing_ok=True)


def _cannot_write(error: OSError) -> StorageError:
    return StorageError(
        "The data set cannot be kept here",
        received=error.strerror or type(error).__name__,
        remedy="Make room on the disk, or tell whoever runs this server",
    )
