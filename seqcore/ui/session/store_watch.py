"""Whether anything can be kept at the moment, and when the engines were last heard of, found out behind the pages."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seqcore.errors import StorageError

if TYPE_CHECKING:
    from seqcore.store import Store

FRESH_SECONDS = 5.0  # for which what was found is good enough
HUNG_SECONDS = 20.0  # after which a look that has not ended is called one that hangs
HUNG = StorageError(
    "The place where everything is kept does not answer",
    remedy="What was kept is not lost by this. Whoever runs this server should look at its disk or database",
)

_LOG = logging.getLogger("seqcore.ui")


@dataclass(frozen=True)
class Seen:
    """What a look found.

    Attributes:
        trouble: Why nothing can be kept; None where something can.
        silences: Seconds since the last sign of life of each engine that signed in.
    """

    trouble: StorageError | None = None
    silences: Mapping[str, float] = field(default_factory=dict)


class StoreWatch:
    """Looks when somebody asks and the last look is old, one look at a time, in a thread that nobody has to wait for.

    Args:
        store: Gives the store.
        clock: Seconds that only ever grow.
    """

    def __init__(self, store: Callable[[], Store], clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._lock = threading.Lock()
        self._latest: Future[Seen] | None = None
        self._begun = 0.0
        self._seen = Seen()

    def seen(self) -> Seen:
        """What is known now, without waiting for it; before the first look has ended, nothing is wrong."""
        hangs = not self.look().done() and self._clock() - self._begun >= HUNG_SECONDS
        return Seen(HUNG) if hangs else self._seen

    def look(self) -> Future[Seen]:
        """A look that is fresh, or on its way."""
        with self._lock:
            now = self._clock()
            if self._latest is None or (self._latest.done() and now - self._begun >= FRESH_SECONDS):
                self._latest, self._begun = Future(), now
                threading.Thread(
                    target=self._look, args=(self._latest,), name="seqlab-store-watch", daemon=True
                ).start()
            return self._latest

    def _look(self, look: Future[Seen]) -> None:
        try:
            store = self._store()
            store.try_to_write()
            found = Seen(silences={engine.id: store.engines.silence(engine) for engine in store.engines.all()})
        except StorageError as error:
            found = Seen(error)
        except Exception:
            _LOG.exception("The store could not be looked at")
            found = Seen(HUNG)
        self._seen = found
        look.set_result(found)
