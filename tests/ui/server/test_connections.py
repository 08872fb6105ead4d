"""Which connections are closed for a newcomer, and which are too late, by a clock of the test's own."""

import pytest

from seqcore.ui.server.connections import HEAD_SECONDS, STALLED_SECONDS, Bounds, Connections


class Transport:
    """What is asked of a connection's transport."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        self.address, self.unsent, self.closing = address, 0, False

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        return (self.address, 1) if name == "peername" else None

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.closing, self.unsent = True, 0


class House:
    """Connections, a clock, and what was opened."""

    def __init__(self, *bounds: int) -> None:
        self.now = 0.0
        self.connections = Connections(Bounds(*bounds), lambda: self.now)

    def open(self, address: str = "192.0.2.1"):
        self.now += 0.001
        transport = Transport(address)
        return transport, self.connections.opened(transport)


def test_the_longest_waiting_goes_for_a_newcomer_and_whoever_is_answered_stays():
    house = House(100, 3, 100)
    answered, connection = house.open()
    house.connections.our_turn(connection)
    waiting = [house.open(f"192.0.2.{number}")[0] for number in range(5)]
    assert [each.closing for each in waiting] == [True, True, False, False, False]
    assert not answered.closing


def test_one_address_loses_its_own_and_not_those_of_others():
    house = House(100, 50, 2)
    other, _ = house.open("198.51.100.7")
    many = [house.open()[0] for _ in range(5)]
    assert [each.closing for each in many] == [True, True, True, False, False]
    assert not other.closing


def test_where_every_place_is_taken_by_answers_a_newcomer_is_refused(caplog):
    house = House(2, 2, 2)
    held = [house.open() for _ in range(2)]
    for _, connection in held:
        house.connections.our_turn(connection)
    assert [house.open()[1], house.open()[1]] == [None, None]
    assert not any(transport.closing for transport, _ in held)
    assert len(caplog.records) == 1  # a flood of refusals does not fill the log


def test_a_place_is_free_again_at_the_look_after_somebody_left():
    house = House(1, 1, 1)
    first, connection = house.open()
    house.connections.our_turn(connection)
    first.closing = True
    house.connections.close_late()
    assert house.open()[1] is not None
    assert len(house.connections) == 1


def test_a_connection_that_is_closed_but_still_sends_keeps_its_place():
    house = House(1, 1, 1)
    first, connection = house.open()
    house.connections.our_turn(connection)
    first.closing, first.unsent = True, 10
    house.connections.close_late()
    assert house.open()[1] is None


def test_a_head_that_does_not_come_ends_the_connection_and_an_answer_may_take_as_long_as_it_likes():
    house = House(10, 10, 10)
    silent, _ = house.open()
    answered, connection = house.open()
    house.connections.our_turn(connection)
    house.now += HEAD_SECONDS - 1
    house.connections.close_late()
    assert not silent.closing
    house.now += 2
    house.connections.close_late()
    assert silent.closing and not answered.closing
    house.connections.wait_for_client(connection, HEAD_SECONDS)
    house.now += HEAD_SECONDS + 1
    house.connections.close_late()
    assert answered.closing and len(house.connections) == 0


def test_an_answer_that_is_taken_slowly_goes_on_and_one_that_nobody_takes_ends():
    house = House(10, 10, 10)
    slow, _ = house.open()
    stalled, _ = house.open()
    slow.unsent = stalled.unsent = 1000
    for _ in range(5):
        house.connections.close_late()
        house.now += STALLED_SECONDS - 1
        slow.unsent -= 1
    house.connections.close_late()
    assert stalled.closing and not slow.closing


def test_what_is_gone_does_not_wait_any_more():
    house = House(10, 1, 1)
    first, connection = house.open()
    house.open()
    assert first.closing
    house.connections.wait_for_client(connection, HEAD_SECONDS)  # its task only now comes to its end
    third, _ = house.open()
    house.now += 1
    assert not third.closing and len(house.connections) == 1


@pytest.mark.parametrize("descriptors", [1, 64, 256, 1024, 20_000, 65_536])
def test_a_quarter_of_the_descriptors_is_never_taken_and_half_of_the_rest_is_for_requests(descriptors: int):
    bounds = Bounds.within(descriptors)
    assert 1 <= bounds.waiting_of_one <= bounds.waiting <= bounds.open
    assert bounds.open <= max(1, descriptors - descriptors // 4)
    assert bounds.waiting <= max(1, bounds.open // 2)


def test_thirty_browsers_of_one_address_stay_within_the_bound_of_the_usual_1024_descriptors():
    assert Bounds.within(1024).waiting_of_one >= 30 * 6  # connections of each, kept open between requests
