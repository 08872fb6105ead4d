"""What pressing Train does, and Resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.lab.resume import resume_runs
from seqcore.lab.start import start_experiment
from seqcore.settings import get_settings
from seqcore.ui.session import cache, current, state

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices


def resume_training(run_ids: list[str]) -> None:
    """Let interrupted runs of this workspace go on from their last checkpoint."""
    resume_runs(cache.get_store(), state.workspace(), run_ids, submit=cache.submit_when_ready)


def start_training(chosen: Choices) -> str:
    """Start an experiment with the data in use, and make both the current ones.

    Returns:
        The experiment's id.

    Raises:
        SeqlabError: a setting is out of bounds or the data cannot be stored.
    """
    data = current.current_data()
    specs = chosen.specs(data.content_hash, max_epochs=get_settings().max_epochs)
    store, workspace = cache.get_store(), state.workspace()
    experiment = start_experiment(store, workspace, data, specs, submit=cache.submit_when_ready)
    state.set_current_dataset(experiment.dataset_id)
    state.set_current_experiment(experiment.id)
    state.memory().setting_up = False
    state.memory().just_started = experiment.id
    return experiment.id
