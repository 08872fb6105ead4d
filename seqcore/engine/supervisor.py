"""The process that holds the local cluster: `python -m seqcore.engine.supervisor`.

It reads one line of JSON (see `Orders`) from its standard input, answers with one line of JSON,
`{"address": "tcp://127.0.0.1:..."}`, and ends with all its children when its standard input closes or its
parent dies. It is a process of its own because Streamlit replaces `__main__`, which worker processes would run again.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Any

from seqcore.architectures.fitting import USABLE
from seqcore.engine.jobs import INSPECT, LOOPBACK, TRAIN

CLOSED = "The app was closed while this run was going."
NO_WORKERS = "The worker processes did not start. The engine's log has the details."
PARENT_SECONDS = 2.0
START_SECONDS = 300.0  # importing TensorFlow takes 5 s, and far longer on a busy machine
GRACE_SECONDS = 0.5

# Set before TensorFlow is imported by the fork server, so that every worker forked from it has them.
ENVIRONMENT = {
    "TF_NUM_INTRAOP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
    "KERAS_BACKEND": "tensorflow",
    # A step asks for what the step before let go of: so much is kept for it, until the run is over.
    "MALLOC_MMAP_THRESHOLD_": str(64 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
DASK = {
    "distributed.scheduler.allowed-failures": 0,  # whoever asked decides what happens after a death
    "distributed.scheduler.http.routes": [],  # pages about workers and jobs, for whoever has an account here
    "distributed.worker.http.routes": [],
    "distributed.scheduler.work-stealing-interval": "100ms",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": USABLE,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.limit": "60s",
    "distributed.admin.tick.interval": "1s",  # 20 ms otherwise, in every process: idle engines would warm the room
    "distributed.admin.system-monitor.interval": "5s",
    "logging": {"distributed": "error", "distributed.nanny": "critical", "distributed.worker": "critical"},
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Orders:
    """What the app wants; it comes by standard input because a database URL may hold a password."""

    engine_id: str
    database_url: str
    artifacts_url: str
    workers: int
    memory: int  # bytes of one worker
    jobs: str  # module with the jobs


def main() -> None:
    """Serve until told to end."""
    answer = _keep_stdout_clean()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(processName)s %(levelname)s %(name)s %(message)s")
    orders = Orders(**json.loads(sys.stdin.readline()))
    os.environ.update(ENVIRONMENT)
    asyncio.run(_Supervisor(orders, answer).serve())


class _Supervisor:
    """A scheduler, training workers and one worker for questions, each watched by a nanny."""

    def __init__(self, orders: Orders, answer: IO[str]) -> None:
        self._orders, self._answer = orders, answer
        self._scratch = tempfile.mkdtemp(prefix="seqlab-")
        self._stop = asyncio.Event()
        self._nannies: list[Any] = []
        self._reason = CLOSED

    async def serve(self) -> None:
        """Serve until told to end, then end everything at once."""
        import dask

        dask.config.set({**DASK, "distributed.worker.multiprocessing-method": _start_method()})
        loop = asyncio.get_running_loop()
        self._end_with_parent(loop)
        from distributed import Scheduler

        scheduler = Scheduler(host=LOOPBACK, port=0, protocol="tcp", dashboard=False, dashboard_address=f"{LOOPBACK}:0")
        await scheduler
        self._say({"address": scheduler.address})
        starting = asyncio.create_task(self._start_workers(scheduler.address))
        watching = asyncio.create_task(asyncio.to_thread(self._start_watch, scheduler, loop))
        starting.add_done_callback(self._started)
        await self._stop.wait()
        await asyncio.to_thread(self._end, watching)

    def _started(self, starting: asyncio.Task[None]) -> None:
        error = starting.exception()
        if error is not None:
            _log.error("workers did not start", exc_info=error)
            self._reason = NO_WORKERS
            self._stop.set()

    def _say(self, message: dict[str, str]) -> None:
        self._answer.write(json.dumps(message) + "\n")
        self._answer.close()

    def _end_with_parent(self, loop: asyncio.AbstractEventLoop) -> None:
        stop = self._stop.set
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        parent = os.getppid()

        def wait_for_end_of_input() -> None:
            with contextlib.suppress(OSError, ValueError):
                sys.stdin.buffer.read()
            loop.call_soon_threadsafe(stop)

        async def look_at_parent() -> None:
            while os.getppid() == parent:
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), PARENT_SECONDS)
            stop()

        threading.Thread(target=wait_for_end_of_input, name="seqlab-stdin", daemon=True).start()
        self._looking = loop.create_task(look_at_parent())

    async def _start_workers(self, address: str) -> None:
        """Start all workers side by side."""
        from distributed import Nanny

        await asyncio.to_thread(_prepare_fork_server, self._orders.jobs)
        tasks = [(f"train-{number}", TRAIN) for number in range(self._orders.workers)] + [("inspect", INSPECT)]
        self._nannies = [
            Nanny(
                address,
                nthreads=1,
                name=name,
                resources={resource: 1},
                host=LOOPBACK,
                memory_limit=self._orders.memory,
                local_directory=self._scratch,
                silence_logs=logging.ERROR,
                preload=[self._orders.jobs],
                death_timeout=START_SECONDS,
                dashboard=False,
                dashboard_address=f"{LOOPBACK}:0",
            )
            for name, resource in tasks
        ]
        await asyncio.gather(*self._nannies)

    def _start_watch(self, scheduler: Any, loop: asyncio.AbstractEventLoop) -> Any:
        """Look after runs from a thread of its own: the store may keep it waiting, the cluster must go on."""
        from distributed import SchedulerPlugin

        from seqcore.engine.presence import Identity
        from seqcore.engine.watch import Watch
        from seqcore.store import Store

        store = Store(self._orders.database_url, self._orders.artifacts_url)
        cluster = _LocalWorkers(scheduler, loop, self)
        watch = Watch(store, self._orders.engine_id, cluster, Identity.of_this_process(), grace=GRACE_SECONDS)

        class _Changes(SchedulerPlugin):  # type: ignore[misc]
            def remove_worker(self, scheduler: Any, worker: str, **kwargs: Any) -> None:
                watch.wake()

        loop.call_soon_threadsafe(scheduler.add_plugin, _Changes())
        watch.start()
        return store, watch

    async def kill_worker(self, address: str) -> None:
        """Kill a worker process; its nanny starts another."""
        for nanny in self._nannies:
            if nanny.worker_address == address and nanny.process is not None and nanny.process.process is not None:
                await nanny.process.process.kill()

    def _end(self, watching: asyncio.Task[Any]) -> None:
        """Kill the children, say in the store what became of their runs, and leave without ceremony.

        A graceful end of workers would wait for their jobs, and this process must not outlive the app.
        """
        import psutil

        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
        sign_out = threading.Thread(target=self._sign_out, args=(watching,), daemon=True)
        sign_out.start()
        sign_out.join(3)
        shutil.rmtree(self._scratch, ignore_errors=True)
        os._exit(0)

    def _sign_out(self, watching: asyncio.Task[Any]) -> None:
        if not watching.done() or watching.exception() is not None:
            return
        store, watch = watching.result()
        watch.stop()
        for run in store.engines.active_on(self._orders.engine_id):
            store.progress.interrupt(run.id, self._reason)
        store.engines.sign_out(self._orders.engine_id)


class _LocalWorkers:
    """The workers of this process, as a watch in another thread sees them."""

    def __init__(self, scheduler: Any, loop: asyncio.AbstractEventLoop, supervisor: _Supervisor) -> None:
        self._scheduler, self._loop, self._supervisor = scheduler, loop, supervisor

    def workers(self) -> Collection[str] | None:
        """Addresses of all workers."""

        async def addresses() -> list[str]:
            return list(self._scheduler.workers)

        return asyncio.run_coroutine_threadsafe(addresses(), self._loop).result(timeout=10)

    def restart(self, worker: str) -> None:
        """Replace a worker at once."""
        asyncio.run_coroutine_threadsafe(self._supervisor.kill_worker(worker), self._loop).result(timeout=10)


def _keep_stdout_clean() -> IO[str]:
    """The real standard output, for our one line; what libraries and children print goes to standard error."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answer


def _start_method() -> str:
    return "spawn" if sys.platform == "win32" else "forkserver"


def _prepare_fork_server(jobs: str) -> None:
    """Let workers be forked from a process that has imported TensorFlow (once) but run nothing with it."""
    if _start_method() != "forkserver":
        return
    from distributed.utils import get_mp_context

    context = get_mp_context()  # puts its own list of preloads in place, so ours comes after
    context.set_forkserver_preload(["distributed", jobs, *importlib.import_module(jobs).PRELOAD])


if __name__ == "__main__":
    main()
