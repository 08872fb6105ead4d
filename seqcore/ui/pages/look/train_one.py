"""Where no model can be looked into: what is missing, and the way to the form in which it is ticked already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from seqcore.architectures import Architecture, architectures
from seqcore.inspections import Inspection
from seqcore.ui.session import again, current, settings_form, state
from seqcore.ui.session.header import empty_state

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run


def draw_train_one(inspection: Inspection, experiment: Experiment | None, runs: Sequence[Run]) -> None:
    """Say which models can be asked, and offer to train the first of them as the others were trained.

    Args:
        inspection: What none of the models can be asked.
        experiment: Whose data are meant; None when nothing was trained.
        runs: Whose settings.
    """
    able = next((each for each in architectures() if inspection.applies_to(each, "text") is None), None)
    if able is None:
        empty_state(nobody_to_ask(inspection), "Train", "train")
        return
    opening = partial(_open_form, experiment, [run for run in runs if not run.problem], able)
    empty_state(nobody_to_ask(inspection), f"Train {able.label}", "train", before=opening)


def nobody_to_ask(inspection: Inspection) -> str:
    """What is missing where no model can be asked, in a sentence that says which to train."""
    able = [each.label for each in architectures() if inspection.applies_to(each, "text") is None]
    if len(able) == len(list(architectures())):
        return "No model of texts that can be read has been trained here. Train one, then look inside."
    return (
        f"No model with {inspection.label.lower()} has been trained here. "
        f"Train {' or '.join([', '.join(able[:-1]), able[-1]] if len(able) > 1 else able)}, then look inside."
    )


def _open_form(experiment: Experiment | None, runs: Sequence[Run], able: Architecture) -> None:
    memory = state.memory()
    if experiment is not None and runs:
        again.open_form(experiment, runs)
    else:
        settings_form.forget_form()
        memory.choices = current.choices()
    chosen = memory.choices or current.choices()
    memory.choices, memory.setting_up = replace(chosen, architectures=(able.name,)), True
