"""Looks after the runs of an engine: none stays active when its worker, its engine or its patience is gone."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from typing import Protocol

from seqcore.engine.presence import SILENCE_SECONDS, Identity, process_is_gone
from seqcore.errors import StorageError
from seqcore.store import ActiveRun, EngineRecord, RunState, Store

LOOK_SECONDS = 2.0
STOP_SECONDS = 10.0  # what a run is given to stop by itself
RETURN_SECONDS = 60.0  # the same, when it was stopped between its turns: it is set up again to be scored

MOST_ATTEMPTS = 3  # of a run whose workers die: a machine may have a bad minute, a run too large has nothing else
DIED = (
    f"The worker process died {MOST_ATTEMPTS} times, most likely out of memory. "
    "Try a smaller batch, shorter texts or fewer units."
)
ORPHANED = "The app or its training engine ended while this run was going."
STOPPED_DEAD = "Stopped; its worker process died meanwhile, so nothing of it was kept."
FORCED = "Stopped by force: it did not react within 10 seconds, so nothing of it was kept."

_log = logging.getLogger(__name__)


class Cluster(Protocol):
    """What a watch needs to know about the workers."""

    def workers(self) -> Collection[str] | None:
        """Addresses of all workers; None when nobody can tell at the moment."""

    def restart(self, worker: str) -> None:
        """Replace a worker at once, whatever it is doing."""


class Watch:
    """Gives signs of life and ends runs that nobody works on any more.

    Args:
        store: Where runs and engines are.
        engine_id: The engine looked after.
        cluster: Its workers.
        identity: Where it lives.
        grace: Seconds that a worker may be missing before its run is given up.
        clock: Seconds that only ever grow, so that a wall clock put back or forward changes nothing.
    """

    def __init__(
        self,
        store: Store,
        engine_id: str,
        cluster: Cluster,
        identity: Identity,
        *,
        grace: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._engine_id, self._cluster, self._identity = store, engine_id, cluster, identity
        self._grace, self._clock = grace, clock
        self._beats: dict[str, tuple[int, float]] = {}  # engine → beats, since when
        self._missing: dict[str, float] = {}  # run → since when its worker is missing
        self._asked: dict[str, float] = {}  # run → since when it should stop
        self._returning: dict[str, float] = {}  # run → since when it is set up to be stopped and scored
        self._wake, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._look_until_over, name="seqlab-watch", daemon=True)

    def start(self) -> None:
        """Look now and every two seconds, in the background."""
        self._thread.start()

    def wake(self) -> None:
        """Look soon: something happened to a worker."""
        self._wake.set()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._wake.set()

    def look(self) -> None:
        """One look at everything."""
        self._store.engines.beat(self._engine_id, self._identity.host, self._identity.pid)
        self._end_runs_of_dead_engines()
        active = self._store.engines.active_on(self._engine_id)
        self._rescue_runs_of_dead_workers(active)
        self._stop_by_force(active)

    def _look_until_over(self) -> None:
        while not self._over.is_set():
            try:
                self.look()
            except StorageError:
                pass  # the log has it, once; the runs wait as well
            except Exception:
                _log.exception("the store could not be looked at")
            self._wake.wait(min(self._grace, LOOK_SECONDS) if self._missing else LOOK_SECONDS)
            self._wake.clear()

    def _end_runs_of_dead_engines(self) -> None:
        engines = self._store.engines.all()
        living = {engine.id for engine in engines if self._is_living(engine)} | {self._engine_id}
        for run_id in self._store.engines.resolve_orphans(living, ORPHANED):
            _log.warning("run %s was left behind by an engine that is gone", run_id)
        for engine in engines:
            if engine.id not in living:
                self._beats.pop(engine.id, None)
                self._store.engines.sign_out(engine.id)

    def _is_living(self, engine: EngineRecord) -> bool:
        """Whether its process is there and its beats go on, by our own clock: those of other machines may be wrong."""
        if process_is_gone(engine, self._identity):
            return False
        now = self._clock()
        beats, since = self._beats.get(engine.id, (-1, now))
        if beats != engine.beats:
            since = now
        self._beats[engine.id] = (engine.beats, since)
        return now - since < SILENCE_SECONDS

    def _rescue_runs_of_dead_workers(self, active: list[ActiveRun]) -> None:
        workers = self._cluster.workers()
        if workers is None:
            return
        lost = [run for run in active if run.worker and run.worker not in workers]
        for run in _overdue(lost, self._missing, self._clock(), self._grace):
            _log.warning("run %s lost its worker %s", run.id, run.worker)
            if run.state is RunState.QUEUED:
                self._store.queue.put_back(run.id)
            elif run.cancel_requested:
                self._store.progress.cancel(run.id, STOPPED_DEAD)
            elif not self._store.queue.retry(run.id, most_attempts=MOST_ATTEMPTS):
                self._store.progress.interrupt(run.id, DIED)

    def _stop_by_force(self, active: list[ActiveRun]) -> None:
        asked = [run for run in active if run.cancel_requested and run.state is not RunState.QUEUED]
        returning = [run for run in asked if run.state is RunState.PREPARING and run.has_trained]
        others = [run for run in asked if run not in returning]
        late = _overdue(others, self._asked, self._clock(), STOP_SECONDS)
        late += _overdue(returning, self._returning, self._clock(), RETURN_SECONDS)
        for run in late:
            _log.warning("run %s did not stop, its worker %s is replaced", run.id, run.worker)
            if self._store.progress.cancel(run.id, FORCED):
                self._cluster.restart(run.worker)


def _overdue(runs: list[ActiveRun], since: dict[str, float], now: float, patience: float) -> list[ActiveRun]:
    """Those of the runs that have been in this condition for so long; `since` remembers from one look to the next."""
    for gone in since.keys() - {run.id for run in runs}:
        del since[gone]
    return [run for run in runs if now - since.setdefault(run.id, now) >= patience]
