"""What worker processes are asked to do; also a Dask preload module (`dask worker --preload seqcore.engine.jobs`).

A training job is a ticket: it names no run but takes the next one that waits in the store when it starts. So the
order of runs is decided by the store alone, a ticket too many does no harm, and none is lost with a worker.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from seqcore.analysis.alone import Alone
from seqcore.errors import InspectionError, SeqlabError, StorageError, TrainingError
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store
from seqcore.store.faults import interrupted_by
from seqcore.worker.runtime.stop_flags import can_be_stopped, is_stopped
from seqcore.workroom import reserve

if TYPE_CHECKING:
    from seqcore.inspections.contracts import AnswerT, Request

PRELOAD = ("seqcore.worker.runtime.preload",)  # imported once, before workers are forked
TRAIN, INSPECT = "train", "inspect"  # Dask resources: one of either per worker
GPU = "gpu"  # Dask resource of training workers that see one, or several
CLUSTER_PREFIX = "cluster-"  # engines whose jobs outlive the app
BEAT_SECONDS = 2.0
LOOPBACK = "127.0.0.1"
NICENESS = 5  # on the machine where the pages are served, they and the questions go before training

_log = logging.getLogger(__name__)
_Train = Callable[[str, Store, str], bool]  # whether the run has given its worker up


def train(database_url: str, artifacts_url: str, engine_id: str) -> str | None:
    """Carry out the next waiting run of an engine; gives its id, or None when none waits."""
    return use_ticket(_train_run, database_url, artifacts_url, engine_id)


def ask(
    inspection_name: str,
    run_id: str,
    request: Request[AnswerT],
    database_url: str,
    artifacts_url: str,
    epoch: int | None = None,
) -> AnswerT:
    """Answer a question to a model, finished or as it was after an epoch of its training.

    Raises:
        SeqlabError: it cannot be answered; the sentence says why.
    """
    from seqcore.worker.runtime.answering import answer

    try:
        return answer(inspection_name, run_id, request, _store(database_url, artifacts_url), epoch)
    except SeqlabError:
        raise
    except Exception as error:
        _log.exception("run %s could not answer %s", run_id, inspection_name)
        raise InspectionError(
            "The model could not answer", received=type(error).__name__, remedy="The engine's log has the details"
        ) from error
    finally:
        reserve.give_back()


def measure(spec: RunSpec, dataset_id: str, database_url: str, artifacts_url: str, engine_id: str) -> Alone | None:
    """Time a model while nothing else of an engine trains; None as soon as something does.

    Raises:
        SeqlabError: it cannot be measured; the sentence says why.
    """
    from seqcore.worker.measure import measure_alone

    store = _store(database_url, artifacts_url)
    try:
        return measure_alone(spec, dataset_id, store, lambda: bool(store.engines.active_on(engine_id)), memory_limit())
    except SeqlabError:
        raise
    except Exception as error:
        _log.exception("%s could not be measured", spec.architecture)
        raise TrainingError(
            "The model could not be measured", received=type(error).__name__, remedy="The engine's log has the details"
        ) from error


def dask_setup(worker: Any) -> None:
    """Make a new worker ready in its own job thread, so that its first job only waits for what is left of it."""
    trains = TRAIN in worker.state.total_resources
    if trains and LOOPBACK in worker.scheduler.address and hasattr(os, "nice"):
        os.nice(NICENESS)
    worker.executors["default"].submit(_warm, trains)


def use_ticket(train_run: _Train, database_url: str, artifacts_url: str, engine_id: str) -> str | None:
    """Take the next waiting run and train it; however that ends, the run is done afterwards.

    A run that gives its worker up waits again and needs a ticket as before: this one stays for whoever comes next, so
    that there are as many tickets as runs, also on a cluster whose app is closed.
    """
    store = _store(database_url, artifacts_url)
    worker = worker_address()
    while (run_id := store.queue.take(engine_id, worker)) is not None:
        has_given_way = _has_given_way(train_run, run_id, store, engine_id, worker)
        reserve.give_back()
        if not has_given_way:
            return run_id
    return None


def _has_given_way(train_run: _Train, run_id: str, store: Store, engine_id: str, worker: str) -> bool:
    """Carry a run out, until it is done or gives its worker up."""
    state, message = RunState.FAILED, "The worker ended this run without a result."
    try:
        with can_be_stopped(run_id), _signs_of_life(store, engine_id):
            if train_run(run_id, store, engine_id):
                return True
    except StorageError as error:
        _log.warning("run %s was interrupted: %s", run_id, error.problem)
        state, message = RunState.INTERRUPTED, interrupted_by(error)
    except SeqlabError as error:
        message = str(error)
    except Exception as error:
        _log.exception("run %s could not be carried out", run_id)
        message = f"The worker could not carry out this run ({type(error).__name__}). The log has the details."
    _end(store, run_id, state, message, worker)
    return False


def _end(store: Store, run_id: str, state: RunState, message: str, worker: str) -> None:
    """See that a run is done, which changes nothing when it ended by itself or went to another worker.

    A store that cannot be written is waited for: without it no worker can do anything, and the run would be active for
    ever.
    """
    while True:
        try:
            store.progress.finish(run_id, state=state, message=message, worker=worker)
            return
        except StorageError as error:
            _log.warning("run %s ended, but the store cannot be told yet: %s", run_id, error.problem)


def worker_address() -> str:
    """How the scheduler calls the worker that this job runs on."""
    from distributed import get_worker

    return str(get_worker().address)


def _train_run(run_id: str, store: Store, engine_id: str) -> bool:
    from seqcore.worker.train import train_run

    return train_run(run_id, store, engine_id, partial(is_stopped, run_id), memory_limit=memory_limit())


def memory_limit() -> int | None:
    """Bytes at which the nanny ends this worker process; None where nothing says so."""
    from distributed import get_worker

    return get_worker().memory_manager.memory_limit or None


def _warm(trains: bool) -> None:
    try:
        from seqcore.worker.runtime import preload

        preload.warm() if trains else preload.warm(())
    except Exception:
        _log.exception("warming up failed; the first run will be slower, or say what is wrong")


@lru_cache(maxsize=4)
def _store(database_url: str, artifacts_url: str) -> Store:
    return Store(database_url, artifacts_url)


@contextlib.contextmanager
def _signs_of_life(store: Store, engine_id: str) -> Iterator[None]:
    """On a cluster, keep its engine signed in while a run goes on: the app may be closed meanwhile."""
    if not engine_id.startswith(CLUSTER_PREFIX):
        yield
        return
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            try:
                store.engines.beat(engine_id, host="", pid=0)
            except Exception:
                _log.warning("no sign of life could be given", exc_info=True)

    thread = threading.Thread(target=beat, name="seqlab-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
