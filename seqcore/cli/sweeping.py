"""`sweep`: settings are searched on the validation texts, and the best are judged on the test texts once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from seqcore.architectures import appearance
from seqcore.cli import beginning
from seqcore.cli.output import print_json, progress_console, write_file
from seqcore.cli.sweep_told import Judged, print_sweeps, sweeps_as_json, trial_line
from seqcore.cli.training import POLL_SECONDS, open_store, started_engine, watch
from seqcore.datasets import LabelledData, split_rows
from seqcore.datasets.reading import Reading
from seqcore.engine import Engine
from seqcore.errors import EngineError, LimitError, OptionError, TrainingError
from seqcore.lab.compare import compared_models
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.drive import LONGEST_WAIT, Drive, Workshop, judge, new_name
from seqcore.lab.sweep.final import refuse_seen_seeds
from seqcore.lab.sweep.picture import picture_of
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.start import start_sweep
from seqcore.lab.sweep.trials import Measure, Trial, TrialState
from seqcore.settings import get_settings
from seqcore.store import RunState, Store, SweepState

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
        begins_with: Word vectors and an encoder that the models begin with.
    """

    ticked: tuple[str, ...]
    trials: int
    seed: int
    seeds: tuple[int, ...]
    measure: str
    prune: bool
    picture: Path | None = None
    begins_with: beginning.Wanted = beginning.NO_VECTORS

    def picture_of(self, architecture: str, of: int) -> Path | None:
        """The file of one of so many architectures."""
        if self.picture is None or of == 1:
            return self.picture
        return self.picture.with_stem(f"{self.picture.stem}-{architecture}")


def sweep(data: LabelledData, base: Choices, wanted: Wanted, reading: Reading | None, *, as_json: bool) -> None:
    """Search the settings of every architecture, one after the other, then judge what was found.

    Raises:
        OptionError: a setting or a range that cannot be searched.
        DataError: the file of word vectors or the encoder cannot be read.
        TrainingError: the settings that it begins with do not fit in memory, or no trial has finished.
    """
    refuse_seen_seeds(wanted.seed, wanted.seeds)
    split_rows(data, base.split)  # so that data too small to split is refused before anything starts
    base, vectors = beginning.with_vectors(data, base, wanted.begins_with)
    base, pretrained = beginning.with_encoder(base, wanted.begins_with)
    sweeps = [_sweep_of(name, base, wanted) for name in base.architectures]
    for each in sweeps:
        _draw(wanted.picture_of(each.architecture, len(sweeps)), each, [])  # a file that cannot be written says so now
    settings = get_settings()
    store, drives, who = open_store(settings), list[Drive](), new_name()
    with started_engine(settings) as engine:
        workshop = Workshop(store, lambda: engine, settings)
        stopped = False
        for each in sweeps:
            kept = start_sweep(
                store, settings.workspace, data, each, seeds=wanted.seeds, max_epochs=settings.max_epochs,
                vectors=vectors, pretrained=pretrained,
            )  # fmt: skip
            drives.append(Drive(workshop, kept.id, who, judges=False))
            stopped = watch_sweep(workshop, drives, wanted.picture_of(each.architecture, len(sweeps)))
            if stopped:
                break
        final = None if stopped else _judge(workshop, engine, drives, who)
        stopped = stopped or (final is not None and final.compared is None)
    found = [each.driver.so_far for each in drives if each.driver is not None]
    if as_json:
        read = {} if reading is None else {"read": reading.to_json()}
        print_json(read | sweeps_as_json(found, final, stopped=stopped))
    else:
        print_sweeps(found, final, stopped=stopped)
    if not stopped and any(each.over.best is None for each in found):
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


