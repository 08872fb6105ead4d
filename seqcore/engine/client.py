"""The engine as the rest of the program sees it; nothing else talks to Dask."""

from __future__ import annotations

import atexit
import importlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from seqcore.engine.back_off import BackOff
from seqcore.engine.jobs import INSPECT
from seqcore.engine.local_cluster import start_local
from seqcore.engine.measurement import Measurement
from seqcore.engine.shared_cluster import join_cluster
from seqcore.errors import EngineError, NotFoundError, SeqlabError, StorageError
from seqcore.store import ActiveRun, RunState, Store
from seqcore.store.private import keep_private
from seqcore.worker.runtime import stop_flags

if TYPE_CHECKING:
    from distributed import Future

    from seqcore.engine.connection import Connection
    from seqcore.inspections.contracts import AnswerT, Request
    from seqcore.settings import Settings
    from seqcore.spec import RunSpec

JOBS = "seqcore.engine.jobs"
KEEP_SECONDS = 5.0  # between two looks at whether every waiting run has its ticket
CALM_SECONDS = 1.0  # least time between two such looks
KEEPER_SECONDS = 2.0  # what such a look is given to end when the engine closes
MOST_ENDS = 2  # in a row, with which a run goes on that was going each time; it may be the reason
FIRST = 100  # priority of questions over everything else
STOPPED = "The training engine stopped while this run was going."

_log = logging.getLogger(__name__)


