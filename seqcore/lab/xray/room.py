"""The x-rays of a server: a few at a time, each kept for whoever asks for the same."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from seqcore.analysis.xray import XRay
from seqcore.datasets import LabelledText
from seqcore.errors import SeqlabError
from seqcore.lab.xray.child import WAITING, Look
from seqcore.spec import SplitOptions
from seqcore.workroom import WorkRoom

_LOG = logging.getLogger(__name__)
_KEPT = 64
BEGINNING = "Beginning"


@dataclass
class Asked:
    """One x-ray that somebody asked for.

    Attributes:
        stage: What is looked at now, in a few words.
        found: What was found, once it is done.
        problem: Why it could not be done.
        watchers: Names of those who wait for it.
    """

    stage: str = WAITING
    found: XRay | None = None
    problem: SeqlabError | None = None
    watchers: set[str] = field(default_factory=set)
    look: Look | None = None

    @property
    def running(self) -> bool:
        """Whether it is still being looked for."""
        return self.found is None and self.problem is None


class XRayRoom:
    """Where x-rays are taken, in processes of their own.

    Args:
        at_a_time: Processes side by side; half of the cores at most.
        start: Makes the x-ray of data; another one in tests.
        work_room: Where the turn of each comes; None: there is no other work.
    """

    def __init__(
        self, at_a_time: int | None = None, start: Callable[[LabelledText, SplitOptions], Look] = Look,
        *, work_room: WorkRoom | None = None,
    ) -> None:  # fmt: skip
        self._free = threading.Semaphore(at_a_time or max(1, min(2, (os.cpu_count() or 1) // 2)))
        self._start, self._work_room = start, work_room
        self._lock = threading.Lock()
        self._asked: OrderedDict[Hashable, Asked] = OrderedDict()

    def ask(self, data: LabelledText, options: SplitOptions, who: str) -> None:
        """Have an x-ray taken, unless there is one or it is on its way; after a failure, again.

        Args:
            data: What is to be looked at.
            options: How its rows are shared out.
            who: A name of the session that waits for it.
        """
        key = _key(data, options)
        with self._lock:
            known = self._asked.get(key)
            if known is not None and known.problem is None:
                known.watchers.add(who)
                return
            asked = Asked(watchers={who}, look=self._start(data, options))
            self._asked[key] = asked
            self._forget_the_oldest()
        threading.Thread(target=self._take, args=(key, asked), name="seqlab-xray", daemon=True).start()

    def look(self, data: LabelledText, options: SplitOptions) -> Asked | None:
        """How far the x-ray of some data is; None when nobody asked for it."""
        with self._lock:
            return self._asked.get(_key(data, options))

    def cancel(self, data: LabelledText, options: SplitOptions, who: str) -> None:
        """Wait for an x-ray no more; it ends when nobody does."""
        key = _key(data, options)
        with self._lock:
            asked = self._asked.get(key)
            if asked is None or not asked.running:
                return
            asked.watchers.discard(who)
            if asked.watchers:
                return
            del self._asked[key]
        if asked.look is not None:
            asked.look.cancel()

    def close(self) -> None:
        """End all that are on their way."""
        with self._lock:
            looks = [asked.look for asked in self._asked.values() if asked.look is not None]
            self._asked.clear()
        for look in looks:
            look.cancel()

    def _take(self, key: Hashable, asked: Asked) -> None:
        look = asked.look
        if look is None:
            return
        try:
            with self._free:
                asked.stage = BEGINNING
                asked.found = look.run(lambda stage: setattr(asked, "stage", stage), self._work_room)
        except SeqlabError as error:
            asked.problem = error
        except Exception:
            _LOG.exception("An x-ray failed")
            asked.problem = SeqlabError("The data could not be looked through", remedy="See the server's log")
        finally:
            asked.look = None  # it holds the data

    def _forget_the_oldest(self) -> None:
        done = [key for key, asked in self._asked.items() if not asked.running]
        for key in done[: max(0, len(self._asked) - _KEPT)]:
            del self._asked[key]


def _key(data: LabelledText, options: SplitOptions) -> Hashable:
    """What an x-ray looks at and tells: of the same texts in another file, other numbers of rows."""
    return data.content_hash, data.account, options.model_dump_json()
