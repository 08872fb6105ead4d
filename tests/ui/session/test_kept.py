import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import streamlit as st

from seqcore.ui.session import kept
from seqcore.ui.session.kept import UNUSED_SECONDS, Shelf, remember
from tests.waiting import PATIENCE

KB = 1000


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(clock: Clock) -> Shelf:
    return Shelf(100 * KB, clock)


@pytest.fixture
def empty_shelf() -> Iterator[None]:
    kept.shelf.empty()
    yield
    kept.shelf.empty()


def test_it_never_holds_more_bytes_than_it_may(shelf: Shelf) -> None:
    for number in range(200):
        shelf.get((number,), lambda size=number * 100: bytes(size))
        assert shelf.bytes <= 100 * KB


def test_what_was_not_used_for_longest_goes_first(shelf: Shelf) -> None:
    made: list[int] = []

    def ask(number: int) -> bytes:
        return shelf.get((number,), lambda: made.append(number) or bytes(30 * KB))

    for number in (1, 2, 3, 1, 4, 1, 2):
        ask(number)
    assert made == [1, 2, 3, 4, 2]


def test_what_is_too_large_is_given_and_throws_nothing_out(shelf: Shelf) -> None:
    shelf.get(("small",), lambda: bytes(KB))
    assert len(shelf.get(("large",), lambda: bytes(60 * KB))) == 60 * KB
    assert len(shelf) == 1


def test_what_nobody_asked_for_in_a_while_is_let_go_of(shelf: Shelf, clock: Clock) -> None:
    shelf.get(("asked for",), lambda: bytes(KB))
    shelf.get(("not asked for",), lambda: bytes(KB))
    clock.now = UNUSED_SECONDS - 1
    shelf.get(("asked for",), lambda: bytes(KB))
    clock.now = UNUSED_SECONDS + 1
    assert shelf.let_go_of_old() > KB
    assert len(shelf) == 1


def test_what_changes_is_made_anew_after_its_seconds_and_counts_once(shelf: Shelf, clock: Clock) -> None:
    made: list[float] = []

    def ask() -> bytes:
        return shelf.get(("place",), lambda: made.append(clock.now) or bytes(KB), seconds=1.0)

    for clock.now in (0.0, 0.9, 1.1, 2.0, 2.2):
        ask()
    assert made == [0.0, 1.1, 2.2]
    assert shelf.bytes < 2 * KB


def test_of_many_who_ask_at_once_one_makes_it(shelf: Shelf) -> None:
    together, made = threading.Barrier(8), list[int]()
    waiting = threading.Event()

    def make() -> object:
        made.append(1)
        waiting.wait(0.05)  # so that the others come while it is being made
        return object()

    def ask(_number: int) -> object:
        together.wait(PATIENCE)
        return shelf.get(("same",), make)

    with ThreadPoolExecutor(8) as sessions:
        assert len(set(map(id, sessions.map(ask, range(8))))) == 1
    assert len(made) == 1


def test_an_error_is_told_to_its_own_session_alone_and_not_kept(shelf: Shelf) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def fail() -> str:
        begun.set()
        go_on.wait(PATIENCE)
        raise ValueError("stopped")

    with ThreadPoolExecutor(2) as sessions:
        first = sessions.submit(shelf.get, ("same",), fail)
        begun.wait(PATIENCE)
        second = sessions.submit(shelf.get, ("same",), lambda: "made")
        go_on.set()
        with pytest.raises(ValueError, match="stopped"):
            first.result(PATIENCE)
        assert second.result(PATIENCE) == "made"


def test_what_mentions_a_run_goes_with_it_however_deep_its_id_lies(shelf: Shelf) -> None:
    shelf.get(("answers", "run-1", "text"), lambda: 1)
    shelf.get(("slices", (("run-1", "run-2"),)), lambda: 2)
    shelf.get(("answers", "run-10"), lambda: 3)
    shelf.forget("run-1")
    assert len(shelf) == 1
    assert shelf.get(("answers", "run-10"), lambda: "anew") == 3


def test_what_is_being_made_when_its_run_is_deleted_is_not_kept(shelf: Shelf) -> None:
    def make() -> str:
        shelf.forget("run")
        return "answer"

    assert shelf.get(("answers", "run"), make) == "answer"
    assert len(shelf) == 0


def test_no_browser_can_have_it_emptied(empty_shelf: None) -> None:
    made: list[str] = []

    @remember()
    def shout(word: str, _loud: int = 0) -> str:
        made.append(word)
        return word.upper()

    assert shout("a") == shout("a", _loud=2) == "A"
    st.cache_data.clear()
    st.cache_resource.clear()
    shout("a")
    shout("b")
    assert made == ["a", "b"]


def test_what_is_given_to_several_cannot_be_changed_by_one(empty_shelf: None) -> None:
    @remember()
    def numbers() -> dict[str, np.ndarray]:
        return {"a": np.zeros(3)}

    with pytest.raises(ValueError, match="read-only"):
        numbers()["a"][0] = 1


@pytest.mark.usefixtures("empty_shelf")
def test_an_answer_that_is_known_is_not_worked_out() -> None:
    made: list[int] = []

    @remember()
    def answer(number: int) -> int:
        made.append(number)
        return number

    answer.keep(10, 1)
    answer.keep(11, 1)
    assert (answer(1), answer(number=1), answer(2), made) == (10, 10, 2, [2])
