"""Pruning: a trial that does worse than most did by the same epoch is not trained to its end.

The rule is Optuna's MedianPruner (Golovin et al., 2017, "Google Vizier", section 3.5.2), as a function of the trials.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import median

from seqcore.lab.sweep.trials import Trial, TrialState

FIRST_PEERS = 4  # trials that must have got as far before any is compared with them
FIRST_EPOCHS = 2  # epochs that every trial gets, however it does


def pruned_after(trial: Trial, peers: Sequence[Trial]) -> int | None:
    """The epoch, from 1, after which a trial is given up; None while there is no reason to.

    It is the first one at which its lowest validation loss so far lies above the median of that of the peers.

    Args:
        trial: That trains, or has ended.
        peers: Trials that had ended before; those that did not get as far, or failed, say nothing.
    """
    known = [_lowest_so_far(peer) for peer in peers if peer.state in (TrialState.FINISHED, TrialState.PRUNED)]
    for epoch, lowest in enumerate(_lowest_so_far(trial), start=1):
        reached = [losses[epoch - 1] for losses in known if len(losses) >= epoch]
        if epoch > FIRST_EPOCHS and len(reached) >= FIRST_PEERS and lowest > median(reached):
            return epoch
    return None


def judged(trial: Trial, peers: Sequence[Trial]) -> Trial:
    """A trial that has ended, as the rule has it: what was trained beyond the end that it sets does not count.

    How soon a training notices that it should stop is chance; this takes the chance out of what is proposed next.
    """
    epoch = pruned_after(trial, peers) if trial.state in (TrialState.FINISHED, TrialState.STOPPED) else None
    if epoch is None:
        return trial
    return replace(trial, state=TrialState.PRUNED, losses=trial.losses[:epoch], loss=math.nan, accuracy=math.nan)


def _lowest_so_far(trial: Trial) -> list[float]:
    """(epochs,) a loss that is not a number counts as infinite."""
    return list(accumulate((loss if math.isfinite(loss) else math.inf for loss in trial.losses), min))
