import threading
from collections.abc import Iterator

import pytest

from seqcore.errors import StorageError
from seqcore.store import Store
from seqcore.ui.session.store_watch import FRESH_SECONDS, HUNG, HUNG_SECONDS, StoreWatch
from tests.waiting import PATIENCE

FULL = StorageError("The disk is full")


class Clock:
    """Goes on only when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Engines:
    """One, heard of five seconds ago."""

    class Engine:
        id = "engine"

    def all(self) -> list[Engine]:
        return [self.Engine()]

    def silence(self, _engine: Engine) -> float:
        return 5.0


class Disk:
    """Stands for the store: can be written, cannot, or hangs."""

    def __init__(self) -> None:
        self.engines, self.tries = Engines(), 0
        self.error: Exception | None = None
        self.answers = threading.Event()
        self.answers.set()

    def __call__(self) -> "Disk":
        return self

    def try_to_write(self) -> None:
        self.tries += 1
        self.answers.wait(PATIENCE)
        if self.error is not None:
            raise self.error


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    yield disk
    disk.answers.set()


@pytest.fixture
def watch(disk: Disk, clock: Clock) -> StoreWatch:
    return StoreWatch(disk, clock)  # type: ignore[arg-type]


def test_a_store_that_can_be_written_is_no_trouble_and_its_engines_are_heard(watch: StoreWatch) -> None:
    found = watch.look().result(PATIENCE)
    assert (found.trouble, found.silences) == (None, {"engine": 5.0})
    assert watch.seen() == found


def test_a_full_disk_is_told_and_forgotten_when_there_is_room(watch: StoreWatch, disk: Disk, clock: Clock) -> None:
    disk.error = FULL
    assert watch.look().result(PATIENCE).trouble is FULL
    disk.error = None
    clock.now += FRESH_SECONDS
    assert watch.look().result(PATIENCE).trouble is None


def test_many_who_ask_at_once_cost_one_try_in_five_seconds(watch: StoreWatch, disk: Disk, clock: Clock) -> None:
    for _ in range(100):
        watch.look().result(PATIENCE)
        watch.seen()
    assert disk.tries == 1
    clock.now += FRESH_SECONDS
    watch.look().result(PATIENCE)
    assert disk.tries == 2


def test_a_disk_that_hangs_keeps_nobody_waiting_and_is_named_in_the_end(
    watch: StoreWatch, disk: Disk, clock: Clock
) -> None:
    disk.answers.clear()
    assert watch.seen().trouble is None
    clock.now += HUNG_SECONDS
    assert watch.seen().trouble is HUNG
    assert disk.tries == 1  # no second thread behind the one that hangs


def test_a_mistake_of_ours_counts_as_no_answer(watch: StoreWatch, disk: Disk) -> None:
    disk.error = ZeroDivisionError()
    assert watch.look().result(PATIENCE).trouble is HUNG


def test_a_real_store_is_tried_and_nothing_is_left(tmp_path: object) -> None:
    store = Store(f"sqlite:///{tmp_path}/lab.db", f"{tmp_path}/files")
    assert StoreWatch(lambda: store).look().result(PATIENCE).trouble is None
    assert store.engines.all() == []
    assert store.files.size("probes") == 0
