"""A database that nobody can write to for longer than a single statement waits."""

import sqlite3
import threading

import pytest

from seqcore.store import DONE, RunState
from seqcore.store.database import BUSY_SECONDS
from tests.engine.laboratory import Lab
from tests.waiting import until

pytestmark = pytest.mark.engine


@pytest.fixture
def lab(tmp_path):
    lab = Lab(tmp_path)
    lab.start(workers=1)
    yield lab
    lab.engine.close()


def test_a_run_outlasts_a_locked_database_and_pages_can_read_meanwhile(lab):
    going, waiting = lab.queue("until_cancelled", "finish")
    lab.engine.submit([going, waiting])
    lab.reached(going, RunState.TRAINING)
    with sqlite3.connect(lab.settings.database.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        threading.Event().wait(BUSY_SECONDS + 2)  # the fault itself: every writer's statement fails meanwhile
        assert lab.states([going, waiting]) == [RunState.TRAINING, RunState.QUEUED]
        assert lab.is_alive()
        other.execute("COMMIT")
    lab.engine.stop([going])
    assert lab.reached(going, *DONE).message == "Stopped as asked."
    assert lab.reached(waiting, *DONE).state is RunState.FINISHED
    until(lambda: lab.store.engines.all()[0].beats > 1)
