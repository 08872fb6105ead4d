"""What runs leave behind: models, evaluations, checkpoints."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from seqcore.errors import StorageError
from seqcore.store.files import Files

CHECKPOINT = "checkpoint.npz"  # what a run that is not done needs to go on

_log = logging.getLogger(__name__)


class Artifacts:
    """The files of runs; a reader sees all of a file or nothing.

    Args:
        files: Where they lie.
    """

    def __init__(self, files: Files) -> None:
        self._files = files

    def write(self, run_id: str, name: str, data: bytes) -> None:
        """Store a file of a run, replacing what was there."""
        self._files.write(_folder(run_id), name, data)

    def read(self, run_id: str, name: str) -> bytes:
        """A file of a run.

        Raises:
            NotFoundError: there is no such file.
        """
        return self._files.read(_folder(run_id), name)

    def has(self, run_id: str, name: str) -> bool:
        """Whether a run has a file of that name."""
        return self._files.has(_folder(run_id), name)

    def size(self, run_id: str) -> int:
        """Bytes of all files of a run; 0 while nobody can tell."""
        try:
            return self._files.size(_folder(run_id))
        except StorageError:
            return 0

    def remove(self, run_id: str, name: str) -> None:
        """Remove a file of a run; none is no error."""
        self._files.remove_file(_folder(run_id), name)

    def remove_run(self, run_id: str) -> None:
        """Remove all files of a run; none is no error.

        Raises:
            StorageError: one of them cannot be removed.
        """
        self._files.remove(_folder(run_id))

    def remove_all(self, run_ids: Iterable[str]) -> None:
        """Remove the files of runs that are gone; what cannot be removed now is only wasted space."""
        for run_id in run_ids:
            try:
                self.remove_run(run_id)
            except StorageError:
                _log.warning("the files of run %s could not be removed", run_id, exc_info=True)


def _folder(run_id: str) -> str:
    return f"runs/{run_id}"
