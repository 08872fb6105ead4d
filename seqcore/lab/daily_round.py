"""What a server does once when it starts and once a day: let go of what nobody looked at, overwrite what is gone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from seqcore.errors import StorageError
from seqcore.lab.erase import REWRITE
from seqcore.lab.retention import let_go
from seqcore.settings import Settings
from seqcore.store import Store

_LOG = logging.getLogger(__name__)
CHORE = "daily round"
_AT_START, _DAILY = timedelta(minutes=10), timedelta(days=1)
_LOOK_SECONDS, _CLOSING_SECONDS = 600.0, 5.0


def go_round(store: Store, settings: Settings, *, every: timedelta) -> bool:
    """Do it, unless a server of this store began less than `every` ago; whether it was done."""
    if not store.chores.begin(CHORE, every=every):
        return False
    gone = let_go(store, settings.keep_days)
    if gone or store.chores.begin(REWRITE, every=_DAILY):
        store.database.overwrite_what_was_deleted()
    return True


class DailyRound:
    """Goes round in a thread.

    Args:
        store: Gives the store, asked for in the thread.
        settings: How long things are kept.
    """

    def __init__(self, store: Callable[[], Store], settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._go_on, name="seqlab-daily-round", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Go round no more."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)

    def _go_on(self) -> None:
        every = _AT_START
        while not self._closed.is_set():
            try:
                go_round(self._store(), self._settings, every=every)
                every = _DAILY
            except StorageError as error:
                _LOG.warning("the daily round waits: %s", error.problem)
            except Exception:
                _LOG.exception("the daily round failed")
            self._closed.wait(_LOOK_SECONDS)
