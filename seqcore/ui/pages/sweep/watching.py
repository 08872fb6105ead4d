"""A sweep that goes on, or has ended: what happens, what did best so far, its picture, its trials, and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.errors import NotFoundError
from seqcore.kinds import get_kind
from seqcore.lab.sweep.duration import seconds_left
from seqcore.lab.sweep.final import values_told
from seqcore.lab.sweep.so_far import SoFar, sweep_so_far
from seqcore.lab.sweep.trials import TrialState
from seqcore.settings import get_settings
from seqcore.store import SweepState
from seqcore.ui.components.announcement import announce
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, duration, share
from seqcore.ui.kit.refresh import run_again_every
from seqcore.ui.kit.trials import draw_importances, draw_trial_table, draw_trials
from seqcore.ui.pages.sweep import kept, outcome
from seqcore.ui.session import header, shared, state

if TYPE_CHECKING:
    from seqcore.store import SweepRecord


def draw_sweep(record: SweepRecord) -> None:
    """Draw a sweep; look again for as long as it goes on."""
    name, new = st.columns([5, 2], vertical_alignment="center")
    name.markdown(f"{kept.name_of(record)} · {_data_of(record)} · {record.created.astimezone():%d %b %Y, %H:%M}")
    with new, st.container(horizontal=True, horizontal_alignment="right"):
        st.button("New sweep", icon=":material/add:", key="new-sweep", on_click=kept.open_sweep, args=("",))
    every = _interval() if record.is_open else None
    st.fragment(_look, run_every=every)(record.id, record.is_open)


def _look(sweep_id: str, was_open: bool) -> None:
    with header.guard(), shared.pace().looking():
        store = shared.get_store()
        record = store.sweeps.get(state.workspace(), sweep_id)
        if record.is_open != was_open:
            st.rerun()  # once, at its end or when it goes on: the rest of the page has new things to say
        if record.is_open:
            run_again_every(_interval())
        found = sweep_so_far(store, record)
        announce(_for_listeners(found, record))
        if record.is_open:
            _draw_course(found, record)
        else:
            outcome.draw_outcome(found, record)
        if record.state != SweepState.FINISHED:
            _draw_best(found)
        draw_trials(found, "sweep")
        if found.trials:
            st.subheader("What goes along with the differences", anchor=False)
            draw_importances(found, "sweep")
            st.subheader("Every trial", anchor=False)
            draw_trial_table(found)


def _draw_course(found: SoFar, record: SweepRecord) -> None:
    """How far it is, in a sentence, and the button that stops it."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header(f"{found.ended} of {count(found.sweep.trials, 'trial')} done", anchor=False, width="content")
        st.button(
            "Stop", icon=":material/stop_circle:", key="sweep-stop", on_click=_stop, args=(record.id,),
            disabled=record.state == "stopping",
            help=f"Trials so far are kept; nothing is judged on the test {_examples(found)}.",
        )  # fmt: skip
    st.progress(found.ended / found.sweep.trials)
    st.markdown(_what_happens(found, record))


def _what_happens(found: SoFar, record: SweepRecord) -> str:
    if record.state == "stopping":
        return "Stopping: what trains ends after its batch."
    if record.message:
        return f":material/hourglass_top: {escape_markdown(record.message, 600)}"
    if record.final_experiment_id:
        runs = shared.get_store().runs.of(record.workspace, record.final_experiment_id)
        done = sum(run.state == "finished" for run in runs)
        return (
            "All trials are done. The best settings and those that the sweep began with are trained again from fresh "
            f"seeds, to be judged on the test {_examples(found)}: {done} of {count(len(runs), 'model')} done."
        )
    going = sum(trial.state == TrialState.GOING for trial in found.trials)
    if not found.trials:
        return "Starting: the first trial has the settings that the sweep begins with."
    early = sum(trial.state == TrialState.PRUNED for trial in found.trials)
    said = f"{count(going, 'trial')} {'trains' if going == 1 else 'train'} now."
    if early:
        said += f" {early} of those that are done ended early, because they did worse than most."
    left = seconds_left(shared.get_store(), record.workspace, found, get_settings().workers)
    return said if left is None else f"{said} The trials take about {duration(left)} more, if nobody else trains."


def _draw_best(found: SoFar) -> None:
    best = found.best
    if best is None:
        return
    told = escape_markdown(values_told(found.sweep, best.values), 400)
    began = " (what the sweep began with)" if not found.over.found_better else ""
    st.markdown(
        f"**Best on the validation {_examples(found)}:** trial {best.number}{began}, with {told}: validation loss "
        f"**{best.loss:.4f}**, accuracy **{share(best.accuracy)}**."
    )
    if found.over.found_better:
        said = f"how good it is, fresh seeds and the test {_examples(found)} say."
        st.caption(f"Being the best of many is partly luck: {said}")


def _examples(found: SoFar) -> str:
    """What the examples are called that it learns from."""
    return get_kind(found.sweep.base.input.kind).examples


def _for_listeners(found: SoFar, record: SweepRecord) -> str:
    """How far it is, in steps coarse enough to listen to."""
    label = appearance(record.architecture).label
    if not record.is_open:
        return f"The sweep of {label} is {record.state}"
    return f"The sweep of {label}: {4 * found.ended // found.sweep.trials * 25} percent of its trials are done"


def _data_of(record: SweepRecord) -> str:
    try:
        return escape_markdown(shared.get_store().datasets.get(record.workspace, record.dataset_id).name, 60)
    except NotFoundError:
        return "its data set is gone"


def _interval() -> float:
    return shared.pace().every(state.memory().watcher, moving=True)


def _stop(sweep_id: str) -> None:
    with header.guard():
        shared.get_store().sweeps.ask_to_stop(state.workspace(), sweep_id)
        shared.sweep_room().wake()
