"""The sweeps of a workspace: which one is open, and the others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.errors import NotFoundError, SeqlabError
from seqcore.lab.delete import delete_sweep
from seqcore.lab.sweep.stored import read_search
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, in_words
from seqcore.ui.session import shared, state, still_there
from seqcore.ui.session.deleting import draw_delete

if TYPE_CHECKING:
    from seqcore.store import SweepRecord

_LISTED = 20
_STATES = {
    "going": ":material/progress_activity: going on",
    "stopping": ":material/stop_circle: stopping",
    "stopped": ":material/stop_circle: stopped",
    "finished": ":material/check_circle: finished",
    "failed": ":material/error: failed",
}


def opened() -> SweepRecord | None:
    """The sweep that is looked at: what was opened here, else one that goes on; None while a new one is set up."""
    store, workspace, memory = shared.get_store(), state.workspace(), state.memory()
    if memory.sweep is None:
        memory.sweep = next((each.id for each in store.sweeps.all(workspace) if each.is_open), "")
    if not memory.sweep:
        return None
    try:
        return store.sweeps.get(workspace, memory.sweep)
    except NotFoundError:  # deleted meanwhile
        memory.sweep = ""
        return None


def open_sweep(sweep_id: str) -> None:
    """Look at a sweep; "" sets up a new one."""
    state.memory().sweep = sweep_id


def name_of(record: SweepRecord) -> str:
    """What is searched, for what, in Markdown."""
    label = appearance(record.architecture).label
    try:
        titles = [each.title for each in read_search(record).sweep.space]
    except SeqlabError:
        return f"**{escape_markdown(label, 40)}**, which cannot be read"
    return (
        f"**{escape_markdown(label, 40)}**: {in_words(titles[:4] + ([f'{len(titles) - 4} more'] * (len(titles) > 4)))}"
    )


def draw_others(shown: SweepRecord | None) -> None:
    """The other sweeps, newest first, each to be opened or deleted."""
    others = [each for each in shared.get_store().sweeps.all(state.workspace()) if shown is None or each.id != shown.id]
    if not others:
        return
    st.header("Other sweeps" if shown else "Earlier sweeps", anchor=False)
    names = {each.id: each.name for each in shared.get_store().datasets.all(state.workspace())}
    for record in others[:_LISTED]:
        _draw_line(record, names.get(record.dataset_id, ""))
    if len(others) > _LISTED:
        st.caption(f"{count(len(others) - _LISTED, 'older one')} not shown; `python -m seqcore sweeps` lists them all.")


def _draw_line(record: SweepRecord, data: str) -> None:
    with st.container(border=True, key=f"sweep-{record.id}"):
        about, actions = st.columns([5, 4], vertical_alignment="center")
        about.markdown(f"{name_of(record)} · {_STATES.get(record.state.value, '')}")
        about.caption(f"{record.created.astimezone():%d %b %Y, %H:%M} · {escape_markdown(data, 60)}")
        with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            st.button(
                "Open", key=f"open-sweep-{record.id}", icon=":material/open_in_full:", on_click=open_sweep,
                args=(record.id,),
            )  # fmt: skip
            draw_delete_sweep(record)


def draw_delete_sweep(record: SweepRecord) -> None:
    """The button that deletes a sweep that has ended."""
    if not record.is_open:
        label = appearance(record.architecture).label
        what = f"This sweep of {label} with its trials and what judged it"
        draw_delete(f"sweep-{record.id}", what, partial(_delete, record))


def _delete(record: SweepRecord) -> None:
    workspace = state.workspace()
    with still_there.forgetting_experiments(workspace, record.experiment_id, record.final_experiment_id):
        delete_sweep(shared.get_store(), workspace, record.id)
    if state.current_experiment_id() in (record.experiment_id, record.final_experiment_id):
        state.set_current_experiment(None)
    if state.memory().sweep == record.id:
        open_sweep("")
