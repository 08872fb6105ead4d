"""`sweep`: settings are searched on the validation texts, and the best are judged on the test texts once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rich.progress import BarColumn, Progress, TextColumn

from seqcore.analysis.verdict import verdict
from seqcore.architectures import appearance
from seqcore.cli.comparing import print_verdict, verdict_as_json
from seqcore.cli.output import print_json, print_table, progress_console
from seqcore.cli.training import POLL_SECONDS, open_store, started_engine, watch
from seqcore.datasets import LabelledData, split_rows
from seqcore.datasets.reading import Reading
from seqcore.engine import Engine
from seqcore.engine.worker_memory import memory_of_worker
from seqcore.errors import OptionError, TrainingError
from seqcore.lab.compare import Compared, compared_models
from seqcore.lab.memory import refuse_what_does_not_fit
from seqcore.lab.plan import Choices
from seqcore.lab.start import start_experiment
from seqcore.lab.sweep.course import Sweep, best_values
from seqcore.lab.sweep.driver import SweepDriver
from seqcore.lab.sweep.final import Over, final_specs, outcome, refuse_seen_seeds
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.trials import Measure, Trial, TrialState, best_trial
from seqcore.settings import Settings, get_settings
from seqcore.store import DONE, Store

MEASURES: dict[str, Measure] = {"loss": "loss", "accuracy": "accuracy"}
STOPPED = "Stopped. The trials so far are kept; nothing was judged on the test texts."


@dataclass(frozen=True)
class Wanted:
    """What is asked of a sweep.

    Attributes:
        ticked: Settings to search, see `search_space`.
        trials: Of each architecture.
        seed: Draws the proposals, and is the seed of the trials.
        seeds: The fresh ones that judge.
        measure: What is made better on the validation texts.
        prune: Whether trials that do worse than most end early.
    """

    ticked: tuple[str, ...]
    trials: int
    seed: int
    seeds: tuple[int, ...]
    measure: str
    prune: bool


def sweep(data: LabelledData, base: Choices, wanted: Wanted, reading: Reading | None, *, as_json: bool) -> None:
    """Search the settings of every architecture, one after the other, then judge what was found.

    Raises:
        OptionError: a setting or a range that cannot be searched.
        TrainingError: the settings that it begins with do not fit in memory, or no trial has finished.
    """
    refuse_seen_seeds(wanted.seed, wanted.seeds)
    split_rows(data, base.split)  # so that data too small to split is refused before anything starts
    sweeps = [_sweep_of(name, base, wanted) for name in base.architectures]
    settings = get_settings()
    store = open_store(settings)
    with started_engine(settings) as engine:
        drivers, stopped = [], False
        for each in sweeps:
            drivers.append(_driver(store, settings, data, each, engine))
            stopped = _watched(drivers[-1])
            if stopped:
                break
        over = [Over(each.sweep, best_values(each.sweep, each.trials)) for each in drivers]
        final = None if stopped else _judge(store, engine, settings, data, over, wanted.seeds)
    if as_json:
        read = {} if reading is None else {"read": reading.to_json()}
        print_json(read | _as_json(drivers, over, final, stopped=stopped))
    else:
        _print(drivers, over, final, stopped=stopped)
    if not stopped and any(each.best is None for each in over):
        raise TrainingError("No trial has finished", remedy="See `runs` for what became of them")


def _sweep_of(name: str, base: Choices, wanted: Wanted) -> Sweep:
    if wanted.measure not in MEASURES:
        raise OptionError(
            "Settings cannot be searched by that measure",
            received=repr(wanted.measure),
            remedy=f"Choose from: {', '.join(MEASURES)}",
        )
    own = replace(base, architectures=(name,))
    return Sweep(
        name, search_space(name, wanted.ticked, own), own, trials=wanted.trials, seed=wanted.seed,
        measure=MEASURES[wanted.measure], prune=wanted.prune,
    )  # fmt: skip


def _driver(store: Store, settings: Settings, data: LabelledData, sweep: Sweep, engine: Engine) -> SweepDriver:
    memory = memory_of_worker(settings)

    def refuse(chosen: Choices) -> None:
        refuse_what_does_not_fit(data, chosen, memory)

    return SweepDriver(
        store, settings.workspace, data, sweep, engine, places=settings.workers, max_epochs=settings.max_epochs,
        refuse=refuse,
    )  # fmt: skip


def _watched(driver: SweepDriver) -> bool:
    """Show a sweep until it is over; True when Ctrl-C ended it, after its last training has."""
    pause, stopping, told = threading.Event(), False, set[int]()
    columns = (TextColumn("{task.description:26}"), BarColumn(), TextColumn("{task.fields[stage]}"))
    with Progress(*columns, console=progress_console()) as progress:
        label = f"{appearance(driver.sweep.architecture).label}, sweep"
        task = progress.add_task(label, total=driver.sweep.trials, stage="")
        while True:
            try:
                over = driver.stop() if stopping else driver.step()
                for trial in driver.trials:
                    if trial.state != TrialState.GOING and trial.number not in told:
                        told.add(trial.number)
                        progress.console.print(
                            _line(driver.sweep, trial), markup=False, highlight=False, soft_wrap=True
                        )
                progress.update(task, completed=len(told), stage=f"{len(told)} of {driver.sweep.trials} trials")
                if over:
                    return stopping
                pause.wait(POLL_SECONDS)
            except KeyboardInterrupt:
                progress.console.print("Stopping. The trials so far are kept.")
                stopping = True


def _judge(
    store: Store, engine: Engine, settings: Settings, data: LabelledData, over: Sequence[Over], seeds: Sequence[int]
) -> tuple[str, Compared] | None:
    """Train what was found and what it began with from fresh seeds; None where there is nothing to compare."""
    specs = final_specs(over, data.content_hash, seeds, max_epochs=settings.max_epochs)
    if not specs:
        return None
    experiment = start_experiment(store, settings.workspace, data, specs, submit=engine.submit)
    store.experiments.rename(settings.workspace, experiment.id, f"After the sweep: {experiment.name}")
    runs = watch(store, engine, settings.workspace, experiment.run_ids)
    if not any(run.state in DONE and run.scores for run in runs):
        raise TrainingError("; ".join(f"{run.architecture} {run.state}: {run.message}" for run in runs))
    return experiment.id, compared_models(store, experiment)


def _line(sweep: Sweep, trial: Trial) -> str:
    """A trial that has ended, in a line."""
    values = ", ".join(f"{each.name} {_short(trial.values[each.name])}" for each in sweep.space)
    if trial.state == TrialState.FINISHED:
        return f"trial {trial.number}: {values}: validation loss {trial.loss:.4f}, accuracy {trial.accuracy:.4f}"
    return f"trial {trial.number}: {values}: {trial.state} after {len(trial.losses)} epochs"


def _print(
    drivers: Sequence[SweepDriver], over: Sequence[Over], final: tuple[str, Compared] | None, *, stopped: bool
) -> None:
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
    sys.stderr.writelines(f"{outcome(each)}\n" for each in over)
    if stopped:
        sys.stderr.write(f"{STOPPED}\n")
    if final is not None:
        found = verdict(final[1].standings, final[1].baseline)
        print_verdict(found, final[1].standings)


def _as_json(
    drivers: Sequence[SweepDriver], over: Sequence[Over], final: tuple[str, Compared] | None, *, stopped: bool
) -> dict[str, Any]:
    judged = None
    if final is not None:
        judged = {"experiment": final[0], **verdict_as_json(verdict(final[1].standings, final[1].baseline))}
    return {
        "stopped": stopped,
        "sweeps": [_sweep_json(driver, each) for driver, each in zip(drivers, over, strict=True)],
        "judged": judged,
    }


def _sweep_json(driver: SweepDriver, over: Over) -> dict[str, Any]:
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
        "settings": over.best,
        "sentence": outcome(over),
    }


def _short(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
