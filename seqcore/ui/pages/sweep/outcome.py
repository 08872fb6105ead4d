"""What a sweep has come to: the verdict on the best settings, or why there is none, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.verdict import verdict
from seqcore.analysis.verdict_words import for_a_student
from seqcore.lab.sweep.final import outcome
from seqcore.store import SweepState
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.pages.sweep import kept
from seqcore.ui.session import again, results, shared, state
from seqcore.ui.session.header import go, guard

if TYPE_CHECKING:
    from seqcore.lab.sweep.so_far import SoFar
    from seqcore.store import SweepRecord

_HEADINGS = {
    SweepState.FINISHED: "The sweep is over",
    SweepState.STOPPED: "The sweep was stopped",
    SweepState.FAILED: "The sweep has failed",
}


def draw_outcome(found: SoFar, record: SweepRecord) -> None:
    """Heading, what was found, the verdict on it, and the ways on."""
    st.header(_HEADINGS.get(record.state, "The sweep"), anchor=False)
    if record.state == SweepState.FAILED:
        st.error(escape_markdown(record.message, 1000), icon=":material/error:")
    elif record.state == SweepState.STOPPED:
        st.markdown(escape_markdown(record.message, 600))
    else:
        st.markdown(escape_markdown(outcome(found.over), 1000))
    if record.state == SweepState.FINISHED and record.final_experiment_id:
        with guard():
            _draw_verdict(record.final_experiment_id)
    _draw_ways_on(found, record)


def _draw_verdict(experiment_id: str) -> None:
    """What the test texts say of the best settings and of those that the sweep began with."""
    experiment = shared.get_store().experiments.find(experiment_id)
    runs, _ = results.sound_runs(results.scored_runs(experiment))
    if not runs:
        return
    kind = results.kind_of(experiment)
    judged = verdict(results.standings(runs), results.baseline(experiment, runs[0]))
    with st.container(border=True, key="sweep-verdict"):
        st.markdown(f"**Judged on the test {kind.examples}, once:** ")
        st.markdown(for_a_student(judged, name=bold, nouns=(kind.example, kind.examples)))


def _draw_ways_on(found: SoFar, record: SweepRecord) -> None:
    best = found.best
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if record.final_experiment_id and st.button(
            "Compare the best with the beginning", type="primary", icon=":material/leaderboard:", key="sweep-compare"
        ):
            state.set_current_experiment(record.final_experiment_id)
            go("compare")
        if best is not None and st.button(
            "Train with the best settings", icon=":material/model_training:", key="sweep-use-best",
            help="Opens the Train form with them.",
        ):  # fmt: skip
            _open_form(record, best.run_id)
        early = record.state in (SweepState.STOPPED, SweepState.FAILED) and record.final_experiment_id is None
        if early:
            st.button("Go on", icon=":material/play_arrow:", key="sweep-go-on", on_click=_go_on, args=(record.id,))
        kept.draw_delete_sweep(record)


def _open_form(record: SweepRecord, run_id: str) -> None:
    with guard():
        store = shared.get_store()
        experiment = store.experiments.get(record.workspace, record.experiment_id or "")
        again.open_form(experiment, [store.runs.get(record.workspace, run_id)])
        memory = state.memory()
        if memory.choices is not None:  # the seed of the trials has been seen
            memory.choices, memory.seeds_chosen = replace(memory.choices, seed=0), False
        go("train")


def _go_on(sweep_id: str) -> None:
    with guard():
        shared.get_store().sweeps.go_on(state.workspace(), sweep_id)
        shared.sweep_room().wake()
