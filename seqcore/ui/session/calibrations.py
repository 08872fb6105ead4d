"""What the probabilities of runs are worth, worked out once for everybody who looks."""

from __future__ import annotations

from seqcore.lab.calibrate import Calibration
from seqcore.lab.calibrate import calibration_of as worked_out
from seqcore.ui.session import shared, still_there
from seqcore.ui.session.kept import remember


def calibration_of(run_id: str) -> Calibration:
    """What a run's probabilities are worth; the run's answers never change, and may be gone.

    Raises:
        NotFoundError: the run is gone, or has not been evaluated.
        InspectionError: its answers are damaged.
    """
    still_there.check_run(run_id)
    return _calibration_of(run_id)


@remember()
def _calibration_of(run_id: str) -> Calibration:
    store = shared.get_store()
    return worked_out(store, store.runs.find(run_id))
