import threading
from collections.abc import Sequence

import pytest

import seqcore.engine
from seqcore.errors import EngineError
from seqcore.settings import Settings
from seqcore.ui.session.engine_room import EngineRoom


class SlowEngine:
    """Starts when it is let; notes what it gets."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.submitted: list[str] = []
        self.closed = threading.Event()

    def start(self, _settings: Settings) -> "SlowEngine":
        self.let.wait(10)
        return self

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


def test_a_failure_is_told_to_whoever_asks_and_starting_again_is_possible(
    monkeypatch: pytest.MonkeyPatch, room: EngineRoom, engine: SlowEngine
) -> None:
    monkeypatch.setattr(engine, "start", lambda _settings: 1 / 0)
    room.start()
    join(room)
    with pytest.raises(EngineError, match="did not start"):
        room.ready()
    monkeypatch.setattr(engine, "start", lambda _settings: engine)
    room.start()
    join(room)
    assert room.ready()


def test_what_waited_through_a_failed_start_is_handed_over_by_the_next(
    monkeypatch: pytest.MonkeyPatch, room: EngineRoom, engine: SlowEngine
) -> None:
    monkeypatch.setattr(engine, "start", lambda _settings: 1 / 0)
    room.start()
    room.submit(["a"])
    join(room)
    room.submit(["b"])
    monkeypatch.setattr(engine, "start", lambda _settings: engine)
    room.start()
    join(room)
    assert engine.submitted == ["a", "b"]


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
