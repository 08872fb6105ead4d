"""What a deployment has where it says nothing."""

import pytest

from seqcore import settings
from seqcore.settings import Settings

GB = 10**9


@pytest.mark.parametrize(
    ("cores", "memory", "expected"),
    [(1, 2 * GB, 1), (2, 24 * GB, 2), (4, 4 * GB, 4), (16, 8 * GB, 4), (16, 20 * GB, 8), (16, 128 * GB, 16)],
)
def test_a_run_has_a_core_each_and_beyond_four_memory_too(cores, memory, expected, monkeypatch):
    monkeypatch.setattr(settings, "cores_of_machine", lambda: cores)
    monkeypatch.setattr(settings, "memory_of_machine", lambda: memory)
    assert Settings().workers == expected


def test_memory_that_is_set_counts_instead_of_that_of_the_machine(monkeypatch):
    monkeypatch.setattr(settings, "cores_of_machine", lambda: 16)
    monkeypatch.setattr(settings, "memory_of_machine", lambda: 128 * GB)
    assert Settings(memory_mb=15_000).workers == 6


def test_workers_that_are_set_count():
    assert Settings(workers=7).workers == 7
