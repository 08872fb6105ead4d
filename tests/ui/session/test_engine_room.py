import threading
from collections.abc import Sequence

import pytest

import seqcore.engine
from seqcore.errors import EngineError, StorageError
from seqcore.settings import Settings
from seqcore.ui.session.engine_room import EngineRoom
from tests.waiting import PATIENCE, until


class SlowEngine:
    """Starts when it is let; notes what it gets."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.submitted: list[str] = []
        self.closed = threading.Event()
        self.problem: EngineError | None = None

    def start(self, _settings: Settings) -> "SlowEngine":
        self.let.wait(10)
        return self

    def trouble(self) -> EngineError | None:
        return self.problem

    def submit(self, run_ids: Sequence[str]) -> None:
        self.submitted.extend(run_ids)

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> SlowEngine:
    slow = SlowEngine()
    monkeypatch.setattr(seqcore.engine, "Engine", slow)
    return slow


@pytest.fixture
def room(engine: SlowEngine) -> EngineRoom:
    return EngineRoom(Settings())


def join(room: EngineRoom) -> None:
    thread = room._thread
    assert thread is not None
    thread.join(10)


def test_asking_for_an_engine_that_starts_does_not_wait(room: EngineRoom, engine: SlowEngine) -> None:
    room.start()
    assert not room.ready()
    assert room.engine() is None
    engine.let.set()
    join(room)
    assert room.ready()


def test_runs_submitted_too_early_are_handed_over_later_in_order(room: EngineRoom, engine: SlowEngine) -> None:
    room.start()
    room.submit(["a", "b"])
    room.submit(["c"])
    assert engine.submitted == []
    engine.let.set()
    join(room)
    assert engine.submitted == ["a", "b", "c"]


class FailingStarts:
    """Starts that fail until they are let."""

    def __init__(self, engine: SlowEngine, error: Exception) -> None:
        self.engine, self.error = engine, error
        self.failed, self.let = threading.Semaphore(0), False

    def __call__(self, _settings: Settings) -> SlowEngine:
        if self.let:
            return self.engine
        self.failed.release()
        raise self.error


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seqcore.engine.back_off.FIRST_SECONDS", 0.0)


@pytest.mark.parametrize("error", [ZeroDivisionError(), StorageError("The disk is full", remedy="Make room")])
def test_a_failure_is_told_to_whoever_asks_with_when_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, room: EngineRoom, engine: SlowEngine, error: Exception
) -> None:
    monkeypatch.setattr(engine, "start", FailingStarts(engine, error))
    room.start()
    until(lambda: room._failure)
    with pytest.raises(EngineError, match=r"did not start|disk is full") as caught:
        room.ready()
    assert "the next try is in 2 s" in str(caught.value)
    room.close()
    join(room)


def test_a_start_that_fails_is_tried_until_it_works_and_what_waited_is_handed_over(
    monkeypatch: pytest.MonkeyPatch, room: EngineRoom, engine: SlowEngine, no_pauses: None
) -> None:
    starts = FailingStarts(engine, EngineError("Nothing answers"))
    monkeypatch.setattr(engine, "start", starts)
    room.start()
    room.submit(["a"])
    for _ in range(5):
        starts.failed.acquire(timeout=PATIENCE)
    room.submit(["b"])
    starts.let = True
    join(room)
    assert room.ready()
    assert engine.submitted == ["a", "b"]


def test_an_engine_that_stopped_says_so_to_whoever_asks(room: EngineRoom, engine: SlowEngine) -> None:
    room.start()
    engine.let.set()
    join(room)
    engine.problem = EngineError("The training engine stopped 3 times in a row")
    with pytest.raises(EngineError, match="3 times in a row"):
        room.ready()
    room.submit(["a"])
    assert engine.submitted == ["a"]
    engine.problem = None
    assert room.engine() is engine


def test_runs_that_the_engine_did_not_take_are_offered_again(
    monkeypatch: pytest.MonkeyPatch, room: EngineRoom, engine: SlowEngine
) -> None:
    take = engine.submit
    monkeypatch.setattr(engine, "submit", lambda _run_ids: 1 / 0)
    room.submit(["a"])
    room.start()
    engine.let.set()
    join(room)
    assert room.ready()
    with pytest.raises(ZeroDivisionError):
        room.submit(["b"])
    monkeypatch.setattr(engine, "submit", take)
    room.submit(["c"])
    assert engine.submitted == ["a", "b", "c"]


def test_an_engine_that_starts_after_the_end_is_closed_at_once(room: EngineRoom, engine: SlowEngine) -> None:
    room.start()
    room.close()
    engine.let.set()
    join(room)
    assert engine.closed.is_set()
    assert not room.ready()
