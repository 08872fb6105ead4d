"""The trainings of a memory race: those that there are, and those that are missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seqcore.datasets.labelled_data import LabelledData
from seqcore.errors import SeqlabError
from seqcore.lab.memory_race.race import Race
from seqcore.lab.start import Submit
from seqcore.store import ACTIVE, Experiment, Run, RunState, Store

PlantAt = Callable[[int], LabelledData]  # the texts of a race at a distance
_NAMED = "Memory race: "


@dataclass(frozen=True)
class Leg:
    """A race at one distance.

    Attributes:
        distance: In words.
        experiments: Those of which some runs belong to it, the newest first.
        runs: A run for each of its specs that has one: finished, else still training, else ended early.
        missing: How many trainings are neither finished nor under way.
    """

    distance: int
    experiments: tuple[Experiment, ...]
    runs: tuple[Run, ...]
    missing: int

    @property
    def finished(self) -> tuple[Run, ...]:
        """Those that were trained to their end and can be read."""
        return tuple(run for run in self.runs if run.state == RunState.FINISHED and not run.problem)

    @property
    def active(self) -> tuple[Run, ...]:
        """Those that wait or train."""
        return tuple(run for run in self.runs if run.state in ACTIVE)


def legs_of(store: Store, workspace: str, race: Race, plant: PlantAt) -> list[Leg]:
    """What there is of a race, whoever trained it: equal settings and seeds on equal texts are the same training."""
    trials = store.sweeps.experiments_of_trials(workspace)
    by_data: dict[str, list[Experiment]] = {}
    for experiment in store.experiments.all(workspace):
        if not experiment.origin and experiment.id not in trials:
            by_data.setdefault(experiment.dataset_id, []).append(experiment)
    datasets = store.datasets.all(workspace)
    legs = []
    for distance in race.distances:
        data = plant(distance)
        own = [each for each in datasets if (each.content_hash, each.name) == (data.content_hash, data.name)]
        legs.append(_leg(store, race, distance, data, [each for one in own for each in by_data.get(one.id, ())]))
    return legs


def train_race(store: Store, workspace: str, race: Race, plant: PlantAt, *, submit: Submit) -> list[str]:
    """Queue what is missing, an experiment for each distance; all distances of one seed come before the next seed.

    Returns:
        Ids of the new runs.

    Raises:
        LimitError: too many runs would be in flight, or the storage is full; what had room was queued.
        EngineError: the engine stopped.
    """
    queued: list[tuple[int, str]] = []
    try:
        for leg in legs_of(store, workspace, race, plant):
            if leg.missing:
                queued += _queue(store, workspace, race, leg, plant(leg.distance))
    except SeqlabError:
        if queued:
            submit([run_id for _, run_id in sorted(queued, key=lambda each: each[0])])
        raise
    run_ids = [run_id for _, run_id in sorted(queued, key=lambda each: each[0])]
    if run_ids:
        submit(run_ids)
    return run_ids


def _leg(store: Store, race: Race, distance: int, data: LabelledData, experiments: list[Experiment]) -> Leg:
    wanted, best, of_it = {spec.identity() for spec in race.specs(data)}, dict[str, Run](), []
    for experiment in experiments:
        own = [run for run in store.runs.of(experiment.workspace, experiment.id) if not run.problem]
        own = [run for run in own if run.spec.identity() in wanted]
        of_it += [experiment] if own else []
        for run in own:
            known = best.get(run.spec.identity())
            if known is None or _rank(run) > _rank(known):
                best[run.spec.identity()] = run
    missing = len(wanted) - sum(_rank(run) > 0 for run in best.values())
    return Leg(distance, tuple(of_it), tuple(best.values()), missing)


def _rank(run: Run) -> int:
    return 2 if run.state == RunState.FINISHED else int(run.state in ACTIVE)


def _queue(store: Store, workspace: str, race: Race, leg: Leg, data: LabelledData) -> list[tuple[int, str]]:
    """Seed and id of each new run."""
    there = {run.spec.identity() for run in leg.runs if _rank(run) > 0}
    specs = [spec for spec in race.specs(data) if spec.identity() not in there]
    name = f"{_NAMED}{data.name}"
    begun = next((each for each in leg.experiments if each.name == name), None)
    if begun is not None:
        run_ids = store.experiments.extend(workspace, begun.id, specs)
    else:
        dataset = store.datasets.add(workspace, data)
        run_ids = list(store.experiments.add(workspace, dataset.id, specs, name).run_ids)
    return [(spec.seed, run_id) for spec, run_id in zip(specs, run_ids, strict=True)]
