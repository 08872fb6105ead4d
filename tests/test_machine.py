"""What may be taken of a machine."""

from pathlib import Path

import pytest

from seqcore import machine
from seqcore.machine import cores_of_machine, memory_of_machine

GB = 10**9


@pytest.mark.parametrize(("said", "least"), [("2000000000\n", True), ("max\n", False), ("-1", False)])
def test_a_container_has_what_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, least: bool
) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(said, encoding="ascii")
    before = memory_of_machine()
    monkeypatch.setattr(machine, "_LIMITS", (str(limit), str(tmp_path / "missing")))
    assert memory_of_machine() == (min(2 * GB, before) if least else before)


def test_cores_that_the_process_may_not_use_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _: {3, 5}, raising=False)
    assert cores_of_machine() == 2
