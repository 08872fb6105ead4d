"""`sweep`: settings are searched on the validation texts, and the best are judged on the test texts once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from seqcore.architectures import appearance
from seqcore.cli.output import print_json, progress_console, write_file
from seqcore.cli.sweep_told import Judged, print_sweeps, sweeps_as_json, trial_line
from seqcore.cli.training import POLL_SECONDS, open_store, started_engine, watch
from seqcore.datasets import LabelledData, split_rows
from seqcore.datasets.reading import Reading
from seqcore.engine import Engine
from seqcore.engine.worker_memory import memory_of_worker
from seqcore.errors import OptionError, TrainingError
from seqcore.lab.compare import compared_models
from seqcore.lab.memory import refuse_what_does_not_fit
from seqcore.lab.plan import Choices
from seqcore.lab.start import start_experiment
from seqcore.lab.sweep.course import Sweep, best_values
from seqcore.lab.sweep.driver import SweepDriver
from seqcore.lab.sweep.final import Over, final_specs, refuse_seen_seeds
from seqcore.lab.sweep.picture import picture_of
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.trials import Measure, Trial, TrialState
from seqcore.settings import Settings, get_settings
from seqcore.store import RunState, Store

MEASURES: dict[str, Measure] = {"loss": "loss", "accuracy": "accuracy"}


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
        picture: Where the trials are drawn; of several architectures, each in a file with its name.
    """

    ticked: tuple[str, ...]
    trials: int
    seed: int
    seeds: tuple[int, ...]
    measure: str
    prune: bool
    picture: Path | None = None

    def picture_of(self, architecture: str, of: int) -> Path | None:
        """The file of one of so many architectures."""
        if self.picture is None or of == 1:
            return self.picture
        return self.picture.with_stem(f"{self.picture.stem}-{architecture}")


def sweep(data: LabelledData, base: Choices, wanted: Wanted, reading: Reading | None, *, as_json: bool) -> None:
    """Search the settings of every architecture, one after the other, then judge what was found.

    Raises:
        OptionError: a setting or a range that cannot be searched.
        TrainingError: the settings that it begins with do not fit in memory, or no trial has finished.
    """
    refuse_seen_seeds(wanted.seed, wanted.seeds)
    split_rows(data, base.split)  # so that data too small to split is refused before anything starts
    sweeps = [_sweep_of(name, base, wanted) for name in base.architectures]
    for each in sweeps:
        _draw(wanted.picture_of(each.architecture, len(sweeps)), each, [])  # a file that cannot be written says so now
    settings = get_settings()
    store = open_store(settings)
    with started_engine(settings) as engine:
        drivers, stopped = [], False
        for each in sweeps:
            drivers.append(_driver(store, settings, data, each, engine))
            stopped = _watched(drivers[-1], wanted.picture_of(each.architecture, len(sweeps)))
            if stopped:
                break
        over = [Over(each.sweep, best_values(each.sweep, each.trials)) for each in drivers]
        final = None if stopped else _judge(store, engine, settings, data, over, wanted.seeds)
        stopped = stopped or (final is not None and final.compared is None)
    if as_json:
        read = {} if reading is None else {"read": reading.to_json()}
        print_json(read | sweeps_as_json(drivers, over, final, stopped=stopped))
    else:
        print_sweeps(drivers, over, final, stopped=stopped)
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


def _watched(driver: SweepDriver, picture: Path | None) -> bool:
    """Show a sweep until it is over; True when Ctrl-C ended it, after its last training has."""
    pause, stopping, told, drawn = threading.Event(), False, set[int](), 0
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
                            trial_line(driver.sweep, trial), markup=False, highlight=False, soft_wrap=True
                        )
                progress.update(task, completed=len(told), stage=f"{len(told)} of {driver.sweep.trials} trials")
                if len(told) > drawn:
                    drawn = len(told)
                    _draw(picture, driver.sweep, driver.trials)
                if over:
                    return stopping
                pause.wait(POLL_SECONDS)
            except KeyboardInterrupt:
                progress.console.print("Stopping. The trials so far are kept.")
                stopping = True


def _draw(file: Path | None, sweep: Sweep, trials: Sequence[Trial]) -> None:
    if file is not None:
        write_file(file, picture_of(sweep, trials).encode())


def _judge(
    store: Store, engine: Engine, settings: Settings, data: LabelledData, over: Sequence[Over], seeds: Sequence[int]
) -> Judged | None:
    """Train what was found and what it began with from fresh seeds; None where there is nothing to compare."""
    specs = final_specs(over, data.content_hash, seeds, max_epochs=settings.max_epochs)
    if not specs:
        return None
    experiment = start_experiment(store, settings.workspace, data, specs, submit=engine.submit)
    store.experiments.rename(settings.workspace, experiment.id, f"After the sweep: {experiment.name}")
    runs = watch(store, engine, settings.workspace, experiment.run_ids)
    failed = [run for run in runs if run.state in (RunState.FAILED, RunState.INTERRUPTED)]
    if failed:
        raise TrainingError("; ".join(f"{run.architecture} {run.state}: {run.message}" for run in failed))
    whole = all(run.state == RunState.FINISHED for run in runs)  # half a training is no evidence against a whole one
    return Judged(experiment.id, compared_models(store, experiment) if whole else None)
