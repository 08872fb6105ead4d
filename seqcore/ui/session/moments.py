"""Which moments of their training runs have kept, read once of those that are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.inspections.problems import why_no_moments
from seqcore.ui.session import shared
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from datetime import datetime

    from seqcore.store import Run
    from seqcore.store.moments import Moments


def epochs_of(run: Run) -> tuple[int, ...]:
    """After which epochs the run kept its weights, rising; 0 is before the first step."""
    found = _moments_of(run)
    return found.epochs if found else ()


def why_none_of(run: Run) -> str:
    """Why it has none, as it follows the model's name; empty where it has some."""
    return why_no_moments(run.architecture, _moments_of(run))


def _moments_of(run: Run) -> Moments | None:
    from seqcore.store import DONE
    from seqcore.store.moments import read_moments

    return _of_done(run.id, run.finished) if run.state in DONE else read_moments(shared.get_store().artifacts, run.id)


@remember()
def _of_done(run_id: str, finished: datetime | None) -> Moments | None:
    """One that was interrupted goes on, and ends another time with other moments."""
    from seqcore.store.moments import read_moments

    return read_moments(shared.get_store().artifacts, run_id)
