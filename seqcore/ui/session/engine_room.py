"""Starting the training engine behind the pages' back, so that none of them waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqcore.errors import EngineError, SeqlabError

if TYPE_CHECKING:
    from seqcore.engine import Engine
    from seqcore.settings import Settings

_LOG = logging.getLogger("seqcore.ui")


class EngineRoom:
    """Holds the engine of this server: not started, starting, running, failed or closed.

    Args:
        settings: Which scheduler, how many workers.

    Attributes:
        page_drawn: Set when a first page stands, which is when others may have the processor.
    """

    def __init__(self, settings: Settings) -> None:
        self.page_drawn = threading.Event()
        self._settings = settings
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._engine: Engine | None = None
        self._failure: SeqlabError | None = None
        self._waiting: list[str] = []
        self._closed = False

    def start(self) -> None:
        """Start the engine in the background; again after a failure, otherwise once."""
        with self._lock:
            if self._closed or self._engine is not None or (self._thread is not None and self._thread.is_alive()):
                return
            self._failure = None
            self._thread = threading.Thread(target=self._start_engine, name="seqlab-engine-start", daemon=True)
            self._thread.start()

    def ready(self) -> bool:
        """Whether the engine answers; never waits.

        Raises:
            EngineError: it could not be started.
        """
        if self._failure is not None:
            raise self._failure
        return self._engine is not None

    def engine(self) -> Engine | None:
        """The engine, or None while it starts.

        Raises:
            EngineError: it could not be started.
        """
        return self._engine if self.ready() else None

    def submit(self, run_ids: Sequence[str]) -> None:
        """Queue runs, or keep them until the engine has started."""
        with self._lock:
            self._waiting.extend(run_ids)
        self._hand_over()

    def close(self) -> None:
        """End the engine; whatever is still starting ends as soon as it has started."""
        with self._lock:
            self._closed = True
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _start_engine(self) -> None:
        try:
            from seqcore.engine import Engine

            engine = Engine.start(self._settings)
        except SeqlabError as error:
            self._failure = error
            return
        except Exception as error:
            _LOG.exception("The training engine did not start")
            self._failure = EngineError(
                "The training engine did not start", received=type(error).__name__, remedy="Restart the app"
            )
            return
        self._keep_engine(engine)

    def _hand_over(self) -> None:
        """Give the engine what waits for it; what it does not take goes on waiting."""
        with self._lock:
            engine, waiting = self._engine, self._waiting
            if engine is None or not waiting:
                return
            self._waiting = []
        try:
            engine.submit(waiting)
        except Exception:
            with self._lock:
                self._waiting = waiting + self._waiting
            raise

    def _keep_engine(self, engine: Engine) -> None:
        with self._lock:
            closed = self._closed
            if not closed:
                self._engine = engine
        if closed:
            engine.close()
            return
        try:
            self._hand_over()
        except Exception:
            _LOG.exception("The training engine did not take the runs that waited for it")
