"""Train again with changes: the form with exactly the models, settings, seeds and data of runs that were trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import streamlit as st

from seqcore.lab.again import choices_of
from seqcore.ui.session import header, settings_form, state

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run


def draw_train_again(
    experiment: Experiment, runs: Sequence[Run], *, key: str, label: str = "Train again with changes",
    kind: Literal["secondary", "tertiary"] = "secondary",
) -> None:  # fmt: skip
    """The button; none where no run can be read.

    Args:
        experiment: Whose data are meant.
        runs: Whose models, settings and seeds.
        key: Of the button.
        label: What it says.
        kind: How much it stands out.
    """
    readable = [run for run in runs if not run.problem]
    if readable and st.button(label, icon=":material/replay:", key=key, type=kind):
        with header.guard():
            open_form(experiment, readable)
            header.go("train")


def open_form(experiment: Experiment, runs: Sequence[Run]) -> None:
    """Fill the Train form; what cannot be as it was is told there.

    Raises:
        OptionError: the settings cannot be read.
    """
    chosen, notes = choices_of([run.spec for run in runs])
    settings_form.forget_form()
    memory = state.memory()
    memory.choices, memory.plan_notes, memory.setting_up = chosen, tuple(notes), True
    memory.seeds_chosen = True
    state.set_current_dataset(experiment.dataset_id)
