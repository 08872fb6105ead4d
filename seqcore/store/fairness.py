"""Who comes next: the workspace that has been served least."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """A run that no worker has taken yet."""

    run_id: str
    workspace: str


@dataclass(frozen=True)
class Service:
    """What a workspace has had of the workers.

    Attributes:
        running: Its runs that are being worked on.
        seconds: Of work on its runs lately.
    """

    running: int = 0
    seconds: float = 0.0


def fair_order(waiting: Sequence[Waiting], served: Mapping[str, Service]) -> list[str]:
    """Run ids in the order in which workers will take them, as far as one can tell now.

    The next run belongs to the workspace with the fewest runs being worked on; among equals to the one that had the
    least work done for it lately; then to the one that came first. Within a workspace: first come, first served.
    (Round robin over users with a memory, as in fair queueing, Nagle 1987, RFC 970.)

    Args:
        waiting: Runs that wait, first come first.
        served: By workspace; one that is missing had nothing.
    """
    runs: dict[str, deque[str]] = defaultdict(deque)
    first: dict[str, int] = {}
    for place, run in enumerate(waiting):
        runs[run.workspace].append(run.run_id)
        first.setdefault(run.workspace, place)
    had = {workspace: served.get(workspace, Service()) for workspace in runs}
    heap = [(had[name].running, had[name].seconds, first[name], name) for name in runs]
    heapq.heapify(heap)
    order = []
    while heap:
        running, seconds, place, name = heapq.heappop(heap)
        order.append(runs[name].popleft())
        if runs[name]:
            heapq.heappush(heap, (running + 1, seconds, place, name))
    return order
