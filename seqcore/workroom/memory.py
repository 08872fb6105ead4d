"""How the memory of a deployment is shared out: the server, what it keeps, its children, the training processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seqcore.machine import memory_of_machine

if TYPE_CHECKING:
    from seqcore.settings import Settings

_MB = 1024 * 1024
_OF_MACHINE = 0.9  # where no setting says how much
_SERVER = 600 * _MB  # pages with the libraries that they need, before anything is kept
_CACHES = 0.05  # of the whole
_CHILDREN = 0.25  # of the whole
_LEAST_FOR_CACHES = 64 * _MB
_LEAST_FOR_CHILDREN = 1536 * _MB  # two of them, each with room for a file of some megabytes


@dataclass(frozen=True)
class Shares:
    """Bytes for each part; where the whole is too small for what each needs at least, they come to more than it.

    Attributes:
        whole: What all may take together.
        server: The server with its libraries.
        caches: What the server keeps because somebody may ask for it again.
        children: All children that do heavy work, together.
        workers: All training processes, together.
    """

    whole: int
    server: int
    caches: int
    children: int
    workers: int


def shares(settings: Settings) -> Shares:
    """How the memory of this deployment is shared out."""
    whole = settings.memory_mb * _MB or int(memory_of_machine() * _OF_MACHINE)
    caches = max(_LEAST_FOR_CACHES, int(whole * _CACHES))
    children = max(_LEAST_FOR_CHILDREN, int(whole * _CHILDREN))
    return Shares(whole, _SERVER, caches, children, max(0, whole - _SERVER - caches - children))
