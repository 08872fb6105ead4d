"""What a worker process may take: as set, or its share of the machine."""

from pathlib import Path

import pytest

from seqcore.engine import worker_memory
from seqcore.engine.worker_memory import LEAST, memory_of_machine, memory_of_worker, share_of_machine
from seqcore.settings import Settings

GB = 10**9


def test_what_is_set_counts() -> None:
    assert memory_of_worker(Settings(worker_memory_mb=700)) == 700 * 1024**2


def test_the_workers_of_a_cluster_know_it_themselves() -> None:
    assert memory_of_worker(Settings(scheduler="tcp://elsewhere:8786", worker_memory_mb=700)) is None


def test_else_training_processes_share_the_machine_with_the_one_for_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_memory, "memory_of_machine", lambda: 24 * GB)
    assert memory_of_worker(Settings(workers=2)) == share_of_machine(3) == int(24 * GB * 0.9 / 3)
    assert share_of_machine(64) == LEAST


@pytest.mark.parametrize(("said", "least"), [("2000000000\n", True), ("max\n", False), ("-1", False)])
def test_a_container_has_what_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, least: bool
) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(said, encoding="ascii")
    before = memory_of_machine()
    monkeypatch.setattr(worker_memory, "_LIMITS", (str(limit), str(tmp_path / "missing")))
    assert memory_of_machine() == (min(2 * GB, before) if least else before)
