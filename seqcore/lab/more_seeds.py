"""More seeds: the models of an experiment are trained again from further seeds, until there are enough to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count, islice

from seqcore.architectures import seeds_matter
from seqcore.lab.start import Submit
from seqcore.spec import RunSpec
from seqcore.store import Run, Store


def specs_of_more_seeds(runs: Sequence[Run], wanted: int) -> list[RunSpec]:
    """What is missing until every model of which another seed makes another model has so many.

    All models get their next seed before any gets the one after; where each seed drew a split of its own, first those
    that other models have, for they are compared on common splits. What is still in training is not added again.

    Args:
        runs: Of one experiment; those that cannot be read are passed over.
        wanted: Seeds of each model.
    """
    models: dict[str, list[RunSpec]] = {}
    for run in runs:
        if not run.problem and seeds_matter(run.architecture, run.spec.split):
            models.setdefault(run.spec.model_identity(), []).append(run.spec)
    drawn = sorted({spec.seed for specs in models.values() for spec in specs if spec.split.split_each_seed})
    missing = [
        list(_next_seeds(specs, wanted, drawn if specs[0].split.split_each_seed else ())) for specs in models.values()
    ]
    longest = max((len(specs) for specs in missing), default=0)
    return [specs[place] for place in range(longest) for specs in missing if place < len(specs)]


def train_more_seeds(store: Store, workspace: str, experiment_id: str, wanted: int, *, submit: Submit) -> list[str]:
    """Queue what is missing, in the same experiment; gives the ids of the new runs.

    Raises:
        NotFoundError: there is no such experiment in this workspace.
        SeqlabError: its runs are trials of a sweep, or learned from parts of another's rows.
        LimitError: too many runs would be in flight, or the storage is full.
        EngineError: the engine stopped.
    """
    experiment = store.experiments.get(workspace, experiment_id)
    store.refuse_to_compare(experiment)
    specs = specs_of_more_seeds(store.runs.of(workspace, experiment.id), wanted)
    if not specs:
        return []
    run_ids = store.experiments.extend(workspace, experiment.id, specs)
    submit(run_ids)
    return run_ids


def further_seeds(used: Collection[int], first: Collection[int] = ()) -> Iterator[int]:
    """Seeds that a model was not trained from, without an end: some first, then upwards from the lowest that it was.

    Args:
        used: Those that it was trained from, one at least.
        first: Different ones that are taken before all others.
    """
    known = {*used, *first}
    yield from (seed for seed in first if seed not in used)
    yield from (seed for seed in count(min(used)) if seed not in known)


def _next_seeds(specs: Sequence[RunSpec], wanted: int, first: Sequence[int]) -> Iterator[RunSpec]:
    used = {spec.seed for spec in specs}
    for seed in islice(further_seeds(used, first), max(0, wanted - len(used))):
        yield specs[0].model_copy(update={"seed": seed})
