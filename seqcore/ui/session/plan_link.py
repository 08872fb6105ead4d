"""What is chosen on the Train form, in its address: a reload finds it again, and a link opens it for anybody."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import LimitError
from seqcore.settings import get_settings
from seqcore.ui.components.address import keep_in_address
from seqcore.ui.components.copy_link import draw_copy_link
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import state

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices

PLAN = "plan"


def restore(page: str) -> None:
    """Take what a link chooses, once, when a session begins; from then on the session knows better than its address.

    Args:
        page: The page that was asked for; only on Train a plan opens the form though there is a training to show.
    """
    memory = state.memory()
    text = None if memory.plan_read else st.query_params.get(PLAN)
    memory.plan_read = True
    if not text:
        return
    from seqcore.lab.plan_code import read_plan

    memory.choices, notes = read_plan(text, max_epochs=get_settings().max_epochs)
    memory.plan_notes = tuple(notes)
    memory.seeds_chosen = True
    memory.setting_up = page == "train"


def keep(chosen: Choices) -> None:
    """Let the address say what is chosen, as far as it is not what anybody finds here anyway."""
    from seqcore.lab.plan_code import write_plan

    usual_settings = type(chosen)().within(get_settings().max_epochs)
    defaults = usual_settings if state.memory().seeds_chosen else replace(usual_settings, repeats=chosen.repeats)
    usual = not state.current_experiment_id() and write_plan(chosen) == write_plan(defaults)
    keep_in_address(PLAN, None if usual else write_plan(chosen))


def close() -> None:
    """The form is not shown any more."""
    state.memory().plan_notes = ()
    if PLAN in st.query_params:
        del st.query_params[PLAN]
    keep_in_address(PLAN, None)


def keep_data(data: LabelledData) -> None:
    """Store what was just read, so that a reload trains on it; where there is no room for it, Train says so."""
    from seqcore.ui.session import current

    with suppress(LimitError):
        current.keep(data)


def draw_notes() -> None:
    """What of a link, or of a training of before, could not be followed."""
    notes = state.memory().plan_notes
    if notes:
        st.warning("\n".join(f"- {escape_markdown(note, 300)}" for note in notes), icon=":material/info:")


def draw_lesson_link(chosen: Choices) -> None:
    """A button that copies a link to this very form: data, models, every setting and the seeds."""
    from seqcore.kinds import get_kind
    from seqcore.lab.plan_code import write_plan

    dataset_id = state.current_dataset_id()
    if state.draft() is not None:
        return  # there was no room to keep it: a link would lead to other data
    about, label = "Opens this form with its models, settings and seeds", "Copy link to this form"
    parameters = {PLAN: write_plan(chosen, complete=True)}
    if not dataset_id:
        draw_copy_link(label, f"{about}, ready to press Train.", parameters, key="lesson-link")
        return
    about += f", and shows these {get_kind(chosen.input.kind).examples} to whoever has it."
    if not _can_give(dataset_id):
        parameters["dataset"] = state.in_link("dataset", dataset_id)
        draw_copy_link(label, about, parameters, key="lesson-link")
        return
    from seqcore.ui.session import giving

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        days = giving.choose_days("lesson-days")
        parameters["dataset"] = giving.offered("dataset", dataset_id, days)
        given = partial(giving.give, [("dataset", dataset_id)], days)
        draw_copy_link(label, about, parameters, key="lesson-link", on_copied=given)


def _can_give(dataset_id: str) -> bool:
    from seqcore.ui.session import giving, shared

    return giving.can_give() and shared.get_store().datasets.find(dataset_id).workspace == state.workspace()
