"""What `sweep` prints: trials, what they found, and the verdict on it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seqcore.analysis.importance import Importance, describe_importances, importances
from seqcore.analysis.verdict import Verdict, verdict
from seqcore.cli.comparing import print_verdict, verdict_as_json
from seqcore.cli.output import print_table
from seqcore.lab.compare import Compared
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.drive import STOPPED
from seqcore.lab.sweep.driver import SweepDriver
from seqcore.lab.sweep.final import outcome
from seqcore.lab.sweep.picture import words_of
from seqcore.lab.sweep.trials import Trial, TrialState, best_trial, comparable_trials


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
    values = ", ".join(f"{each.name} {_short(trial.values[each.name])}" for each in sweep.space)
    if trial.state == TrialState.FINISHED:
        return f"trial {trial.number}: {values}: validation loss {trial.loss:.4f}, accuracy {trial.accuracy:.4f}"
    return f"trial {trial.number}: {values}: {trial.state} after {len(trial.losses)} epochs"


def print_sweeps(drivers: Sequence[SweepDriver], final: Judged | None, *, stopped: bool) -> None:
    """The trials of every sweep, what they found, and the verdict on it."""
    for driver in drivers:
        best = best_trial(driver.trials, driver.sweep.measure)
        names = [each.name for each in driver.sweep.space]
        rows = [
            (
                f"{trial.number}{' *' if trial is best else ''}",
                *(_short(trial.values[name]) for name in names),
                trial.state.value,
                len(trial.losses),
                "" if trial.loss != trial.loss else f"{trial.loss:.4f}",
                "" if trial.accuracy != trial.accuracy else f"{trial.accuracy:.4f}",
            )
            for trial in driver.trials
        ]
        titles = [each.title for each in driver.sweep.space]
        print_table(("trial", *titles, "state", "epochs", "validation loss", "validation accuracy"), rows)
        known = len(comparable_trials(driver.trials))
        sys.stderr.write(f"{words_of(driver.sweep, driver.trials)}\n")
        sys.stderr.write(f"{describe_importances(_importances(driver), known)}\n")
    sys.stderr.writelines(f"{outcome(each.over)}\n" for each in drivers)
    if stopped:
        sys.stderr.write(f"{STOPPED}\n")
    found = None if final is None else final.verdict
    if found is not None:
        print_verdict(found, found.standings)


def sweeps_as_json(drivers: Sequence[SweepDriver], final: Judged | None, *, stopped: bool) -> dict[str, Any]:
    """The same as `sweep --json` prints it."""
    found = None if final is None else final.verdict
    judged = None if final is None else {"experiment": final.experiment_id, **(verdict_as_json(found) if found else {})}
    return {
        "stopped": stopped,
        "sweeps": [_sweep_json(driver) for driver in drivers],
        "judged": judged,
    }


def _sweep_json(driver: SweepDriver) -> dict[str, Any]:
    sweep, best = driver.sweep, best_trial(driver.trials, driver.sweep.measure)
    return {
        "architecture": sweep.architecture,
        "experiment": driver.experiment_id,
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
            for trial in driver.trials
        ],
        "best": None if best is None else best.number,
        "settings": driver.over.best,
        "sentence": outcome(driver.over),
        "trials_told": words_of(driver.sweep, driver.trials),
        "importance": [vars(each) for each in _importances(driver)],
    }


def _importances(driver: SweepDriver) -> list[Importance]:
    """How much goes along with each setting, by the lowest validation loss of every trial that was not disturbed."""
    known = comparable_trials(driver.trials)
    columns = {each.title: [trial.values[each.name] for trial in known] for each in driver.sweep.space}
    return importances(columns, [trial.lowest_loss for trial in known])


def _short(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
