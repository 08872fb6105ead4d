"""A disk that is full when a model is to be saved."""

import pytest

from tests.faults.namespace import needs_mount, said_in_namespace

pytestmark = pytest.mark.engine


@needs_mount
def test_a_run_that_finds_the_disk_full_says_so_and_is_resumed_when_there_is_room(tmp_path):
    found = said_in_namespace("full_disk.py", tmp_path)
    state, message = found["full"]
    assert state == "interrupted"
    assert "disk is full" in message
    assert found["left"] == ["data.parquet", "filler"]  # no half of a model
    assert found["resumed"] == ["finished", ""]
    assert found["classes"]
