"""The sweeps of a server: all that are going on are driven, whether anybody looks or not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from seqcore.errors import StorageError
from seqcore.lab.sweep.drive import Drive, Workshop, new_name

_LOG = logging.getLogger(__name__)
BUSY_SECONDS, CALM_SECONDS = 0.5, 5.0  # between two looks: while a sweep goes on here, and while none does
CLOSING_SECONDS = 10.0


class SweepRoom:
    """Drives the open sweeps of a store, unless another process drives them.

    Args:
        workshop: Gives what drivers work with; asked when the first look is taken.
    """

    def __init__(self, workshop: Callable[[], Workshop]) -> None:
        self._workshop, self._who = workshop, new_name()
        self._drives: dict[str, Drive] = {}
        self._wake, self._closed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look, in a thread; once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._look_until_closed, name="seqlab-sweeps", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Look at once: a sweep was started, or is to stop."""
        self._wake.set()

    def look(self) -> bool:
        """Take every sweep as far as it can be taken now; True while one goes on here."""
        workshop = self._workshop()
        free = [sweep.id for sweep in workshop.store.sweeps.open_to(self._who)]
        for sweep_id in self._drives.keys() - set(free):
            del self._drives[sweep_id]
        for sweep_id in free:
            drive = self._drives.setdefault(sweep_id, Drive(workshop, sweep_id, self._who))
            if drive.look():
                del self._drives[sweep_id]
        return bool(self._drives)

    def close(self) -> None:
        """Look no more; what goes on is another's at once, or of this server when it is started again."""
        self._closed.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(CLOSING_SECONDS)
        for drive in self._drives.values():
            drive.release()

    def _look_until_closed(self) -> None:
        while not self._closed.is_set():
            going = False
            try:
                going = self.look()
            except StorageError as error:
                _LOG.warning("the sweeps wait: %s", error.problem)
            except Exception:
                _LOG.exception("the sweeps could not be looked at")
            self._wake.wait(BUSY_SECONDS if going else CALM_SECONDS)
            self._wake.clear()
