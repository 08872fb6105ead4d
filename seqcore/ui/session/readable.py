"""Whether what was stored of a run can still be read, its evaluation included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.errors import InspectionError, NotFoundError
from seqcore.ui.session import cache
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from seqcore.store import Run


def problem_of(run: Run) -> str:
    """Why a run cannot be read, in a sentence; empty when it can, as far as it has come."""
    if run.problem or run.scores is None:
        return run.problem
    try:
        _read_evaluation(run.id)
    except InspectionError as error:
        return str(error)
    except NotFoundError:
        return ""  # nothing is damaged; the pages that need the file say what is missing
    return ""


@remember()
def _read_evaluation(run_id: str) -> None:
    """Read it once; only that it could be read is remembered.

    Raises:
        NotFoundError: there is none.
        InspectionError: it is damaged, or a newer version wrote it.
    """
    cache.evaluation(run_id)
