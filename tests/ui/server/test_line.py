"""The line in front of a full server, by a clock that the tests turn."""

import pytest

from seqcore.ui.server.line import ASKING, COMES_BACK, KEPT, LONGEST, LOST, TABS, Line


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def full_line(clock: Clock, most: int = 2) -> Line:
    line = Line(most, clock)
    for number in range(most):
        assert line.ask(f"in{number}") == 0
        assert line.open(f"in{number}")
    return line


def test_without_a_limit_everybody_comes_in(clock: Clock) -> None:
    line = Line(0, clock)
    assert all(line.ask(str(number)) == 0 and line.open(str(number)) for number in range(500))


def test_newcomers_wait_in_the_order_in_which_they_came(clock: Clock) -> None:
    line = full_line(clock)
    assert [line.ask(key) for key in ("a", "b", "c")] == [1, 2, 3]
    assert [line.ask(key) for key in ("c", "a", "b")] == [3, 1, 2]


def test_the_first_in_line_goes_on_when_somebody_leaves_and_the_others_move_up(clock: Clock) -> None:
    line = full_line(clock)
    line.ask("a"), line.ask("b")
    line.close("in0")
    assert line.ask("b") == 2  # the room is for whoever is before
    assert line.ask("a") == 0
    assert line.ask("b") == 1
    assert line.open("a") and line.inside == 2


def test_a_page_that_was_let_in_has_its_place_until_it_connects_but_not_for_ever(clock: Clock) -> None:
    line = full_line(clock)
    line.ask("a"), line.ask("b")
    line.close("in0")
    assert line.ask("a") == 0
    clock.now += KEPT / 2
    assert line.ask("b") == 1
    clock.now += KEPT
    assert line.ask("b") == 0


def test_a_place_is_lost_by_who_does_not_ask_any_more(clock: Clock) -> None:
    line = full_line(clock)
    line.ask("a"), line.ask("b")
    clock.now += LOST - 1
    assert line.ask("b") == 2
    clock.now += 2
    assert line.ask("b") == 1


def test_nobody_waits_for_one_who_is_not_there(clock: Clock) -> None:
    line = full_line(clock)
    line.ask("a"), line.ask("b")
    clock.now += ASKING + 1
    line.close("in0")
    assert line.ask("b") == 0
    assert line.ask("a") == 1  # and that one has not lost the place


def test_a_reload_never_turns_anybody_out(clock: Clock) -> None:
    line = full_line(clock)
    line.ask("a")
    assert line.ask("in0") == 0  # the page is asked for while its connection is still open
    line.close("in0")
    assert line.ask("a") == 0 and line.open("a")  # somebody is quicker
    assert line.ask("in0") == 0 and line.open("in0")
    assert line.inside == 3


def test_who_lost_the_connection_does_not_hold_a_place_and_comes_back_as_long_as_the_session_is_kept(
    clock: Clock,
) -> None:
    line = full_line(clock)
    line.close("in0")
    assert line.open("a")
    clock.now += COMES_BACK - 1
    assert line.open("in0")
    line.close("in0")
    clock.now += COMES_BACK + 1
    assert not line.open("in0")


def test_at_most_twice_as_many_are_in_as_there_is_room_for(clock: Clock) -> None:
    line = Line(3, clock)
    for number in range(30):  # each comes in and leaves, then all come back
        assert line.open(str(number))
        line.close(str(number))
    assert sum(line.open(str(number)) for number in range(30)) == 6


def test_further_tabs_of_somebody_who_is_in_are_opened_but_not_any_number(clock: Clock) -> None:
    line = full_line(clock, most=20)
    assert sum(line.open("in0") for _ in range(30)) == TABS - 1


def test_who_keeps_no_key_is_let_in_while_there_is_room_and_nobody_waits(clock: Clock) -> None:
    line = Line(1, clock)
    assert line.open(None) and not line.open(None)
    line.ask("a")
    line.close(None)
    assert not line.open(None)
    assert line.ask("a") == 0


def test_a_refused_connection_has_a_place_in_the_line(clock: Clock) -> None:
    line = full_line(clock)
    assert not line.open("a")
    assert line.ask("b") == 2 and line.ask("a") == 1


def test_a_flood_of_newcomers_is_not_remembered(clock: Clock) -> None:
    line = full_line(clock)
    assert [line.ask(str(number)) for number in range(LONGEST + 50)][-1] == LONGEST + 1
    assert line.waiting == LONGEST


def test_who_asks_again_renews_the_place_that_is_kept_and_no_other(clock: Clock) -> None:
    line = Line(2, clock)
    line.ask("a"), line.ask("b")
    clock.now += KEPT / 2
    assert line.ask("a") == 0
    clock.now += KEPT / 2
    assert line.ask("c") == 0  # in place of b, who did not come
    assert line.ask("d") == 1
