"""A store whose disk is full or read-only says so, in one sentence each time."""

import pytest

from tests.faults.namespace import needs_mount, said_in_namespace

pytestmark = needs_mount
FULL, READ_ONLY = "The disk is full", "is read-only"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    return said_in_namespace("small_disk.py", tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("what", ["file on a full disk", "rows on a full disk"])
def test_a_full_disk_is_named(said, what):
    assert FULL in said[what]


def test_what_is_kept_can_be_read_while_the_disk_is_full(said):
    assert said["names"] == ["texts.csv"]
    assert said["read on a full disk"] == ""


def test_everything_goes_on_as_soon_as_there_is_room(said):
    assert said["again with room"] == ""


@pytest.mark.parametrize("what", ["read-only home", "new home on it", "file on it"])
def test_a_read_only_disk_is_named(said, what):
    assert READ_ONLY in said[what]


def test_the_command_line_says_it_without_a_traceback_and_with_its_exit_code(said):
    code, printed, complained = said["command line"]
    assert (code, printed) == (2, "")
    assert READ_ONLY in complained
    assert "Traceback" not in complained
