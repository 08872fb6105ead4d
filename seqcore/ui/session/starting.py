"""What pressing Train does, and Stop, Resume and Start again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from seqcore.errors import OptionError
from seqcore.lab.restart import restart_runs
from seqcore.lab.resume import resume_runs
from seqcore.lab.start import start_experiment
from seqcore.lab.stop import stop_runs
from seqcore.settings import get_settings
from seqcore.ui.session import current, matching, shared, state

if TYPE_CHECKING:
    from seqcore.kinds.text.vectors import WordVectors
    from seqcore.lab.plan import Choices


def given_vectors() -> WordVectors | None:
    """The word vectors that were given last: those of other data name themselves and are not used."""
    given = state.memory().vectors
    return None if given is None else given.vectors


def resume_training(run_ids: list[str]) -> None:
    """Let interrupted runs of this workspace go on from their last checkpoint."""
    resume_runs(shared.get_store(), state.workspace(), run_ids, submit=shared.submit_when_ready)


def stop_training(run_ids: list[str]) -> None:
    """Stop runs of this workspace; what they learned is kept and scored."""
    stop_runs(shared.get_store(), state.workspace(), run_ids, engine=shared.running_engine())


def restart_training(run_ids: list[str]) -> str:
    """Train stopped or failed runs of one experiment again, as an experiment of their own; gives its id.

    Raises:
        SeqlabError: one of them cannot be, or there is no room.
    """
    experiment = restart_runs(shared.get_store(), state.workspace(), run_ids, submit=shared.submit_when_ready)
    state.set_current_experiment(experiment.id)
    state.memory().setting_up = False
    return experiment.id


def start_training(chosen: Choices, *, leave_out: Collection[str] = ()) -> str:
    """Start an experiment with the data in use, the models made equal where that was asked for, and make both current.

    Args:
        chosen: Models and settings.
        leave_out: Architectures that are not trained: others may still be matched to them.

    Returns:
        The experiment's id.

    Raises:
        SeqlabError: a setting is out of bounds, what a match takes is not measured, or the data cannot be stored.
    """
    data = current.current_data()
    matched = matching.matched(data, chosen)
    if not matched.is_ready:
        raise OptionError(matched.said, remedy="The button for it is on the Train page")
    kept = tuple(name for name in chosen.architectures if name not in leave_out)
    chosen = replace(matched.chosen, architectures=kept)
    specs = chosen.specs(data.content_hash, max_epochs=get_settings().max_epochs)
    specs.sort(key=lambda spec: chosen.every_seed.index(spec.seed))  # a first picture of all models soon
    store, workspace = shared.get_store(), state.workspace()
    experiment = start_experiment(
        store, workspace, data, specs, submit=shared.submit_when_ready, vectors=given_vectors()
    )
    state.set_current_dataset(experiment.dataset_id)
    state.set_current_experiment(experiment.id)
    state.memory().setting_up = False
    state.memory().just_started = experiment.id
    return experiment.id
