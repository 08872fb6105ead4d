"""Epochs are kept evenly, within a number, and whatever was interrupted."""

import pytest

from seqcore.analysis.kept_epochs import kept_epochs


def test_all_are_kept_as_long_as_there_is_room():
    assert kept_epochs(0, 5) == [0]
    assert kept_epochs(4, 5) == [0, 1, 2, 3, 4]


def test_every_second_one_goes_when_there_is_no_room_for_another():
    assert kept_epochs(5, 5) == [0, 2, 4]
    assert kept_epochs(10, 5) == [0, 4, 8]


@pytest.mark.parametrize("most", [1, 2, 3, 8, 25])
def test_they_are_few_evenly_spread_and_among_those_that_were_kept_before(most: int):
    before = kept_epochs(0, most)
    for done in range(1, 200):
        now = kept_epochs(done, most)
        assert now[0] == 0
        assert len(now) <= most
        assert len(set(map(int.__sub__, now[1:], now))) <= 1
        assert set(now) <= {*before, done}
        before = now
