"""What `sweep` prints: trials, what they found, and the verdict on it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seqcore.analysis.importance import describe_importances
from seqcore.analysis.verdict import Verdict, verdict
from seqcore.cli.comparing import print_verdict, verdict_as_json
from seqcore.cli.output import print_table
from seqcore.lab.compare import Compared
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.drive import STOPPED
from seqcore.lab.sweep.final import outcome
from seqcore.lab.sweep.picture import words_of
from seqcore.lab.sweep.so_far import SoFar
from seqcore.lab.sweep.trials import Trial, TrialState
from seqcore.plots.trial_axes import short_value


@dataclass(frozen=True)
class Judged:
    """The models that judge a sweep.

    Attributes:
        experiment_id: Where they are.
        compared: The models; None where Ctrl-C ended their training.
    """

    experiment_id: str
    compared: Compared | None

    @property
    def verdict(self) -> Verdict | None:
        """On the models, by their accuracy on the test texts."""
        return None if self.compared is None else verdict(self.compared.standings, self.compared.baseline)


def trial_line(sweep: Sweep, trial: Trial) -> str:
    """A trial that has ended, in a line."""
    values = ", ".join(f"{each.name} {short_value(trial.values[each.name])}" for each in sweep.space)
    if trial.state == TrialState.FINISHED:
        return f"trial {trial.number}: {values}: validation loss {trial.loss:.4f}, accuracy {trial.accuracy:.4f}"
    return f"trial {trial.number}: {values}: {trial.state} after {len(trial.losses)} epochs"


def print_sweeps(sweeps: Sequence[SoFar], final: Judged | None, *, stopped: bool) -> None:
    """The trials of every sweep, what they found, and the verdict on it."""
    for found in sweeps:
        names = [each.name for each in found.sweep.space]
        rows = [
            (
                f"{trial.number}{' *' if trial is found.best else ''}",
                *(short_value(trial.values[name]) for name in names),
                trial.state.value,
                len(trial.losses),
                "" if trial.loss != trial.loss else f"{trial.loss:.4f}",
                "" if trial.accuracy != trial.accuracy else f"{trial.accuracy:.4f}",
            )
            for trial in found.trials
        ]
        titles = [each.title for each in found.sweep.space]
        print_table(("trial", *titles, "state", "epochs", "validation loss", "validation accuracy"), rows)
        sys.stderr.write(f"{words_of(found.sweep, found.trials)}\n")
        sys.stderr.write(f"{describe_importances(found.importances(), len(found.comparable))}\n")
    sys.stderr.writelines(f"{outcome(each.over)}\n" for each in sweeps)
    if stopped:
        sys.stderr.write(f"{STOPPED}\n")
    judged = None if final is None else final.verdict
    if judged is not None:
        print_verdict(judged, judged.standings)


def sweeps_as_json(sweeps: Sequence[SoFar], final: Judged | None, *, stopped: bool) -> dict[str, Any]:
    """The same as `sweep --json` prints it."""
    found = None if final is None else final.verdict
    judged = None if final is None else {"experiment": final.experiment_id, **(verdict_as_json(found) if found else {})}
    return {"stopped": stopped, "sweeps": [_sweep_json(each) for each in sweeps], "judged": judged}


def _sweep_json(found: SoFar) -> dict[str, Any]:
    sweep, best = found.sweep, found.best
    return {
        "architecture": sweep.architecture,
        "experiment": found.experiment_id,
        "seed": sweep.seed,
        "measure": sweep.measure,
        "searched": {each.name: each.told for each in sweep.space},
        "trials": [
            {
                "number": trial.number,
                "run": trial.run_id,
                "state": trial.state.value,
                "settings": dict(trial.values),
                "epochs": len(trial.losses),
                "validation": {"loss": trial.loss, "accuracy": trial.accuracy},
            }
            for trial in found.trials
        ],
        "best": None if best is None else best.number,
        "settings": found.over.best,
        "sentence": outcome(found.over),
        "trials_told": words_of(found.sweep, found.trials),
        "importance": [vars(each) for each in found.importances()],
    }
