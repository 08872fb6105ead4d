"""What pressing Train does, and Resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.settings import get_settings
from seqcore.ui.session import cache, current, state

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices


def resume_training(run_ids: list[str]) -> None:
    """Let interrupted runs of this workspace go on from their last checkpoint."""
    cache.submit_when_ready(cache.get_store().queue.resume(state.workspace(), run_ids))


def start_training(chosen: Choices) -> str:
    """Store the data and the runs, hand them to the engine, make the experiment the current one.

    Returns:
        The experiment's id.

    Raises:
        SeqlabError: a setting is out of bounds or the data cannot be stored.
    """
    data = current.current_data()
    specs = chosen.specs(data.content_hash, max_epochs=get_settings().max_epochs)
    store = cache.get_store()
    experiment = store.experiments.add(state.workspace(), current.stored_id(data), specs)
    state.set_current_experiment(experiment.id)
    state.memory().setting_up = False
    state.memory().just_started = experiment.id
    cache.submit_when_ready([run.id for run in store.runs.of(state.workspace(), experiment.id)])
    return experiment.id
