"""Who comes next: the place that has been served least, and in it the workspace that has.

A place is whom fairness counts as one. That is an address on the internet, whose browsers share it however many
cookies they hold, or a workspace by itself: an account, the personal one, a browser whose address nobody knows or that
the operator named as shared.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Waiting:
    """A run that no worker has taken yet, or that has given its worker up."""

    run_id: str
    workspace: str


@dataclass(frozen=True)
class Going:
    """A run that a worker has.

    Attributes:
        seconds: Since its worker took it.
        leaving: It has been told to give its worker up, and is about to.
    """

    run_id: str
    workspace: str
    seconds: float = 0.0
    leaving: bool = False


@dataclass(frozen=True)
class Service:
    """What a workspace or a place has had of the workers.

    Attributes:
        running: Its runs that are being worked on.
        seconds: Of work on its runs lately.
        last: When a worker was last given up by one of its runs, in seconds of any clock; -inf: not lately.
    """

    running: int = 0
    seconds: float = 0.0
    last: float = -math.inf

    def __add__(self, other: Service) -> Service:
        """Of both together."""
        return Service(self.running + other.running, self.seconds + other.seconds, max(self.last, other.last))

    @property
    def rank(self) -> tuple[int, float, float]:
        """Whoever has the least is next."""
        return self.running, self.seconds, self.last


NOTHING = Service()


def fair_order(
    waiting: Sequence[Waiting], served: Mapping[str, Service], places: Mapping[str, str] | None = None
) -> list[str]:
    """Run ids in the order in which workers will take them, as far as one can tell now.

    The next run belongs to the place with the fewest runs being worked on; among equals to the one that had the
    least work done for it lately; then to the one whose last turn is longest ago; then to the one that came first. In
    a place the same holds among its workspaces, and in a workspace: first come, first served. (Round robin over users
    with a memory, as in fair queueing, Nagle 1987, RFC 970; in two levels, as in hierarchical fair queueing, Bennett
    and Zhang 1996.)

    Args:
        waiting: Runs that wait, first come first.
        served: By workspace, also of those without a run that waits; one that is missing had nothing.
        places: By workspace; one that is missing is a place by itself.
    """
    where = places or {}
    queues: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    came = {run.run_id: number for number, run in enumerate(waiting)}
    for run in waiting:
        queues[where.get(run.workspace, run.workspace)][run.workspace].append(run.run_id)
    inside = {place: _in_turn(workspaces, served, came) for place, workspaces in queues.items()}
    return _in_turn(inside, service_of_places(served, where), came)


def service_of_places(served: Mapping[str, Service], places: Mapping[str, str]) -> dict[str, Service]:
    """What the workspaces of each place have had together."""
    found: dict[str, Service] = {}
    for workspace, service in served.items():
        place = places.get(workspace, workspace)
        found[place] = found.get(place, NOTHING) + service
    return found


def who_gives_way(
    going: Sequence[Going],
    waiting: Sequence[Waiting],
    served: Mapping[str, Service],
    places: Mapping[str, str] | None = None,
) -> str | None:
    """Id of the run that should give its worker to the next that waits; None: the workers are where they should be.

    It is the run of whoever has had most, provided that whoever waits would have had less even without it. Nobody
    gives way to a run of the same workspace, nor two to one: every run that is leaving already has its heir.

    Args:
        going: Runs that workers of one engine have.
        waiting: Runs that wait for them, first come first.
        served: By workspace, the runs that go and those that are leaving included.
        places: By workspace; one that is missing is a place by itself.
    """
    where = places or {}
    leaving = Counter(run.workspace for run in going if run.leaving)
    staying = [run for run in going if not run.leaving]
    had = {name: replace(each, running=each.running - leaving[name]) for name, each in served.items()}
    order = fair_order(waiting, had, where)
    if not staying or len(order) <= leaving.total():
        return None
    of_run = {run.run_id: run.workspace for run in waiting}
    for heir in order[: leaving.total()]:
        had[of_run[heir]] = had.get(of_run[heir], NOTHING) + Service(1)
    by_place, heir = service_of_places(had, where), of_run[order[leaving.total()]]

    def place(workspace: str) -> str:
        return where.get(workspace, workspace)

    def rank_of(table: Mapping[str, Service], name: str) -> tuple[int, float, float]:
        return table.get(name, NOTHING).rank

    def rank(run: Going) -> tuple[object, ...]:
        return *rank_of(by_place, place(run.workspace)), *rank_of(had, run.workspace), run.seconds, run.run_id

    def had_more(run: Going) -> bool:
        same_place = place(run.workspace) == place(heir)
        if run.workspace == heir:
            return False
        one, other = (run.workspace, heir) if same_place else (place(run.workspace), place(heir))
        table = had if same_place else by_place
        without, waits = table.get(one, NOTHING), table.get(other, NOTHING)
        return (waits.running, waits.seconds) < (without.running - 1, without.seconds)

    return next((run.run_id for run in sorted(staying, key=rank, reverse=True) if had_more(run)), None)


def _in_turn(queues: Mapping[str, Sequence[str]], served: Mapping[str, Service], came: Mapping[str, int]) -> list[str]:
    """The runs of several queues in turn, the queue that was served least first; each run taken is service."""
    rest = {name: list(reversed(runs)) for name, runs in queues.items()}
    had = {name: served.get(name, NOTHING).rank for name in queues}
    heap = [(had[name], min(came[run] for run in runs), name) for name, runs in queues.items()]
    heapq.heapify(heap)
    order = []
    while heap:
        (running, seconds, last), first, name = heapq.heappop(heap)
        order.append(rest[name].pop())
        if rest[name]:
            heapq.heappush(heap, ((running + 1, seconds, last), first, name))
    return order
