"""The engine with real processes and jobs that take no time."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading

import psutil
import pytest

from seqcore.engine import Engine
from seqcore.engine.back_off import LEAST_LIFE_SECONDS
from seqcore.engine.watch import DIED, MOST_ATTEMPTS
from seqcore.errors import EngineError, InspectionError
from seqcore.settings import Settings
from seqcore.store import DONE, RunState
from tests.engine.fake_jobs import Asked
from tests.engine.laboratory import Lab
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.engine
GREETINGS = Asked(said={"texts": ["grüße", "<b>"]})


def family(lab):
    """The supervisor and all its descendants."""
    supervisor = psutil.Process(lab.engine._connection.supervisor.pid)
    return [supervisor, *supervisor.children(recursive=True)]


def gone(processes):
    return all(not process.is_running() or process.status() == psutil.STATUS_ZOMBIE for process in processes)


def test_submitted_runs_are_carried_out(lab):
    run_ids = lab.queue(*["finish"] * 5)
    lab.engine.submit(run_ids)
    until(lambda: lab.states(run_ids) == [RunState.FINISHED] * 5)
    run = lab.store.runs.find(run_ids[0])
    assert run.results["test"]["accuracy"] == 1.0
    assert run.engine == lab.engine.engine_id


def test_runs_submitted_twice_are_carried_out_once(lab):
    run_ids = lab.queue("finish", "finish")
    lab.engine.submit(run_ids)
    lab.engine.submit(run_ids)
    until(lambda: lab.states(run_ids) == [RunState.FINISHED] * 2)
    assert len(lab.store.measurements.rows(run_ids)) == 2


def test_runs_start_in_the_order_of_their_experiment(own_lab):
    own_lab.start(workers=1)
    run_ids = own_lab.queue(*["finish"] * 6)
    own_lab.engine.submit(list(reversed(run_ids)))
    until(lambda: own_lab.states(run_ids) == [RunState.FINISHED] * 6)
    started = [own_lab.store.runs.find(run_id).started for run_id in run_ids]
    assert started == sorted(started)


def test_an_active_run_stops_when_asked_and_a_queued_one_at_once(lab):
    going = lab.queue("until_cancelled", "until_cancelled", "finish")
    lab.engine.submit(going)
    until(lambda: lab.states(going)[:2] == [RunState.TRAINING] * 2)
    lab.engine.stop([going[2]])
    assert lab.store.runs.find(going[2]).state is RunState.CANCELLED
    lab.engine.stop(going)
    assert lab.reached(going[0], *DONE).message == "Stopped as asked."
    assert lab.reached(going[1], *DONE).state is RunState.CANCELLED


def test_a_worker_that_trains_is_told_itself_and_needs_no_look_into_the_store(lab):
    going = lab.queue("until_told", "until_told")
    lab.engine.submit(going)
    until(lambda: lab.states(going) == [RunState.TRAINING] * 2)
    lab.engine.stop(going[:1])
    assert lab.reached(going[0], *DONE).message == "Stopped as told."
    assert lab.states(going)[1] is RunState.TRAINING
    lab.engine.stop(going)
    assert lab.reached(going[1], *DONE).message == "Stopped as told."


def test_a_run_of_another_engine_learns_of_its_stop_from_the_store(own_lab, tmp_path):
    own_lab.start(workers=1)
    other = Lab(tmp_path)
    other.start(workers=1)
    try:
        (theirs,) = other.queue("until_cancelled")
        other.engine.submit([theirs])
        own_lab.reached(theirs, RunState.TRAINING)
        own_lab.engine.stop([theirs])
        assert own_lab.reached(theirs, *DONE).message == "Stopped as asked."
    finally:
        other.engine.close()


def test_a_run_that_should_stop_is_stopped_when_its_engine_ends(own_lab):
    own_lab.start(workers=1)
    (deaf,) = own_lab.queue("deaf")
    own_lab.engine.submit([deaf])
    own_lab.reached(deaf, RunState.TRAINING)
    own_lab.engine.stop([deaf])
    own_lab.engine.close()
    assert own_lab.states([deaf]) == [RunState.CANCELLED]


def test_a_run_that_does_not_react_is_stopped_by_force_and_its_worker_replaced(lab):
    (deaf,) = lab.queue("deaf")
    lab.engine.submit([deaf])
    lab.reached(deaf, RunState.TRAINING)
    lab.engine.stop([deaf])
    run = lab.reached(deaf, *DONE)
    assert run.state is RunState.CANCELLED
    assert "by force" in run.message
    until(lambda: lab.training_workers() == 2)
    after = lab.queue(*["finish"] * 3)
    lab.engine.submit(after)
    until(lambda: lab.states(after) == [RunState.FINISHED] * 3)


def test_a_run_that_kills_its_workers_is_given_up_and_hurts_no_other(lab):
    run_ids = lab.queue("killed", "finish", "finish", "killed", "finish")
    lab.engine.submit(run_ids)
    until(lambda: all(state in DONE for state in lab.states(run_ids)))
    given_up, fine = RunState.INTERRUPTED, RunState.FINISHED
    assert lab.states(run_ids) == [given_up, fine, fine, given_up, fine]
    run = lab.store.runs.find(run_ids[0])
    assert (run.message, run.attempts) == (DIED, MOST_ATTEMPTS)
    until(lambda: lab.training_workers() == 2)


def test_a_run_that_takes_all_memory_is_ended_and_says_so_and_the_others_are_finished(tmp_path):
    lab = Lab(tmp_path, worker_memory_mb=500)
    lab.start(workers=1)
    try:
        run_ids = lab.queue("hungry", "finish")
        lab.engine.submit(run_ids)
        run = lab.reached(run_ids[0], *DONE)
        assert (run.state, run.attempts) == (RunState.INTERRUPTED, MOST_ATTEMPTS)
        assert "out of memory" in run.message
        lab.reached(run_ids[1], RunState.FINISHED)
    finally:
        lab.engine.close()


def test_two_engines_on_one_home_folder_do_their_own_runs_and_the_end_of_one_is_noticed_by_the_other(own_lab, tmp_path):
    own_lab.start(workers=1)
    other = Lab(tmp_path)
    other.start(workers=1)
    try:
        mine, theirs = own_lab.queue("until_cancelled", "finish"), other.queue("until_cancelled", "finish")
        own_lab.engine.submit(mine)
        other.engine.submit(theirs)
        own_lab.reached(mine[0], RunState.TRAINING)
        own_lab.reached(theirs[0], RunState.TRAINING)
        assert {own_lab.store.runs.find(run).engine for run in mine} == {own_lab.engine.engine_id}
        for process in family(other):
            with contextlib.suppress(psutil.NoSuchProcess):  # the first of them took it along
                process.kill()
        until(lambda: own_lab.states(theirs) == [RunState.INTERRUPTED] * 2)
        assert own_lab.states(mine) == [RunState.TRAINING, RunState.QUEUED]
        own_lab.engine.submit(own_lab.store.queue.resume("me", theirs[1:]))
        own_lab.engine.stop(mine[:1])
        assert own_lab.reached(theirs[1], *DONE).state is RunState.FINISHED
        assert own_lab.reached(mine[1], *DONE).state is RunState.FINISHED
    finally:
        other.engine.close()


def test_the_run_behind_a_killed_one_goes_on_while_another_is_still_going(lab):
    run_ids = lab.queue("until_cancelled", "killed", "finish")
    lab.engine.submit(run_ids)
    lab.reached(run_ids[2], RunState.FINISHED)
    lab.reached(run_ids[1], RunState.INTERRUPTED)
    assert lab.states(run_ids)[0] is RunState.TRAINING
    lab.engine.stop(run_ids)
    lab.reached(run_ids[0], RunState.CANCELLED)


@pytest.mark.parametrize(("act", "says"), [("raises", "ZeroDivisionError"), ("forgets", "without a result")])
def test_a_job_that_breaks_leaves_its_run_failed_with_a_reason(lab, act, says):
    (run_id,) = lab.queue(act)
    lab.engine.submit([run_id])
    run = lab.reached(run_id, *DONE)
    assert run.state is RunState.FAILED
    assert says in run.message


def test_questions_are_answered_while_every_training_worker_is_busy(lab):
    run_ids = lab.queue("until_cancelled", "until_cancelled", "until_cancelled")
    lab.engine.submit(run_ids)
    until(lambda: lab.states(run_ids)[:2] == [RunState.TRAINING] * 2)
    assert lab.engine.ask("echo", run_ids[0], GREETINGS) == GREETINGS
    assert lab.states(run_ids) == [RunState.TRAINING, RunState.TRAINING, RunState.QUEUED]
    lab.engine.stop(run_ids)
    until(lambda: lab.states(run_ids) == [RunState.CANCELLED] * 3)


def test_a_refusal_arrives_as_the_error_that_was_raised(lab):
    with pytest.raises(InspectionError, match="has no attention") as caught:
        lab.engine.ask("refuse", "x", Asked())
    assert caught.value.remedy == "Choose another"


def test_a_question_that_takes_too_long_does_not_block_the_next(lab):
    with pytest.raises(EngineError, match="in time"):
        lab.engine.ask("hang", "x", Asked(), timeout=1.0)
    assert lab.engine.ask("echo", "x", GREETINGS) == GREETINGS


def test_a_question_that_kills_its_process_says_so_and_the_next_is_answered(lab):
    with pytest.raises(EngineError, match="died"):
        lab.engine.ask("die", "x", Asked())
    assert lab.engine.ask("echo", "x", GREETINGS) == GREETINGS


def test_every_operation_of_a_worker_has_one_thread(lab):
    names = ["TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS"]
    assert set(lab.engine.ask("pid", "x", Asked(said={"env": names})).said["env"].values()) == {"1"}


def test_every_socket_listens_on_the_loopback_only(lab):
    until(lambda: lab.training_workers() == 2)
    listening = {
        connection.laddr.ip
        for process in family(lab)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_no_socket_answers_to_a_browser_with_anything_about_the_engine(lab):
    until(lambda: lab.training_workers() == 2)
    asked = [(port, path) for port in listening_ports(lab) for path in DASK_PAGES]
    assert [path for port, path in asked if b" 200 " in ask_for(port, path)] == []


DASK_PAGES = ("/", "/status", "/info/main/workers.html", "/metrics", "/health", "/json/counts.json")


def listening_ports(lab):
    connections = [each for process in family(lab) for each in process.net_connections("inet")]
    return [each.laddr.port for each in connections if each.status == psutil.CONN_LISTEN]


def ask_for(port, path):
    """The first line of what a port says to an HTTP request; those that speak Dask's own protocol greet in it."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        said = connection.recv(400)
    return said.partition(b"\r\n")[0] if said.startswith(b"HTTP/") else b""


