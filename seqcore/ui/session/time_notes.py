"""What is likely to be ended by the limit of time for a training, said before anybody presses Train."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import get_architecture
from seqcore.lab.time_limit import TooLong, seconds_of_epochs, too_long
from seqcore.settings import get_settings
from seqcore.ui.kit.phrases import count, duration
from seqcore.ui.session import shared, state
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices

_KNOWN_SECONDS = 30.0  # after which newly finished trainings are looked at


def draw_time_notes(data: LabelledData, chosen: Choices) -> None:
    """A sentence for each architecture that took too long for an epoch on these data."""
    limit = 60 * get_settings().max_training_minutes
    if not limit:
        return
    known = known_seconds(state.workspace(), data.content_hash)
    for found in too_long(chosen.architectures, chosen.training.epochs, limit, known):
        st.warning(_sentence(found, chosen.training.epochs, limit), icon=":material/timer:")


@remember(seconds=_KNOWN_SECONDS)
def known_seconds(workspace: str, content_hash: str) -> dict[str, float]:
    """Seconds of an epoch of what was trained on these data lately, by architecture."""
    return seconds_of_epochs(shared.get_store(), workspace, content_hash)


def _sentence(found: TooLong, epochs: int, limit: float) -> str:
    label = get_architecture(found.architecture).label
    fits = f"about {count(found.epochs, 'epoch')} fit" if found.epochs else "not even one epoch fits"
    return (
        f"{label} took {duration(found.each)} an epoch on these data. This server ends a training after "
        f"{duration(limit)}: of {count(epochs, 'epoch')}, {fits}. It would keep what it had learned by then."
    )
