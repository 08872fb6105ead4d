"""Parts: the models of an experiment are trained on smaller shares of its training rows, beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.architectures import appearance, seeds_matter
from seqcore.errors import OptionError
from seqcore.lab.more_seeds import further_seeds
from seqcore.lab.rename import rename_run
from seqcore.lab.start import Submit
from seqcore.spec import RunSpec
from seqcore.store import ACTIVE, Experiment, Run, RunState, Store

SHARES = (0.10, 0.18, 0.32, 0.56)  # of the experiment's training rows, each 1.8 times the one before
MORE_SHARES = (0.13, 0.24, 0.42, 0.75)  # between them, where those leave it open: sizes tell more than seeds
LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Parts:
    """What is to be trained beside an experiment.

    Attributes:
        shares: Of its training rows, above 0 and below 1.
        seeds: Runs of each model at each share, where another seed makes another model.
        left_out: Names of architectures that are not trained.
    """

    shares: tuple[float, ...] = SHARES
    seeds: int = FEWEST_SEEDS
    left_out: Collection[str] = ()

    def __post_init__(self) -> None:
        """Refuse shares that are none.

        Raises:
            OptionError: there is no share, or one is out of bounds; or no seed.
        """
        if not self.shares or any(not LEAST_SHARE <= share < 1 for share in self.shares):
            raise OptionError(
                "Shares are percentages of the training rows, from 1 to below 100",
                received=", ".join(f"{100 * share:g}" for share in self.shares) or "none",
                remedy="For example 10,18,32,56",
            )
        if self.seeds < 1:
            raise OptionError("Every share takes one seed or more", received=str(self.seeds), remedy="For example 3")


def specs_of_parts(whole: Sequence[Run], parts: Sequence[Run], wanted: Parts) -> list[RunSpec]:
    """What is missing until every model has its seeds at every share; all shares of one seed before the next seed.

    What was stopped, failed or was interrupted is missing; what still trains is not.

    Args:
        whole: The experiment's runs; models of which none is finished or still trains are passed over.
        parts: Runs on parts of its rows, as far as there are any.
        wanted: What is wanted.
    """
    there = {run.spec.identity() for run in parts if _counts(run)}
    models: dict[str, list[RunSpec]] = {}
    for run in whole:
        if _counts(run) and run.architecture not in wanted.left_out:
            models.setdefault(run.spec.model_identity(), []).append(run.spec)
    seeds = {model: list(_seeds(specs, wanted.seeds)) for model, specs in models.items()}
    specs = [
        at_share(models[model][0], share).model_copy(update={"seed": seeds[model][turn]})
        for turn in range(wanted.seeds)
        for share in sorted(wanted.shares)
        for model in models
        if turn < len(seeds[model])
    ]
    return [spec for spec in specs if spec.identity() not in there]


def train_parts(store: Store, workspace: str, experiment_id: str, wanted: Parts, *, submit: Submit) -> list[str]:
    """Queue what is missing, in an experiment of its own that is there once for each; gives the ids of the new runs.

    Raises:
        NotFoundError: there is no such experiment in this workspace.
        SeqlabError: it is one of parts itself, or its runs are trials of a sweep.
        LimitError: too many runs would be in flight, or the storage is full.
        EngineError: the engine stopped.
    """
    experiment = store.experiments.get(workspace, experiment_id)
    store.refuse_to_compare(experiment)
    beside = store.experiments.from_origin(workspace, experiment.id)
    specs = specs_of_parts(store.runs.of(workspace, experiment.id), parts_of(store, experiment), wanted)
    if not specs:
        return []
    if beside:
        run_ids = store.experiments.extend(workspace, beside[0].id, specs)
    else:
        name = f"How much data: {experiment.name}"
        added = store.experiments.add(workspace, experiment.dataset_id, specs, name, origin=experiment.id)
        run_ids = list(added.run_ids)
    for run_id, spec in zip(run_ids, specs, strict=True):
        rename_run(store, workspace, run_id, _name(spec))
    submit(run_ids)
    return run_ids


def parts_of(store: Store, experiment: Experiment) -> list[Run]:
    """The runs on parts of an experiment's rows."""
    beside = store.experiments.from_origin(experiment.workspace, experiment.id)
    return [run for each in beside for run in store.runs.of(experiment.workspace, each.id)]


def at_share(spec: RunSpec, share: float) -> RunSpec:
    """The same run on a share of the training rows that it had."""
    used = round(share * spec.split.training_share, 6)
    return spec.model_copy(update={"split": spec.split.model_copy(update={"training_share": used})})


def _name(spec: RunSpec) -> str:
    return f"{appearance(spec.architecture).label}, {100 * spec.split.training_share:.3g} % of the rows"


def _counts(run: Run) -> bool:
    return not run.problem and (run.state == RunState.FINISHED or run.state in ACTIVE)


def _seeds(specs: Sequence[RunSpec], wanted: int) -> Iterator[int]:
    """The seeds that a model was trained from and, where these are fewer, the next ones."""
    used = list(dict.fromkeys(spec.seed for spec in specs))
    if not seeds_matter(specs[0].architecture, specs[0].split):
        yield used[0]
        return
    yield from islice(chain(used, further_seeds(used)), wanted)