def test_many_threads_may_submit_at_once(lab):
    run_ids = lab.queue(*["finish"] * 12)
    threads = [threading.Thread(target=lab.engine.submit, args=([run_id],)) for run_id in run_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until(lambda: lab.states(run_ids) == [RunState.FINISHED] * 12)


def test_closing_ends_every_process_and_interrupts_what_was_going(own_lab):
    own_lab.start(workers=1)
    run_ids = own_lab.queue("deaf", "finish")
    own_lab.engine.submit(run_ids)
    own_lab.reached(run_ids[0], RunState.TRAINING)
    processes = family(own_lab)
    own_lab.engine.close()
    own_lab.engine.close()
    assert gone(processes)
    assert own_lab.states(run_ids) == [RunState.INTERRUPTED] * 2
    assert "closed" in own_lab.store.runs.find(run_ids[0]).message
    assert own_lab.store.engines.all() == []
    with pytest.raises(EngineError):
        own_lab.engine.submit(run_ids)
    own_lab.engine.stop(run_ids)  # nothing goes on, which is no error


class Clock:
    """Goes on only when it is told to."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def early_lab(own_lab, clock):
    """An engine for which no time has gone by since its start."""
    own_lab.start(workers=1, clock=clock)
    return own_lab


def kill(lab):
    """End the supervisor at once; gives it and its children when the engine has noticed."""
    processes, trouble = family(lab), lab.engine.trouble
    before = lab.engine._back_off.ends
    os.kill(processes[0].pid, signal.SIGKILL)
    until(lambda: trouble() is not None and lab.engine._back_off.ends > before)
    return processes


def is_back(lab, clock, seconds):
    """Let so many seconds go by, and wait until the engine takes runs."""
    clock.now += seconds
    lab.engine._wake.set()
    until(lab.is_alive)


def test_a_killed_supervisor_takes_its_workers_along_and_its_runs_are_interrupted(early_lab):
    run_ids = early_lab.queue("deaf", "finish")
    early_lab.engine.submit(run_ids)
    early_lab.reached(run_ids[0], RunState.TRAINING)
    processes = kill(early_lab)
    assert early_lab.states(run_ids) == [RunState.INTERRUPTED] * 2
    until(lambda: gone(processes))
    assert not early_lab.is_alive()
    with pytest.raises(EngineError, match="engine stopped") as caught:
        early_lab.engine.ask("echo", "x", Asked())
    assert "the next try is in 2 s" in str(caught.value)


def test_an_engine_that_dies_soon_after_each_start_comes_back_and_does_what_waited(early_lab, clock):
    first, *later = early_lab.queue("until_cancelled", "finish", "finish", "finish")
    early_lab.engine.submit([first])
    early_lab.reached(first, RunState.TRAINING)
    for death, run_id in enumerate(later, start=1):
        kill(early_lab)
        early_lab.engine.submit([run_id])  # as Train and Resume do: it does not wait, and is no error
        said = str(early_lab.engine.trouble())
        assert f"the next try is in {2**death} s" in said
        assert death == 1 or f"{death} times in a row" in said
        if death < len(later):
            is_back(early_lab, clock, 2**death)
            early_lab.reached(first, RunState.TRAINING)
    is_back(early_lab, clock, 8)
    until(lambda: early_lab.states(later) == [RunState.FINISHED] * 3)
    assert early_lab.engine.trouble() is None
    assert early_lab.engine.ask("echo", "x", GREETINGS) == GREETINGS
    assert early_lab.states([first]) == [RunState.INTERRUPTED]  # it was there each time, and may be the reason
    early_lab.engine.submit(early_lab.store.queue.resume("me", [first]))
    early_lab.reached(first, RunState.TRAINING)


def test_an_engine_that_cannot_be_started_again_is_tried_until_it_can(early_lab, clock, monkeypatch):
    connect = early_lab.engine._connect
    monkeypatch.setattr(early_lab.engine, "_connect", refuse)
    kill(early_lab)
    (run_id,) = early_lab.queue("finish")
    early_lab.engine.submit([run_id])
    for ends in (2, 3):
        clock.now += 60
        early_lab.engine._wake.set()
        until(lambda ends=ends: early_lab.engine._back_off.ends == ends)
    monkeypatch.setattr(early_lab.engine, "_connect", connect)
    is_back(early_lab, clock, 60)
    early_lab.reached(run_id, RunState.FINISHED)


def refuse():
    raise EngineError("The training engine did not start")


def test_runs_of_a_killed_supervisor_go_on_in_the_next_one(early_lab, clock):
    going, waiting = early_lab.queue("until_cancelled", "finish")
    early_lab.engine.submit([going, waiting])
    early_lab.reached(going, RunState.TRAINING)
    first = early_lab.engine.engine_id
    clock.now += LEAST_LIFE_SECONDS
    os.kill(family(early_lab)[0].pid, signal.SIGKILL)
    until(lambda: (run := early_lab.store.runs.find(going)).engine != first and run.state is RunState.TRAINING)
    early_lab.engine.stop([going])
    assert early_lab.reached(waiting, *DONE).state is RunState.FINISHED


def test_a_supervisor_that_is_killed_after_a_long_life_is_replaced_at_once(early_lab, clock):
    first = early_lab.engine.engine_id
    processes = family(early_lab)
    clock.now += LEAST_LIFE_SECONDS
    os.kill(processes[0].pid, signal.SIGKILL)
    until(lambda: early_lab.engine.engine_id != first and early_lab.is_alive())
    run_ids = early_lab.queue("finish", "finish")
    early_lab.engine.submit(run_ids)
    until(lambda: early_lab.states(run_ids) == [RunState.FINISHED] * 2)
    assert early_lab.engine.ask("echo", "x", GREETINGS) == GREETINGS
    assert gone(processes)


APP = """
import sys, threading
from tests.engine.fake_jobs import Asked
from tests.engine.laboratory import Lab
from pathlib import Path
lab = Lab(Path(sys.argv[1]))
lab.start(workers=1)
run_ids = lab.queue("deaf")
lab.engine.submit(run_ids)
lab.reached(run_ids[0], "training")
print(lab.engine._connection.supervisor.pid, run_ids[0], flush=True)
threading.Event().wait(120)
"""


def test_nothing_is_left_when_the_app_is_killed_and_the_next_engine_tells_why_its_run_ended(tmp_path):
    path = os.pathsep.join(sys.path)
    environment = {**os.environ, "PYTHONPATH": path}
    app = subprocess.Popen([sys.executable, "-c", APP, str(tmp_path)], stdout=subprocess.PIPE, env=environment)
    supervisor, run_id = app.stdout.readline().split()
    processes = [psutil.Process(int(supervisor)), *psutil.Process(int(supervisor)).children(recursive=True)]
    app.kill()
    app.wait(10)
    app.stdout.close()
    until(lambda: gone(processes))
    lab = Lab(tmp_path)
    run = lab.store.runs.find(run_id.decode())
    assert run.state is RunState.INTERRUPTED
    assert run.message


def test_an_unreachable_scheduler_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("seqcore.engine.connection.CONNECT_SECONDS", 0.5)
    settings = Settings(home=tmp_path, scheduler="tcp://127.0.0.1:9")
    with pytest.raises(EngineError, match=r"tcp://127\.0\.0\.1:9"):
        Engine.start(settings)


def test_importing_the_engine_does_not_import_dask_or_tensorflow():
    code = (
        "import sys, seqcore.engine; print(sorted({'distributed', 'dask', 'tensorflow', 'keras'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
