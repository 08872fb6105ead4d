"""Which engines are there, by what they left in the store."""

import os
import subprocess
import sys

import pytest

from seqcore.engine.presence import SILENCE_SECONDS, Identity, living_engines, process_is_gone
from tests.engine.laboratory import Lab

HERE = Identity.of_this_process()


@pytest.fixture
def store(tmp_path):
    return Lab(tmp_path).store


@pytest.fixture
def ended():
    """The id of a process that ended and that its parent has not cleared away."""
    process = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    process.stdout.read()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    yield process.pid
    process.wait()
    process.stdout.close()


def record(store, host, pid):
    store.engines.beat("engine", host, pid)
    (found,) = store.engines.all()
    return found


def test_an_engine_of_this_machine_lives_while_its_process_does(store):
    assert not process_is_gone(record(store, HERE.host, os.getpid()), HERE)
    assert living_engines(store) == {"engine"}


@pytest.mark.parametrize("pid", [2**22 + 1])  # beyond the greatest process id
def test_an_engine_whose_process_is_gone_is_gone(store, pid):
    assert process_is_gone(record(store, HERE.host, pid), HERE)
    assert living_engines(store) == set()


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="needs POSIX")
def test_a_process_that_ended_is_gone_though_its_parent_has_not_cleared_it_away(store, ended):
    assert process_is_gone(record(store, HERE.host, ended), HERE)


@pytest.mark.parametrize(("host", "pid"), [("elsewhere", 2**22 + 1), ("", 0)])
def test_nothing_is_known_of_processes_elsewhere(store, host, pid):
    assert not process_is_gone(record(store, host, pid), HERE)
    assert living_engines(store) == {"engine"}


def test_an_engine_that_is_silent_is_gone(store, monkeypatch):
    record(store, "elsewhere", 1)
    monkeypatch.setattr(store.engines, "silence", lambda engine: SILENCE_SECONDS)
    assert living_engines(store) == set()
