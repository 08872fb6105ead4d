"""The x-ray in a process of its own: it imports scikit-learn and works for seconds, which no page shall wait for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from seqcore.analysis.xray import XRay
from seqcore.datasets import LabelledText
from seqcore.errors import SeqlabError
from seqcore.lab.xray.examine import examine
from seqcore.spec import SplitOptions
from seqcore.workroom import Job, Stopped, Ticket, WorkRoom
from seqcore.workroom.child import Child

SECONDS = 900.0
WAITING = "Waiting for the data of others"
_NICE = 10  # whoever waits for a page or a training comes first
_BASE = 1024**3  # bytes
_PER_CHARACTER = 60
_LOOK = 0.2  # seconds between two looks how far it is


class Look:
    """One x-ray in its own process; `cancel` ends it from another thread.

    Args:
        data: What is looked at.
        options: How its rows are shared out.
    """

    def __init__(self, data: LabelledText, options: SplitOptions) -> None:
        self._data, self._options = data, options
        self._lock = threading.Lock()
        self._cancelled = False
        self._end: Callable[[], None] | None = None

    def run(self, told: Callable[[str], None], room: WorkRoom | None = None) -> XRay | None:
        """Wait for what it finds; None when it was cancelled.

        Args:
            told: Called with what is looked at now.
            room: Where its turn comes; None: it is done at once.

        Raises:
            SeqlabError: it cannot be done, or takes too long.
        """
        if room is not None:
            return self._in_turn(room, told)
        child = self._begun(Child)
        return None if child is None else child.do(self._job(), told)

    def cancel(self) -> None:
        """End it; what it found so far is lost."""
        with self._lock:
            self._cancelled = True
            if self._end is not None:
                self._end()

    def _begun(self, begin: Callable[[], Any]) -> Any:
        with self._lock:
            if self._cancelled:
                return None
            begun = begin()
            self._end = begun.cancel if isinstance(begun, Ticket) else begun.end
            return begun

    def _in_turn(self, room: WorkRoom, told: Callable[[str], None]) -> XRay | None:
        owner = f"xray {id(self)}"  # several may wait for it; it is long work, and has places of its own
        ticket: Ticket[XRay] | None = self._begun(lambda: room.submit(self._job(), owner))
        if ticket is None:
            return None
        said = ""
        while not ticket.wait(_LOOK):
            stage = ticket.stage if ticket.begun else WAITING
            if stage and stage != said:
                told(stage)
                said = stage
        return None if self._cancelled else ticket.result()

    def _job(self) -> Job[XRay]:
        return Job(
            work="seqcore.lab.xray.child:examine_in_child",
            options=self._options.model_dump(mode="json"),
            parts=lambda: [self._data.to_parquet()],
            answer=XRay.model_validate_json,
            memory=_BASE + _PER_CHARACTER * sum(map(len, self._data.texts)),
            seconds=SECONDS,
            stopped=_said,
            nice=_NICE,
            long=True,
        )


def examine_in_child(options: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[[str], None]) -> bytes:
    """What the child does: what is found in the data, as JSON."""
    data = LabelledText.from_parquet(parts[0])
    return examine(data, SplitOptions.model_validate(options), tell).model_dump_json().encode()


def _said(_why: Stopped, _stage: str) -> SeqlabError:
    return SeqlabError(
        "The data could not be looked through",
        received="it took too long, or more memory than there is",
        remedy="Try fewer rows, or python -m seqcore xray FILE on your own machine",
    )
