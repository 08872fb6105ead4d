"""The memory of a deployment: all that it is shared out to is no more than there is."""

import pytest

from seqcore.engine.worker_memory import FOR_QUESTIONS, memory_of_local_worker
from seqcore.settings import Settings
from seqcore.workroom import memory
from seqcore.workroom.memory import shares

GB = 10**9


@pytest.mark.parametrize("megabytes", [8_000, 16_000, 64_000])
def test_server_caches_children_and_workers_come_to_no_more_than_what_is_set(megabytes: int) -> None:
    settings = Settings(memory_mb=megabytes, workers=2)
    found = shares(settings)
    workers = (2 + FOR_QUESTIONS) * memory_of_local_worker(settings, 2)
    assert found.whole == megabytes * 1024**2
    assert found.server + found.caches + found.children + workers <= found.whole * 1.001


def test_where_nothing_is_set_it_is_nine_tenths_of_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 24 * GB)
    assert shares(Settings()).whole == int(0.9 * 24 * GB)