def watch_sweep(workshop: Workshop, drives: Sequence[Drive], picture: Path | None = None) -> bool:
    """Drive sweeps until the last of them has nothing more to do here, and show it; True when it was stopped.

    Ctrl-C stops them all, after the trainings that go on have ended.

    Args:
        workshop: What they are driven with.
        drives: The last one is shown; those before it have no trial left to do.
        picture: Where its trials are drawn.

    Raises:
        SeqlabError: it has failed.
        EngineError: another process drives it now.
    """
    drive, pause, told, drawn = drives[-1], threading.Event(), set[int](), 0
    store, workspace = workshop.store, workshop.settings.workspace
    columns = (TextColumn("{task.description:26}"), BarColumn(), TextColumn("{task.fields[stage]}"))
    with Progress(*columns, console=progress_console()) as progress:
        task = progress.add_task("Sweep", total=1, stage="")
        while True:
            try:
                over = _look(drives)
                if drive.driver is not None:
                    _show(progress, task, drive, told)
                    if len(told) > drawn:
                        drawn = len(told)
                        _draw(picture, drive.driver.sweep, drive.driver.trials)
                if over:
                    return _was_stopped(workshop, drive)
                if drive.searched and not drive.judges:
                    return False
                pause.wait(POLL_SECONDS)
            except KeyboardInterrupt:
                progress.console.print("Stopping. The trials so far are kept.")
                for each in drives:
                    store.sweeps.ask_to_stop(workspace, each.sweep_id)


def _show(progress: Progress, task: TaskID, drive: Drive, told: set[int]) -> None:
    """A line for every trial that has ended since, and how far the sweep is."""
    driver = drive.driver
    if driver is None:
        return
    for trial in driver.trials:
        if trial.state != TrialState.GOING and trial.number not in told:
            told.add(trial.number)
            progress.console.print(trial_line(driver.sweep, trial), markup=False, highlight=False, soft_wrap=True)
    stage = drive.waits or ("judging" if drive.searched else f"{len(told)} of {driver.sweep.trials} trials")
    label = f"{appearance(driver.sweep.architecture).label}, sweep"
    progress.update(task, description=label, completed=len(told), total=driver.sweep.trials, stage=stage)


def _was_stopped(workshop: Workshop, drive: Drive) -> bool:
    """Whether a sweep that has nothing more to do here was stopped by somebody."""
    if drive.error is not None:
        raise drive.error
    record = workshop.store.sweeps.get(workshop.settings.workspace, drive.sweep_id)
    if record.is_open:
        raise EngineError("Another process drives this sweep now", received=record.id, remedy="See `sweeps`")
    return record.state == SweepState.STOPPED


def _judge(workshop: Workshop, engine: Engine, drives: Sequence[Drive], who: str) -> Judged | None:
    """Train what was found and what it began with from fresh seeds; None where there is nothing to compare."""
    store, workspace, pause = workshop.store, workshop.settings.workspace, threading.Event()
    found = {each.sweep_id: each.driver for each in drives if each.driver is not None}
    while True:
        try:
            if not judge(workshop, found, who):
                return None
            break
        except LimitError as error:
            progress_console().print(f"Waits: {error}", markup=False, highlight=False)
            pause.wait(LONGEST_WAIT)
            _look(drives)
    final = store.sweeps.get(workspace, drives[0].sweep_id).final_experiment_id or ""
    run_ids = [run.id for run in store.runs.of(workspace, final)]
    watch(store, engine, workspace, run_ids, meanwhile=lambda: _look(drives))
    while not _look(drives):
        pause.wait(POLL_SECONDS)
    return judged_in(store, workspace, final)


def judged_in(store: Store, workspace: str, experiment_id: str) -> Judged:
    """What an experiment says that judges a sweep.

    Raises:
        TrainingError: a run of it has failed.
    """
    runs = store.runs.of(workspace, experiment_id)
    failed = [run for run in runs if run.state in (RunState.FAILED, RunState.INTERRUPTED)]
    if failed:
        raise TrainingError("; ".join(f"{run.architecture} {run.state}: {run.message}" for run in failed))
    whole = all(run.state == RunState.FINISHED for run in runs)  # half a training is no evidence against a whole one
    experiment = store.experiments.get(workspace, experiment_id)
    return Judged(experiment_id, compared_models(store, experiment) if whole else None)


def _look(drives: Sequence[Drive]) -> bool:
    """Look at every sweep; True when none has anything more to do."""
    return all([each.look() for each in drives])


def _draw(file: Path | None, sweep: Sweep, trials: Sequence[Trial]) -> None:
    if file is not None:
        write_file(file, picture_of(sweep, trials).encode())
