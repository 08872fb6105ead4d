"""The measurements of a server: one at a time, each in a thread that pages look at."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from seqcore.errors import SeqlabError

_LOG = logging.getLogger(__name__)
_KEPT = 64
OTHERS_FIRST, STOPPING = "Waiting for another measurement", "Stopping"

Work = Callable[[Callable[[str], None], threading.Event], Any]  # (told, over) -> what was found


@dataclass
class Measuring:
    """One thing that somebody wants measured.

    Attributes:
        stage: What is done now, in a few words.
        found: What was found, once it is done.
        problem: Why it could not be done.
        running: Whether it is still on its way.
        over: Set when nobody wants to know any more.
    """

    stage: str = OTHERS_FIRST
    found: Any = None
    problem: SeqlabError | None = None
    running: bool = True
    over: threading.Event = field(default_factory=threading.Event)


class MeasuringRoom:
    """Where measurements are made, one after the other: two at a time would disturb each other."""

    def __init__(self) -> None:
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._known: OrderedDict[Hashable, Measuring] = OrderedDict()

    def ask(self, key: Hashable, work: Work) -> None:
        """Have something measured, unless that is on its way already.

        Args:
            key: Names it.
            work: Does it; told what it does, and to look whether it is over.
        """
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.running and not known.over.is_set():
                return
            measuring = self._known[key] = Measuring()
            self._known.move_to_end(key)
            self._forget_the_oldest()
        threading.Thread(target=self._work, args=(measuring, work), name="seqlab-measure", daemon=True).start()

    def look(self, key: Hashable) -> Measuring | None:
        """How far it is; None when nobody asked for it."""
        with self._lock:
            return self._known.get(key)

    def cancel(self, key: Hashable) -> None:
        """End it; what it found so far is lost."""
        measuring = self.look(key)
        if measuring is not None:
            measuring.stage = STOPPING
            measuring.over.set()

    def close(self) -> None:
        """End all that are on their way."""
        with self._lock:
            for measuring in self._known.values():
                measuring.over.set()

    def _work(self, measuring: Measuring, work: Work) -> None:
        try:
            with self._turn:
                if not measuring.over.is_set():
                    measuring.found = work(lambda stage: setattr(measuring, "stage", stage), measuring.over)
        except SeqlabError as error:
            measuring.problem = error
        except Exception:
            _LOG.exception("A measurement failed")
            measuring.problem = SeqlabError("This could not be measured", remedy="See the server's log")
        finally:
            measuring.running = False

    def _forget_the_oldest(self) -> None:
        done = [key for key, each in self._known.items() if not each.running]
        for key in done[: max(0, len(self._known) - _KEPT)]:
            del self._known[key]
