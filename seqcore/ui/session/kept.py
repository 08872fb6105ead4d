"""What is worked out once for everybody who asks, within a number of bytes.

Like Streamlit's caches, and in their place: those count entries and not bytes, hold some of them for ever, and any
browser can have them emptied for all. What is kept here is given to several: its arrays are made read-only.
"""

from __future__ import annotations

import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import update_wrapper
from time import monotonic
from typing import Any, Generic, ParamSpec, TypeVar

import streamlit as st

from seqcore.ui import compat

MOST_BYTES = 256 * 1024 * 1024  # of everything that is kept in a server, together
UNUSED_SECONDS = 1800.0  # after which nobody is likely to ask again
_LARGEST = 0.5  # share of all that one thing may take; a larger one is given and not kept

_P = ParamSpec("_P")
_T = TypeVar("_T")
Key = tuple[Any, ...]


@dataclass
class _Kept:
    value: Any
    bytes: int
    seconds: float | None
    until: float


@dataclass
class _Making:
    """What one asks for and others may wait for."""

    done: threading.Event = field(default_factory=threading.Event)
    worked: bool = False
    value: Any = None
    still_wanted: bool = True


class Shelf:
    """Values by their keys, as many as fit; those that were not used for longest go first.

    Args:
        most_bytes: Of all values and keys together.
        clock: Seconds that never go back.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = monotonic) -> None:
        self.most_bytes = most_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._making: dict[Key, _Making] = {}
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Of everything that is kept."""
        return self._bytes

    def __len__(self) -> int:
        """Number of values."""
        return len(self._kept)

    def get(self, key: Key, make: Callable[[], _T], seconds: float | None = None) -> _T:
        """What is kept under a key, or made now; of many who ask at once one makes it.

        An error is not kept: whoever waited tries it for himself.

        Args:
            key: Everything that the value depends on, and that it shows.
            make: Makes it.
            seconds: After which it is made anew; None: it never changes.
        """
        while True:
            with self._lock:
                found = self._kept.get(key)
                if found is not None and found.until > self._clock():
                    self._kept.move_to_end(key)
                    if found.seconds is None:
                        found.until = self._clock() + UNUSED_SECONDS
                    value: _T = found.value
                    return value
                making, mine = self._making.get(key), False
                if making is None:
                    making, mine = self._making.setdefault(key, _Making()), True
            if mine:
                return self._make(key, make, seconds, making)
            making.done.wait()
            if making.worked:
                value = making.value
                return value

    def forget(self, *names: str) -> None:
        """Let go of all that has one of these in its key, what is being made of it too.

        Args:
            names: Ids of runs, data sets, sessions; names of functions.
        """
        wanted = frozenset(names)
        with self._lock:
            for key in [key for key in self._kept if _mentions(key, wanted)]:
                self._bytes -= self._kept.pop(key).bytes
            for key, making in self._making.items():
                making.still_wanted &= not _mentions(key, wanted)

    def let_go_of_old(self) -> int:
        """Let go of what nobody has asked for in a while; bytes that this freed."""
        with self._lock:
            before, now = self._bytes, self._clock()
            for key in [key for key, kept in self._kept.items() if kept.until <= now]:
                self._bytes -= self._kept.pop(key).bytes
            return before - self._bytes

    def empty(self) -> None:
        """Let go of everything. Of use in tests."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0
            for making in self._making.values():
                making.still_wanted = False

    def _make(self, key: Key, make: Callable[[], _T], seconds: float | None, making: _Making) -> _T:
        from seqcore.ui.kit.bytes_held import bytes_held, make_read_only  # NumPy: a server starts without

        try:
            value = make()
            size = make_read_only(value) + bytes_held(key)
            making.value, making.worked = value, True
            with self._lock:
                if making.still_wanted and size <= _LARGEST * self.most_bytes:
                    until = self._clock() + (UNUSED_SECONDS if seconds is None else seconds)
                    if key in self._kept:  # made anew because it was old
                        self._bytes -= self._kept.pop(key).bytes
                    self._kept[key] = _Kept(value, size, seconds, until)
                    self._bytes += size
                    while self._bytes > self.most_bytes:
                        self._bytes -= self._kept.popitem(last=False)[1].bytes
            return value
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()


shelf = Shelf()


class Remembered(Generic[_P, _T]):
    """A function whose answers are kept."""

    def __init__(self, function: Callable[_P, _T], spinner: str, seconds: float | None, *, of_session: bool) -> None:
        update_wrapper(self, function)
        self._function, self._spinner, self._seconds, self._of_session = function, spinner, seconds, of_session
        self._name = f"{function.__module__}.{function.__qualname__}"
        self._signature = inspect.signature(function)

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """The answer, kept or new."""

        def make() -> _T:
            with st.spinner(self._spinner) if self._spinner and compat.session_id() else nullcontext():
                return self._function(*args, **kwargs)

        return shelf.get(self._key(*args, **kwargs), make, self._seconds)

    def keep(self, answer: _T, *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Keep an answer that is known already, unless there is one."""
        shelf.get(self._key(*args, **kwargs), lambda: answer, self._seconds)

    def clear(self) -> None:
        """Let go of all answers of this function."""
        shelf.forget(self._name)

    def _key(self, *args: _P.args, **kwargs: _P.kwargs) -> Key:
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = (value for name, value in bound.arguments.items() if not name.startswith("_"))
        session = (compat.session_id(),) if self._of_session else ()
        return (self._name, *session, *given)


def remember(
    *, spinner: str = "", seconds: float | None = None, of_session: bool = False
) -> Callable[[Callable[_P, _T]], Remembered[_P, _T]]:
    """Keep the answers of a function, by its arguments; those whose names begin with "_" tell nothing apart.

    Args:
        spinner: What the page says while it is worked out.
        seconds: After which an answer is worked out anew; None: it never changes.
        of_session: Whether each session has answers of its own, gone with it.
    """

    def of(function: Callable[_P, _T]) -> Remembered[_P, _T]:
        return Remembered(function, spinner, seconds, of_session=of_session)

    return of


def _mentions(key: Iterable[Any], names: frozenset[str]) -> bool:
    return any(
        part in names if isinstance(part, str) else isinstance(part, tuple) and _mentions(part, names) for part in key
    )
