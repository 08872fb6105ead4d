"""A piece of heavy work: what is done with what, within which bounds, and what is said when they are passed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from seqcore.errors import SeqlabError

T = TypeVar("T")


class Stopped(Enum):
    """Why a piece of work ended without an answer."""

    TIME = "time"  # it took longer than it may
    MEMORY = "memory"  # it said that it had no more
    BROKEN = "broken"  # the process was ended by the system, or by a library that gave up


class Stream(Protocol):
    """Bytes that come."""

    def read(self, size: int = -1, /) -> bytes:
        """So many of those that are left, or all; fewer only at the end."""


@dataclass(frozen=True)
class Job(Generic[T]):
    """Work for a child.

    Attributes:
        work: Where the function is that does it, "module:function"; it is given options, parts and a function to tell
            with what it is at, and gives bytes.
        options: Plain values, as JSON has them.
        parts: Makes the bytes that it works on, once its turn has come.
        answer: Makes of the bytes that come back what was asked for.
        from_stream: The same while they come, in place of `answer`: of what is large no second copy is held.
        memory: Bytes that the child may take.
        seconds: Of a processor, the longest that it may take; four times that by the clock.
        stopped: What is said when it ended without an answer, by why and by what it was at; "" when it told nothing.
        nice: How far it stands back behind pages and trainings, as the system counts it; 0 where a page waits for it.
        long: Whether it may take minutes: such work leaves a place free for what is quick.
    """

    work: str
    options: Mapping[str, Any]
    parts: Callable[[], Sequence[bytes | memoryview]]
    answer: Callable[[bytes], T]
    memory: int
    seconds: float
    stopped: Callable[[Stopped, str], SeqlabError]
    nice: int = 0
    long: bool = False
    from_stream: Callable[[Stream], T] | None = None
