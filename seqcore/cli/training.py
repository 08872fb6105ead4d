"""`train` and `resume`: from a file, or from where it stopped, to finished runs."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, cast

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from seqcore.analysis.run_names import run_label
from seqcore.analysis.settings_told import beginnings_by_name, changed_settings, settings_by_name
from seqcore.architectures import appearance, get_architecture
from seqcore.cli.beginning import NO_VECTORS, Wanted, with_encoder, with_vectors
from seqcore.cli.output import print_json, print_progress, print_table, progress_console
from seqcore.datasets import LabelledData, refuse_to_redraw_a_given_test, split_rows
from seqcore.datasets.reading import Reading
from seqcore.engine import Engine
from seqcore.engine.worker_memory import memory_of_worker
from seqcore.errors import OptionError, TrainingError
from seqcore.kinds import get_kind
from seqcore.lab.match import Matched, check_match, match_models, reference_of, sizes_for_match
from seqcore.lab.measure.measurer import Measurer
from seqcore.lab.measure.steps import Steps, measure_steps
from seqcore.lab.memory import refuse_what_does_not_fit
from seqcore.lab.more_seeds import train_more_seeds
from seqcore.lab.plan import Choices, Match
from seqcore.lab.resume import interrupted_runs, resume_runs
from seqcore.lab.start import start_experiment
from seqcore.lab.stop import stop_runs
from seqcore.settings import Settings, get_settings
from seqcore.spec import PRESETS, RunSpec
from seqcore.store import DONE, Limits, Run, RunState, Store
from seqcore.store.database import patient
from seqcore.store.private import keep_private

if TYPE_CHECKING:
    from seqcore.cli.like import Before

POLL_SECONDS = 0.25


def parse_settings(pairs: Sequence[str]) -> dict[str, Any]:
    """`["units=64", "tokenizer=word"]` as names and values; a value is JSON where it can be, else text."""
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise OptionError(
                "--set takes option=value", received=repr(pair), remedy="Write for example --set units=64"
            )
        try:
            values[name.strip()] = json.loads(value)
        except ValueError:
            values[name.strip()] = value.strip()
    return values


def parse_seeds(text: str) -> list[int]:
    """`"0,1,2"` as whole numbers from 0."""
    try:
        seeds = [int(part) for part in text.split(",")]
    except ValueError:
        seeds = [-1]
    if any(not 0 <= seed < 2**31 for seed in seeds):
        raise OptionError(
            "Seeds are whole numbers from 0, separated by commas", received=repr(text), remedy="--seeds 0,1,2"
        )
    return list(dict.fromkeys(seeds))


def plan(
    architectures: str | None,
    values: dict[str, Any],
    *,
    preset: str | None,
    before: Before | None = None,
    kind: str = "text",
) -> Choices:
    """What to train on data of a kind, from names with commas, loose settings, a preset or what was trained before."""
    usual = Choices().within(get_settings().max_epochs).for_kind(kind)
    chosen = usual if before is None else before.with_values(values)
    if before is not None and preset is not None:
        raise OptionError("--like and --preset were both given", remedy="Choose one of them")
    if architectures is not None:
        names = [name.strip() for name in architectures.split(",") if name.strip()]
        chosen = replace(chosen, architectures=tuple(dict.fromkeys(get_architecture(name).name for name in names)))
    if preset is not None and preset not in PRESETS:
        raise OptionError("There is no such preset", received=repr(preset), remedy=f"Choose from: {', '.join(PRESETS)}")
    if preset is not None:
        chosen = chosen.with_preset(PRESETS[preset])
    return chosen.with_values(values)


def matching(chosen: Choices, match: str, match_to: str) -> Choices:
    """The same with what the models are to be made equal in.

    Raises:
        OptionError: they cannot be, or not to this model.
    """
    wanted = replace(chosen, match=cast(Match, match), match_to=match_to)
    check_match(wanted)
    return wanted


def train(
    data: LabelledData,
    chosen: Choices,
    seeds: Sequence[int],
    *,
    as_json: bool,
    reading: Reading | None = None,
    vectors: Wanted = NO_VECTORS,
) -> None:
    """Train every architecture with every seed, side by side, and print how they did.

    Raises:
        TrainingError: a model does not fit in memory, or a run failed; everything else was printed before.
    """
    refuse_to_redraw_a_given_test(data, chosen.split)
    split_rows(data, chosen.split)  # so that data too small to split is refused before anything starts
    settings = get_settings()
    chosen, given = with_vectors(data, chosen, vectors)
    chosen, pretrained = with_encoder(chosen, vectors)
    matched = _matched(data, chosen)
    specs = specs_of(matched.chosen, data.content_hash, seeds, settings)
    told = get_kind(data.kind).told(data.examples, chosen.input)
    sys.stderr.write(f"{told}\n" if told else "")
    refuse_what_does_not_fit(data, matched.chosen, memory_of_worker(settings))
    store = open_store(settings)
    with started_engine(settings) as engine:
        experiment = start_experiment(
            store, settings.workspace, data, specs, submit=engine.submit, vectors=given, pretrained=pretrained
        )  # fmt: skip
        runs = watch(store, engine, settings.workspace, experiment.run_ids)
    _report(experiment.id, runs, store=store, as_json=as_json, reading=reading, match=matched_json(matched))


def _matched(data: LabelledData, chosen: Choices) -> Matched:
    """The chosen models made equal, if they are to be; what was done is said on standard error."""
    if chosen.match == "none":
        return Matched(chosen)
    matched = match_models(chosen, *sizes_for_match(data, chosen), _measured_steps(data, chosen))
    labels = {name: appearance(name).label for name in matched.models}
    sys.stderr.writelines(f"{labels[name]}: {model.said}\n" for name, model in matched.models.items())
    sys.stderr.write(f"{matched.said}\n")
    return matched


def _measured_steps(data: LabelledData, chosen: Choices) -> Steps | None:
    """How long training steps take, where that is to be made equal."""
    reference, settings = reference_of(chosen), get_settings()
    if chosen.match != "seconds" or reference is None:
        return None
    dataset = open_store(settings).datasets.add(settings.workspace, data)
    with measuring(settings) as measurer:
        return measure_steps(chosen, reference.name, dataset.id, data.content_hash, measurer)


def matched_json(matched: Matched) -> dict[str, Any] | None:
    """What was matched, as JSON; None where nothing was."""
    if matched.chosen.match == "none":
        return None
    return {
        "by": matched.chosen.match,
        "to": matched.reference,
        "sentence": matched.said,
        "models": [asdict(model) for model in matched.models.values()],
    }


def resume(run_ids: Sequence[str], *, as_json: bool) -> None:
    """Let interrupted runs go on from their last checkpoint, and print how they did.

    Raises:
        NotFoundError: there is no run of one of these ids.
        TrainingError: one of them was not interrupted, or failed.
    """
    settings = get_settings()
    store = open_store(settings)
    runs = interrupted_runs(store, settings.workspace, run_ids)
    with started_engine(settings) as engine:
        resume_runs(store, settings.workspace, run_ids, submit=engine.submit)
        runs = watch(store, engine, settings.workspace, run_ids)
    _report(runs[0].experiment_id, runs, store=store, as_json=as_json)


def more_seeds(experiment_id: str, wanted: int, *, as_json: bool) -> None:
    """Train the models of an experiment from further seeds, until each has so many, and print how they did.

    Raises:
        NotFoundError: there is no experiment of that id.
        OptionError: they have as many already.
        TrainingError: a run failed.
    """
    settings = get_settings()
    store = open_store(settings)
    with started_engine(settings) as engine:
        run_ids = train_more_seeds(store, settings.workspace, experiment_id, wanted, submit=engine.submit)
        if not run_ids:
            raise OptionError("Every model has so many seeds", received=str(wanted), remedy="Ask for more with --to")
        runs = watch(store, engine, settings.workspace, run_ids)
    _report(experiment_id, runs, store=store, as_json=as_json)


def open_store(settings: Settings) -> Store:
    """The store in force, with its limits."""
    keep_private(settings)
    return Store(settings.database, settings.artifacts, limits=Limits.of(settings))


def _report(
    experiment_id: str,
    runs: Sequence[Run],
    *,
    store: Store,
    as_json: bool,
    reading: Reading | None = None,
    match: dict[str, Any] | None = None,
) -> None:
    if as_json:
        said = {"read": reading and reading.to_json(), "match": match}
        known = {name: value for name, value in said.items() if value is not None}
        print_json({**known, "experiment": experiment_id, "runs": [describe(run, store) for run in runs]})
    else:
        _print_results(runs)
        _print_courses(runs)
    failed = [run for run in runs if run.state in (RunState.FAILED, RunState.INTERRUPTED)]
    if failed:
        raise TrainingError("; ".join(f"{run.architecture} {run.state}: {run.message}" for run in failed))


def specs_of(chosen: Choices, content: str, seeds: Sequence[int], settings: Settings) -> list[RunSpec]:
    """The runs: every seed of every architecture, architectures in order."""
    return chosen.with_seeds(seeds).specs(content, max_epochs=settings.max_epochs)


@contextmanager
def started_engine(settings: Settings, *, training_workers: int | None = None) -> Iterator[Engine]:
    """An engine for as long as the block lasts."""
    engine = Engine.start(settings, training_workers=training_workers)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def measuring(settings: Settings) -> Iterator[Measurer]:
    """Measures models with an engine that lives as long as the block; what it does is said on standard error."""
    with started_engine(settings) as engine:
        yield Measurer(engine, lambda stage: print_progress(f"{stage} …"), threading.Event())


def describe(run: Run, store: Store) -> dict[str, Any]:
    """A run as JSON; `store` knows what it begins with."""
    return {
        "run": run.id,
        "experiment": run.experiment_id,
        "architecture": run.architecture,
        "seed": run.seed,
        "name": run.name,
        "state": run.state.value,
        "message": run.message,
        "problem": run.problem,
        "parameters": run.parameters,
        "test": run.results.get("test"),
        "validation": run.results.get("validation"),
        "seconds": run.seconds,
        "epochs": run.results.get("epochs", int(run.epoch)),
        "settings": None if run.problem else settings_by_name(run.spec),
        "changed": None if run.problem else changed_settings(run.spec),
        "begins_with": None if run.problem else _begins_with(run, store),
        "best_epoch": (run.scores and run.scores.best_epoch) or None,
        "curves": run.results.get("curves"),
    }


def _begins_with(run: Run, store: Store) -> dict[str, str]:
    """The encoder and the file of word vectors of a run, in words; empty where it has neither."""
    if not run.spec.encoder and not run.spec.input.vectors:
        return {}
    return beginnings_by_name(run.spec, store.datasets.names_given(store.datasets.of_run(run.id)))


def watch(
    store: Store,
    engine: Engine,
    workspace: str,
    run_ids: Sequence[str],
    *,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Run]:
    """Show progress until every run has ended; Ctrl-C stops them and keeps what they learned.

    Args:
        store: Where they are.
        engine: That has them.
        workspace: Whose they are.
        run_ids: Which.
        meanwhile: Called with every look.
    """
    pause = threading.Event()
    columns = (
        TextColumn("{task.description:26}"),
        BarColumn(),
        TextColumn("{task.fields[stage]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=progress_console()) as progress:
        tasks: dict[str, TaskID] = {}
        while True:
            try:
                meanwhile()
                runs = _runs_now(store, workspace, run_ids)
                for run in runs:
                    _show(progress, tasks, run)
                if all(run.state in DONE for run in runs):
                    return runs
                pause.wait(POLL_SECONDS)
            except KeyboardInterrupt:
                progress.console.print("Stopping. What was learned so far is kept and evaluated.")
                stop_runs(store, workspace, run_ids, engine=engine)


@patient
def _runs_now(store: Store, workspace: str, run_ids: Sequence[str]) -> list[Run]:
    """A database that is away for a while ends no watching; its runs wait for it too."""
    return [store.runs.get(workspace, run_id) for run_id in run_ids]


def _show(progress: Progress, tasks: dict[str, TaskID], run: Run) -> None:
    if run.id not in tasks:
        name = f"{run_label(run)}, seed {run.seed}"
        tasks[run.id] = progress.add_task(name, total=run.epochs, stage="")
    position = run.epochs if run.state == RunState.FINISHED else run.epoch
    progress.update(tasks[run.id], completed=position, stage=run.state.value)


def _print_results(runs: Sequence[Run]) -> None:
    rows = []
    for run in runs:
        test = run.scores
        numbers = [f"{number:.4f}" for number in (test.accuracy, test.macro_f1, test.loss)] if test else [""] * 3
        seconds = f"{run.seconds.get('training', 0):.1f}"
        rows.append((run.id, run.architecture, run.seed, run.state.value, *numbers, run.parameters, seconds))
    print_table(("run", "architecture", "seed", "state", "accuracy", "macro F1", "loss", "parameters", "seconds"), rows)


def _print_courses(runs: Sequence[Run]) -> None:
    """How each training went, in a sentence, on standard error: it is no result."""
    for run in runs:
        if run.results.get("curves"):
            name = f"{appearance(run.architecture).label}, seed {run.seed}"
            progress_console().print(f"{name}: {run.results['curves']['sentence']}", markup=False, highlight=False)
