"""Starting the training engine behind the pages' back, so that none of them waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqcore.errors import EngineError, SeqlabError

if TYPE_CHECKING:
    from seqcore.engine import Engine
    from seqcore.engine.back_off import BackOff
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
        self._failure: tuple[SeqlabError, BackOff] | None = None
        self._waiting: list[str] = []
        self._closed = threading.Event()

    def start(self) -> None:
        """Start the engine in the background, once; a start that fails is tried again after pauses that grow."""
        with self._lock:
            if self._closed.is_set() or self._thread is not None:
                return
            self._thread = threading.Thread(target=self._start_until_it_stands, name="seqlab-engine-start", daemon=True)
            self._thread.start()

    def ready(self) -> bool:
        """Whether the engine answers; never waits.

        Raises:
            EngineError: it could not be started, or it stopped; says when that is tried again.
        """
        failure, engine = self._failure, self._engine
        if failure is not None:
            error, back_off = failure
            when = f"What waits goes on by itself when the engine has started; {back_off.told()}"
            remedy = f"{error.remedy}. {when}" if error.remedy else when
            raise EngineError(error.problem, received=error.received, remedy=remedy)
        trouble = engine.trouble() if engine is not None else None
        if trouble is not None:
            raise trouble
        return engine is not None

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
            self._closed.set()
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _start_until_it_stands(self) -> None:
        from seqcore.engine.back_off import BackOff  # costs the import of the store; a first page needs none

        back_off = BackOff()
        while not self._closed.is_set():
            error = self._start_engine()
            if error is None:
                return
            pause = back_off.ended(0.0)
            _LOG.error("The training engine did not start, the next try is in %.0f s: %s", pause, error)
            self._failure = error, back_off
            self._closed.wait(back_off.seconds_left())

    def _start_engine(self) -> SeqlabError | None:
        """Start and keep it; gives why that was not possible."""
        try:
            from seqcore.engine import Engine

            engine = Engine.start(self._settings)
        except SeqlabError as error:
            return error
        except Exception as error:
            _LOG.exception("The training engine did not start")
            return EngineError("The training engine did not start", received=type(error).__name__)
        self._keep_engine(engine)
        return None

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
            closed = self._closed.is_set()
            if not closed:
                self._engine, self._failure = engine, None
        if closed:
            engine.close()
            return
        try:
            self._hand_over()
        except Exception:
            _LOG.exception("The training engine did not take the runs that waited for it")
