"""Jobs that take no time and break on demand; what a run does stands in its spec's model options."""

import os
import signal
import threading

from pydantic import Field

from seqcore.analysis.alone import Alone
from seqcore.engine import jobs
from seqcore.engine.jobs import _store
from seqcore.errors import InspectionError, TrainingError
from seqcore.inspections.contracts import Request
from seqcore.store import MetricRow, RunState
from seqcore.worker.runtime import stop_flags

PRELOAD = ()


def train(database_url, artifacts_url, engine_id):
    return jobs.use_ticket(_train_run, database_url, artifacts_url, engine_id)


def measure(spec, dataset_id, database_url, artifacts_url, engine_id):
    """As long as nothing trains: the same numbers for every model, and as steps the process that measured."""
    if _store(database_url, artifacts_url).engines.active_on(engine_id):
        return None
    if spec.architecture == "refused":
        raise TrainingError("It does not fit in memory")
    if spec.architecture == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    return Alone(step_seconds=0.5, epoch_seconds=1.0, ms_per_text=0.1, steps=os.getpid(), texts=1)


class Asked(Request):
    """A request that is its own answer."""

    said: dict = Field(default_factory=dict)


def ask(inspection_name, run_id, request, database_url, artifacts_url, epoch=None):
    return {"echo": _echo, "pid": _pid, "refuse": _refuse, "hang": _hang, "die": _die}[inspection_name](request)


def _train_run(run_id, store, engine_id):
    if not store.progress.begin(run_id, engine_id):
        return
    store.progress.set_state(run_id, RunState.TRAINING)
    act = store.runs.find(run_id).spec.model.get("act", "finish")
    _ACTS[act](run_id, store)


def _finish(run_id, store):
    store.progress.record(run_id, [MetricRow("train", 1.0, 1, 0.1, 0.5, 0.5)], epoch=1.0, texts_per_second=10.0)
    store.progress.set_state(run_id, RunState.EVALUATING)
    store.progress.finish(run_id, state=RunState.FINISHED, results={"test": {"accuracy": 1.0, "pid": os.getpid()}})


def _until_cancelled(run_id, store):
    while not store.progress.record(run_id, [], epoch=0.5, texts_per_second=1.0):
        threading.Event().wait(0.02)
    store.progress.finish(run_id, state=RunState.CANCELLED, message="Stopped as asked.")


def _until_told(run_id, store):
    """Trains and never looks into the store; what it is told itself reaches it between two batches."""
    while not stop_flags.is_stopped(run_id):
        threading.Event().wait(0.02)
    store.progress.finish(run_id, state=RunState.CANCELLED, message="Stopped as told.")


def _deaf(run_id, store):
    threading.Event().wait(120)


def _killed(run_id, store):
    os.kill(os.getpid(), signal.SIGKILL)


def _hungry(run_id, store):
    """Takes memory, really touched, until it is ended for it or has more than anybody would give."""
    eaten = []
    while len(eaten) < 200:
        eaten.append(bytearray(os.urandom(1024) * 10 * 1024))
        threading.Event().wait(0.02)


def _raises(run_id, store):
    raise ZeroDivisionError("a bug")


def _forgets(run_id, store):
    pass


_ACTS = {
    "finish": _finish,
    "until_cancelled": _until_cancelled,
    "until_told": _until_told,
    "deaf": _deaf,
    "killed": _killed,
    "hungry": _hungry,
    "raises": _raises,
    "forgets": _forgets,
}


def _echo(request):
    print("noise on standard output")
    return request


def _pid(request):
    environment = {name: os.environ.get(name) for name in request.said.get("env", ())}
    return Asked(said={"pid": os.getpid(), "env": environment})


def _refuse(_request):
    raise InspectionError("This model has no attention", received="rnn", remedy="Choose another")


def _hang(_request):
    threading.Event().wait(120)


def _die(_request):
    os.kill(os.getpid(), signal.SIGKILL)
