"""What a worker process may take: as set, or its share of the machine."""

import pytest

from seqcore.engine.worker_memory import LEAST, memory_of_local_worker, memory_of_worker
from seqcore.settings import Settings
from seqcore.workroom import memory

GB = 10**9


def test_what_is_set_counts() -> None:
    assert memory_of_worker(Settings(worker_memory_mb=700)) == 700 * 1024**2


def test_the_workers_of_a_cluster_know_it_themselves() -> None:
    assert memory_of_worker(Settings(scheduler="tcp://elsewhere:8786", worker_memory_mb=700)) is None


def test_else_training_processes_share_what_server_and_children_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 24 * GB)
    settings = Settings(workers=2)
    found = memory.shares(settings)
    assert memory_of_worker(settings) == found.workers // 3 == memory_of_local_worker(settings, 2)
    assert memory_of_local_worker(settings, 64) == LEAST
