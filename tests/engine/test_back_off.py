import pytest

from seqcore.engine.back_off import LEAST_LIFE_SECONDS, LONGEST_SECONDS, BackOff


class Clock:
    """Goes on only when it is told to."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def back_off(clock):
    return BackOff(clock)


def test_pauses_grow_and_are_bounded_and_never_end(back_off):
    pauses = [back_off.ended(lived=1.0) for _ in range(2000)]
    assert pauses[:5] == [2, 4, 8, 16, 32]
    assert set(pauses[5:]) == {LONGEST_SECONDS}
    assert back_off.ends == 2000


def test_what_lived_long_is_started_again_at_once_and_counted_anew(back_off):
    for _ in range(5):
        back_off.ended(lived=1.0)
    assert back_off.ended(lived=LEAST_LIFE_SECONDS) == 0
    assert (back_off.ends, back_off.seconds_left()) == (1, 0)


def test_the_seconds_that_are_left_run_down(back_off, clock):
    assert back_off.seconds_left() == 0
    back_off.ended(lived=1.0)
    back_off.ended(lived=1.0)
    assert back_off.told() == "the next try is in 4 s"
    clock.now += 3.5
    assert back_off.told() == "the next try is in 1 s"
    clock.now += 100
    assert back_off.seconds_left() == 0
    assert "again now" in back_off.told()
