"""Engines that measure at once, or train first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seqcore.analysis.alone import Alone
from seqcore.spec import RunSpec


def alone(step_seconds: float = 0.01, epoch_seconds: float = 2.0, ms_per_text: float = 0.25) -> Alone:
    return Alone(
        step_seconds=step_seconds, epoch_seconds=epoch_seconds, ms_per_text=ms_per_text, steps=10, texts=20
    )  # fmt: skip


@dataclass
class Given:
    """A measurement that has ended with what it was given; None: it never ends."""

    found: Any = None
    is_done: bool = True
    cancelled: bool = False

    def done(self) -> bool:
        return self.is_done

    def result(self) -> Any:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def cancel(self) -> None:
        self.cancelled = True


class FakeEngine:
    """Measures what it is given, in order, the last again and again; trains as often as it is asked whether it does.

    Args:
        found: What measurements give: an `Alone`, None (disturbed), an error or a whole `Given`.
        trains: Answers to whether something trains; nothing does after the last.
    """

    def __init__(self, found: Iterable[Any] = (alone(),), trains: Iterable[bool] = ()) -> None:
        self._found, self._trains = list(found), list(trains)
        self.measured: list[tuple[RunSpec, str]] = []
        self.given: list[Given] = []

    def trains(self) -> bool:
        return self._trains.pop(0) if self._trains else False

    def measure(self, spec: RunSpec, dataset_id: str) -> Given:
        self.measured.append((spec, dataset_id))
        found = self._found.pop(0) if len(self._found) > 1 else self._found[0]
        self.given.append(found if isinstance(found, Given) else Given(found))
        return self.given[-1]
