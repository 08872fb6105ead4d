"""Pages look less often when many watch, those that watch a queue first."""

import pytest

from seqcore.ui.session.pace import BUDGET, FASTEST, SLOWEST, Pace, intervals


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def looks(moving: int, waiting: int, cost: float) -> float:
    """Looks a second by everybody together."""
    found = intervals(moving, waiting, cost)
    return moving / found.moving + waiting / found.waiting


def test_a_single_watcher_looks_as_often_as_it_may_whatever_it_watches():
    assert intervals(1, 0, 0.01).moving == FASTEST
    assert intervals(0, 1, 0.01).waiting == FASTEST


def test_who_watches_a_queue_gives_way_first():
    found = intervals(2, 40, 0.02)

    assert found.moving == FASTEST
    assert FASTEST < found.waiting <= SLOWEST


@pytest.mark.parametrize(("moving", "waiting"), [(60, 0), (0, 70), (30, 30)])
def test_all_together_stay_within_the_budget(moving, waiting):
    assert looks(moving, waiting, 0.02) * 0.02 <= BUDGET * 1.1  # intervals are rounded


@pytest.mark.parametrize(("moving", "waiting"), [(1000, 0), (0, 1000), (1000, 1000)])
def test_nobody_waits_longer_than_the_slowest_interval(moving, waiting):
    found = intervals(moving, waiting, 0.5)

    assert found.moving <= SLOWEST
    assert found.waiting <= SLOWEST


def test_a_watcher_who_left_takes_nothing_from_the_others():
    clock = Clock()
    pace = Pace(clock)
    for number in range(100):
        crowded = pace.every(f"{number}", moving=True)
    clock.now += 1000

    assert crowded > FASTEST
    assert pace.every("the last one", moving=True) == FASTEST


def test_a_watcher_counts_once_however_often_it_asks():
    pace = Pace(Clock())

    assert {pace.every("me", moving=True) for _ in range(200)} == {FASTEST}


def test_looks_that_take_long_are_asked_for_less_often():
    clock = Clock()
    pace = Pace(clock)
    for number in range(10):
        quick = pace.every(f"{number}", moving=True)
    for _ in range(100):
        with pace.looking():
            clock.now += 0.3
    slow = max(pace.every(f"{number}", moving=True) for number in range(10))

    assert quick == FASTEST
    assert slow == SLOWEST


def test_a_look_that_was_broken_off_is_not_measured():
    clock = Clock()
    pace = Pace(clock)
    for _ in range(100):
        with pytest.raises(RuntimeError), pace.looking():
            clock.now += 100
            raise RuntimeError
    clock.now += 1000
    for number in range(5):
        found = pace.every(f"{number}", moving=True)

    assert found == FASTEST
