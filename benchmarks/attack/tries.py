"""What a try is, what came of it, and the list of all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.attack.target import Ground, Target

Act = Callable[["Target"], Awaitable["Outcome"]]
Prepare = Callable[["Ground"], None]


@dataclass(frozen=True)
class Outcome:
    """What came of a try.

    Attributes:
        held: Whether the server did what it should.
        figure: What decides that, in words.
        tried: Whether it could be tried at all; what could not has not held.
    """

    held: bool
    figure: str
    tried: bool = True


@dataclass(frozen=True)
class Try:
    """One way to harm a server or its visitors.

    Attributes:
        name: In one word, for `--only`.
        family: The file that it stands in.
        does: What it does, in a line.
        act: Does it.
        prepare: What lies in the home folder before the server starts.
        settings: Environment variables of the server.
        seconds: After which it is broken off.
        alone: Whether it needs a server of its own.
    """

    name: str
    family: str
    does: str
    act: Act
    prepare: Prepare | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 180.0
    alone: bool = True


_TRIES: dict[str, Try] = {}


def attack(
    name: str, *, prepare: Prepare | None = None, seconds: float = 180.0, alone: bool = True, **settings: str
) -> Callable[[Act], Act]:
    """Put a function on the list; its docstring's first line says what it does."""

    def put(act: Act) -> Act:
        family = act.__module__.rpartition(".")[2]
        does = (act.__doc__ or "").strip().splitlines()[0]
        _TRIES[name] = Try(name, family, does, act, prepare, settings, seconds, alone)
        return act

    return put


def tries(only: list[str]) -> Iterator[Try]:
    """All, or those whose name or family is given.

    Raises:
        KeyError: nothing is called so.
    """
    for name in only:
        if not any(name in (each.name, each.family) for each in _TRIES.values()):
            raise KeyError(f"There is no try {name!r}; there are {', '.join(_TRIES)}")
    return (each for each in _TRIES.values() if not only or each.name in only or each.family in only)