class Engine:
    """Trains runs and answers questions in worker processes; safe to use from several threads.

    Get one with `Engine.start`.
    """

    def __init__(
        self,
        store: Store,
        connect: Callable[[], Connection],
        jobs: str,
        question_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._connect, self._clock = store, connect, clock
        self._jobs: Any = importlib.import_module(jobs)
        self._question_seconds = question_seconds
        self._places = (store.database_url, store.artifacts_url)
        self._tickets: set[Future] = set()
        self._lock = threading.Lock()
        self._wake, self._closed, self._dead = threading.Event(), threading.Event(), threading.Event()
        self._back_off = BackOff(clock)
        self._submitted: list[str] = []  # runs to be claimed
        self._cut_short: list[str] = []  # runs that went on or waited when a cluster ended, to be begun again
        self._connection = connect()
        self._connected_at = clock()
        self._ended: Connection | None = None  # the last that ended by itself
        atexit.register(self.close)
        self._keeper = threading.Thread(target=self._look_until_closed, name="seqlab-keeper", daemon=True)
        self._keeper.start()

    @classmethod
    def start(
        cls,
        settings: Settings,
        *,
        training_workers: int | None = None,
        jobs: str = JOBS,
        clock: Callable[[], float] = time.monotonic,
    ) -> Engine:
        """Start the local engine, or connect to the cluster that the settings name.

        Returns as soon as the scheduler answers; runs submitted before the workers are ready wait for them.

        Args:
            settings: Which scheduler, database and artifacts; how many workers.
            training_workers: Runs side by side, instead of the settings' number.
            jobs: Module with the jobs; another one is of use in tests.
            clock: Seconds that only ever grow.

        Raises:
            EngineError: nothing answers.
        """
        keep_private(settings)
        store = Store(settings.database, settings.artifacts)

        def connect() -> Connection:
            if settings.scheduler:
                return join_cluster(settings, store)
            workers = settings.workers if training_workers is None else training_workers
            return start_local(settings, workers, jobs)

        return cls(store, connect, jobs, settings.inspection_timeout, clock)

    @property
    def engine_id(self) -> str:
        """Under which the store knows what this engine has."""
        return self._connection.engine_id

    def submit(self, run_ids: Sequence[str]) -> None:
        """Queue runs; they are trained in the order of their experiments.

        While the cluster is away they wait, and get their place as soon as it is back.

        Raises:
            EngineError: the engine was closed.
        """
        if self._closed.is_set():
            raise _closed()
        with self._lock:
            self._submitted.extend(run_ids)
        if not self._dead.is_set():
            self._hand_over()

    def stop(self, run_ids: Sequence[str]) -> None:
        """Stop runs: queued ones at once, others after their batch, or by force when they do not react.

        The store is asked first: from there every worker learns it, also one of another engine or one that is
        begun again. Our own are told at once.
        """
        asked = self._store.progress.request_cancel(run_ids)
        running = [
            run for run in self._store.engines.active_among(asked) if run.engine == self.engine_id and run.worker
        ]
        if running and not self._is_down():
            threading.Thread(target=self._tell_workers, args=(running,), name="seqlab-stop", daemon=True).start()

    def ask(
        self,
        inspection_name: str,
        run_id: str,
        request: Request[AnswerT],
        timeout: float | None = None,
        epoch: int | None = None,
    ) -> AnswerT:
        """Ask a model something, before all training.

        Args:
            inspection_name: Which inspection.
            run_id: Whose model.
            request: What it is asked; says by its type what comes back.
            timeout: Seconds to wait (default: the settings').
            epoch: Of its training, after which it is asked, 0 before the first step; None: the model that was kept.

        Raises:
            SeqlabError: it cannot be answered; the sentence says why.
            EngineError: there was no answer in time, or the process that should answer died.
        """
        self._check_alive()
        seconds = self._question_seconds if timeout is None else timeout
        arguments = (inspection_name, run_id, request, *self._places, epoch)
        future = self._connection.client.submit(
            self._jobs.ask, *arguments, pure=False, resources={INSPECT: 1}, priority=FIRST, fifo_timeout="0ms"
        )
        try:
            found: AnswerT = self._answer(future, seconds)
        finally:
            future.release()
        return found

    def trouble(self) -> EngineError | None:
        """What keeps it from working, and when it is tried again; None while it works."""
        if self._closed.is_set():
            return _closed()
        if not self._dead.is_set():
            return None
        often = f"{self._back_off.ends} times in a row" if self._back_off.ends > 1 else ""
        local = self._connection.supervisor is not None
        return EngineError(
            f"{'The training engine stopped' if local else 'The Dask scheduler cannot be reached'} {often}".strip(),
            remedy=f"What waits goes on by itself when it is back; {self._back_off.told()}. If that lasts, whoever "
            "runs this server should look at free memory, at the disk and at the engine's log",
        )

    def trains(self) -> bool:
        """Whether a run of this engine trains or waits for its turn."""
        return bool(self._store.engines.active_on(self.engine_id))

    def measure(self, spec: RunSpec, dataset_id: str) -> Measurement:
        """Time a model on a worker that trains, always the same one; it ends without a result when a run begins.

        Args:
            spec: Of the model; it need not be trained.
            dataset_id: The data that it learns from.

        Raises:
            EngineError: the engine stopped.
        """
        self._check_alive()
        arguments = (spec, dataset_id, *self._places, self.engine_id)
        future = self._connection.client.submit(
            self._jobs.measure, *arguments, pure=False, resources=self._connection.needs, workers=self._one_worker()
        )
        return Measurement(future)

    def close(self) -> None:
        """End the local engine, or leave the cluster, whose jobs go on; twice is no error."""
        with self._lock:
            if self._closed.is_set():
                return
            self._closed.set()
            connection = self._connection
        atexit.unregister(self.close)
        self._wake.set()
        if threading.current_thread() is not self._keeper:
            self._keeper.join(KEEPER_SECONDS)  # or it might submit while the connection closes
        with self._lock:
            held, self._tickets = self._tickets, set()
        connection.close(held)

    def _is_down(self) -> bool:
        return self._dead.is_set() or self._closed.is_set()

    def _tell_workers(self, running: Sequence[ActiveRun]) -> None:
        """Tell worker processes directly; one that cannot be reached hears of it when it next reports to the store."""
        workers = list({run.worker for run in running})
        try:
            run_ids = [run.id for run in running]
            self._connection.client.run(stop_flags.stop, run_ids, workers=workers, on_error="ignore")
        except Exception:
            _log.debug("the workers could not be told to stop", exc_info=True)

    def _one_worker(self) -> list[str] | None:
        """The address of one worker that trains: what is compared is measured on the same, one after the other.

        None before the first has started: whichever that is gets the job.
        """
        needs, known = self._connection.needs, self._connection.client.scheduler_info()["workers"]
        able = [(str(worker["name"]), at) for at, worker in known.items() if needs.keys() <= worker["resources"].keys()]
        return [min(able)[1]] if able else None

    def _check_alive(self) -> None:
        trouble = self.trouble()
        if trouble is not None:
            raise trouble

    def _answer(self, future: Future, seconds: float) -> Any:
        from distributed import CancelledError, KilledWorker

        try:
            return future.result(timeout=seconds)
        except TimeoutError as error:
            self._replace_inspector(future)
            raise EngineError(
                "The model did not answer in time", received=f"no answer in {seconds:.0f} seconds", remedy="Try again"
            ) from error
        except (KilledWorker, CancelledError, OSError) as error:
            raise EngineError(
                "The process that should answer died", received=type(error).__name__, remedy="Try again"
            ) from error

    def _replace_inspector(self, future: Future) -> None:
        """Free the lane from a question that takes too long: cancelling would not stop a job that runs."""
        try:
            running_on = [worker for worker, keys in self._connection.client.processing().items() if future.key in keys]
            future.cancel()
            if running_on:
                self._connection.client.restart_workers(running_on, timeout=10, raise_for_error=False)
        except Exception:
            _log.warning("the process that answers questions could not be replaced", exc_info=True)

    def _add_tickets(self, count: int) -> None:
        from distributed import fire_and_forget

        for _ in range(count):
            ticket = self._connection.client.submit(
                self._jobs.train, *self._places, self.engine_id, pure=False, resources=self._connection.needs
            )
            if self._connection.supervisor is None:
                fire_and_forget(ticket)  # a cluster's jobs outlive the app
            with self._lock:
                self._tickets.add(ticket)
            ticket.add_done_callback(self._ticket_ended)

    def _ticket_ended(self, ticket: Future) -> None:
        with self._lock:
            self._tickets.discard(ticket)
        if ticket.status != "finished":  # its worker died: another run may now lack a ticket
            self._wake.set()

    def _look_until_closed(self) -> None:
        """Until the end: see that the cluster lives and that every waiting run has a ticket."""
        while not self._closed.is_set():
            try:
                if self._connection.broken():
                    self._recover()
                if not self._dead.is_set():
                    self._hand_over()
                    self._replace_tickets()
            except StorageError as error:
                _log.warning("the queue could not be looked at: %s", error.problem)
            except Exception:
                if not self._closed.is_set():
                    _log.warning("the queue could not be looked at", exc_info=True)
            self._closed.wait(CALM_SECONDS)
            self._wake.wait(min(KEEP_SECONDS, self._back_off.seconds_left()) if self._dead.is_set() else KEEP_SECONDS)
            self._wake.clear()

    def _replace_tickets(self) -> None:
        """A run needs a ticket from the moment it waits until it is done; those of dead workers are lost."""
        active = len(self._store.engines.active_on(self.engine_id))
        with self._lock:
            outstanding = len(self._tickets)
        self._add_tickets(active - outstanding)

    def _hand_over(self) -> None:
        """Claim what was submitted, and begin again what was cut short; where that fails, with the next look."""
        with self._lock:
            submitted, cut_short = self._submitted, self._cut_short
            self._submitted, self._cut_short = [], []
        if not submitted and not cut_short:
            return
        try:
            again = [run_id for run_id in cut_short if self._begin_again(run_id)]
            self._add_tickets(len(self._store.queue.claim([*again, *submitted], self.engine_id)))
        except Exception:
            with self._lock:
                self._submitted, self._cut_short = submitted + self._submitted, cut_short + self._cut_short
            raise

    def _begin_again(self, run_id: str) -> bool:
        """Nobody asked for the end of this run: it goes on from its checkpoint, unless it was deleted since."""
        try:
            run = self._store.runs.find(run_id)
        except NotFoundError:
            return False
        self._store.queue.resume(run.workspace, [run.id])
        return True

    def _recover(self) -> None:
        """Begin with a new cluster, or join the other one again, when that is due; until then the runs wait."""
        self._dead.set()
        if self._closed.is_set():
            return
        if self._ended is not self._connection:
            self._give_up(self._connection)
            self._ended = self._connection
        if self._back_off.seconds_left() > 0:
            return
        try:
            connection = self._connect()
        except SeqlabError as error:
            pause = self._back_off.ended(0.0)
            _log.error("the training engine did not come back, the next try is in %.0f s: %s", pause, error)
            return
        self._replace(connection)

    def _give_up(self, broken: Connection) -> None:
        """Count the end of a cluster; where it was our own, interrupt what it had, to be begun again."""
        broken.close()
        interrupted: list[ActiveRun] = []
        if broken.supervisor is not None:
            active = self._store.engines.active_on(broken.engine_id)
            interrupted = [run for run in active if self._interrupt(run.id) and not run.cancel_requested]
            self._store.engines.sign_out(broken.engine_id)
        pause = self._back_off.ended(self._clock() - self._connected_at)
        suspects = self._back_off.ends > MOST_ENDS
        with self._lock:
            self._cut_short += [run.id for run in interrupted if run.state is RunState.QUEUED or not suspects]
        log = broken.supervisor.log if broken.supervisor is not None else "the scheduler's"
        _log.error(
            "the training engine stopped (%d in a row), the next start is in %.0f s; its log is %s",
            self._back_off.ends, pause, log,
        )  # fmt: skip

    def _interrupt(self, run_id: str) -> bool:
        return self._store.progress.interrupt(run_id, STOPPED)

    def _replace(self, connection: Connection) -> None:
        with self._lock:
            closed = self._closed.is_set()
            if not closed:
                self._connection, self._connected_at = connection, self._clock()
                self._tickets.clear()
                self._dead.clear()
        if closed:
            connection.close()


def _closed() -> EngineError:
    return EngineError("The training engine was closed", remedy="Start the app again")
