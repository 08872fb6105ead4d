"""What there is one of in a server, for all its sessions: the store, the engine, the rooms where work goes on.

None of it is kept by Streamlit's caches: any browser can have those emptied, and each of these may hold processes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from seqcore.errors import EngineError, SeqlabError
from seqcore.settings import get_settings
from seqcore.ui.people.addresses import KnownPlaces
from seqcore.ui.people.fresh_starts import FreshStarts
from seqcore.ui.session.engine_room import EngineRoom
from seqcore.ui.session.kept import remember, shelf
from seqcore.ui.session.pace import Pace
from seqcore.ui.session.store_watch import StoreWatch

if TYPE_CHECKING:
    from seqcore.engine import Engine
    from seqcore.lab.daily_round import DailyRound
    from seqcore.lab.measure.room import MeasuringRoom
    from seqcore.lab.sweep.room import SweepRoom
    from seqcore.lab.xray.room import XRayRoom
    from seqcore.store import Store
    from seqcore.workroom import Job, WorkRoom

_T = TypeVar("_T")
_FEWEST_CHILDREN, _MOST_CHILDREN = 2, 4  # side by side
_IMPORTED_BY_CHILDREN = ("seqcore.datasets.reading_apart", "seqcore.datasets.table_as_arrow")
_made: dict[str, Any] = {}
_making = threading.RLock()


def _one(make: Callable[[], _T]) -> Callable[[], _T]:
    """Make it when it is first asked for, and never again; what could not be made is tried anew by the next."""

    @wraps(make)
    def get() -> _T:
        name = make.__name__
        if name not in _made:
            with _making:
                if name not in _made:
                    _made[name] = make()
        found: _T = _made[name]
        return found

    return get


def forget_all() -> None:
    """Begin anew, as a server does that has just started; nothing is closed. Of use in tests."""
    _made.clear()
    shelf.empty()


@_one
def known_places() -> KnownPlaces:
    """From where the workspaces of this server were visited last, as the store asks when they queue runs."""
    return KnownPlaces()


@_one
def get_store() -> Store:
    """The store in force, its schema created when missing."""
    from seqcore.store import Limits, Store
    from seqcore.store.private import keep_private

    settings = get_settings()
    keep_private(settings)
    return Store(settings.database, settings.artifacts, limits=Limits.of(settings), place_of=known_places())


@_one
def engine_room() -> EngineRoom:
    """Where the engine is started and kept; asking for it starts nothing."""
    return EngineRoom(get_settings())


@_one
def work_room() -> WorkRoom:
    """Where heavy work over somebody's data is done, in processes of their own; asking for it starts nothing."""
    from seqcore.workroom import WorkRoom
    from seqcore.workroom.memory import shares

    at_a_time = max(_FEWEST_CHILDREN, min(_MOST_CHILDREN, os.cpu_count() or 1))
    return WorkRoom(at_a_time, shares(get_settings()).children, _IMPORTED_BY_CHILDREN)


@_one
def xray_room() -> XRayRoom:
    """Where data are looked through, in processes of their own; asking for it starts nothing."""
    from seqcore.lab.xray.room import XRayRoom

    return XRayRoom(work_room=work_room())


@_one
def sweep_room() -> SweepRoom:
    """Where sweeps are driven, whether a page looks or not; asking for it starts nothing."""
    from seqcore.lab.sweep.drive import Workshop
    from seqcore.lab.sweep.room import SweepRoom

    def do(job: Job[_T]) -> _T:
        return work_room().submit(job, "sweeps").result()

    return SweepRoom(lambda: Workshop(get_store(), get_engine, get_settings(), do))


@_one
def measuring_room() -> MeasuringRoom:
    """Where models are measured, one after the other; asking for it starts nothing."""
    from seqcore.lab.measure.room import MeasuringRoom

    return MeasuringRoom()


@_one
def daily_round() -> DailyRound:
    """What is done once a day, whether a page looks or not; asking for it starts nothing."""
    from seqcore.lab.daily_round import DailyRound

    return DailyRound(get_store, get_settings())


@_one
def fresh_starts() -> FreshStarts:
    """Which browsers are given a new key, because everything under the one that they have was deleted."""
    return FreshStarts()


@_one
def store_watch() -> StoreWatch:
    """Whether anything can be kept at the moment; asking for it looks at nothing."""
    return StoreWatch(get_store)


@_one
def pace() -> Pace:
    """How often the pages of this server look at running experiments."""
    return Pace()


def engine_ready() -> bool:
    """Whether the engine answers; never waits.

    Raises:
        EngineError: it could not be started.
    """
    return engine_room().ready()


def running_engine() -> Engine | None:
    """The engine; None when there is none: not started, still starting, or it could not be."""
    try:
        return engine_room().engine()
    except SeqlabError:
        return None


def get_engine() -> Engine:
    """The engine; never waits.

    Raises:
        EngineError: it is still starting, or could not be started.
    """
    room = engine_room()
    room.start()
    engine = room.engine()
    if engine is None:
        raise EngineError("The training engine is still starting", remedy="Try again in a few seconds")
    return engine


def submit_when_ready(run_ids: Sequence[str]) -> None:
    """Hand runs to the engine, now or as soon as it has started."""
    room = engine_room()
    room.start()
    room.submit(run_ids)


def queue_places() -> dict[str, int]:
    """The place in the queue, from 1, of every run that waits for a worker; empty while the engine starts.

    Raises:
        EngineError: it could not be started.
    """
    engine = engine_room().engine()
    return _places_in_queue(engine.engine_id) if engine is not None else {}


@remember(seconds=1.0)  # asked for by everybody who waits, twice a second
def _places_in_queue(engine_id: str) -> dict[str, int]:
    return {run_id: place for place, run_id in enumerate(get_store().queue.waiting(engine_id), start=1)}
