"""`memory-race`: accuracy against the distance over which models have to remember, and where one loses to another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from seqcore.analysis.memory_race import AtDistance, Duel, duel_sentence, duels
from seqcore.cli import training
from seqcore.cli.output import print_json, print_table
from seqcore.datasets import LabelledData
from seqcore.datasets.planted import plant
from seqcore.errors import OptionError, TrainingError
from seqcore.lab.compare import scored_run
from seqcore.lab.memory_race.measured import measured
from seqcore.lab.memory_race.race import DISTANCES, Race, race_of
from seqcore.lab.memory_race.trainings import legs_of, train_race
from seqcore.settings import get_settings
from seqcore.store import RunState

USUAL_DISTANCES = ",".join(map(str, DISTANCES))


def wanted_of(
    task: str, distances: str, architectures: str, settings: Sequence[str], *, seeds: int, rows: int, seed: int
) -> Race:
    """A race from what was typed.

    Raises:
        NotFoundError: there is no such task.
        OptionError: distances that are no whole numbers, an architecture that does not exist, a setting out of bounds.
    """
    try:
        numbers = [int(part) for part in distances.split(",")]
    except ValueError:
        raise OptionError(
            "Distances are whole numbers, separated by commas", received=repr(distances),
            remedy=f"--distances {USUAL_DISTANCES}",
        ) from None  # fmt: skip
    names = [name.strip() for name in architectures.split(",") if name.strip()]
    chosen = training.plan(None, training.parse_settings(settings), preset=None)
    return race_of(task, numbers, names, seeds=seeds, rows=rows, data_seed=seed, chosen=chosen)


def memory_race(race: Race, *, as_json: bool) -> None:
    """Train what is missing of a race, wait for it, and print what all of it says.

    Raises:
        LimitError: more runs than may be in flight at a time.
        TrainingError: a run failed; everything else was printed before.
    """
    settings = get_settings()
    store = training.open_store(settings)

    @cache
    def plant_at(distance: int) -> LabelledData:
        return plant(race.task, race.options(distance))

    legs, failed = legs_of(store, settings.workspace, race, plant_at), []
    if any(leg.missing for leg in legs):
        with training.started_engine(settings) as engine:
            run_ids = train_race(store, settings.workspace, race, plant_at, submit=engine.submit)
            runs = training.watch(store, engine, settings.workspace, run_ids)
        failed = [run for run in runs if run.state in (RunState.FAILED, RunState.INTERRUPTED)]
        legs = legs_of(store, settings.workspace, race, plant_at)
    found = measured(legs, lambda run: scored_run(store, run))
    _print(race, found, as_json=as_json)
    if failed:
        raise TrainingError("; ".join(f"{run.name} {run.state}: {run.message}" for run in failed))


def _print(race: Race, found: Sequence[AtDistance], *, as_json: bool) -> None:
    said = duels(found, race.chosen.architectures)
    if as_json:
        about = {"task": race.task, "rows": race.rows, "seed": race.data_seed}
        legs = [leg for each in found for leg in _legs_json(each)]
        print_json({**about, "models": legs, "duels": [_duel_json(duel) for duel in said]})
        return
    rows = [
        (
            f"{each.distance:,}", model.label, model.seeds, f"{model.mean('accuracy'):.4f}",
            f"{model.interval().low:.4f} to {model.interval().high:.4f}",
        )
        for each in found
        for model in each.models
    ]  # fmt: skip
    print_table(("distance", "model", "seeds", "accuracy", "95 % interval"), rows)
    sys.stderr.writelines(f"{duel_sentence(duel)}\n" for duel in said)


def _legs_json(found: AtDistance) -> list[dict[str, Any]]:
    return [
        {
            "distance": found.distance,
            "architecture": model.architecture,
            "accuracy": model.mean("accuracy"),
            "interval": [model.interval().low, model.interval().high],
            "runs": [
                {"run": each.run_id, "seed": each.seed, "accuracy": each.accuracy} for each in model.results
            ],
        }
        for model in found.models
    ]  # fmt: skip


def _duel_json(duel: Duel) -> dict[str, Any]:
    pairs = [
        {"distance": distance, "outcome": pair.outcome, "gap": pair.gap, "p": pair.p_corrected}
        for distance, pair in duel.pairs
    ]
    about = {"plain": duel.plain, "other": duel.other, "loses_from": duel.loses_from, "other_is": pairs}
    return {**about, "sentence": duel_sentence(duel)}
