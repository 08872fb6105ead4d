"""Where data sets, experiments, runs and their numbers are kept."""

from seqcore.store.allowance import Limits, Usage
from seqcore.store.records import ACTIVE, DONE, ActiveRun, Dataset, EngineRecord, Experiment, MetricRow, RunState
from seqcore.store.run_record import Run
from seqcore.store.store import Store
from seqcore.store.sweep_record import SweepRecord, SweepState, TrialRecord

__all__ = [
    "ACTIVE",
    "DONE",
    "ActiveRun",
    "Dataset",
    "EngineRecord",
    "Experiment",
    "Limits",
    "MetricRow",
    "Run",
    "RunState",
    "Store",
    "SweepRecord",
    "SweepState",
    "TrialRecord",
    "Usage",
]
