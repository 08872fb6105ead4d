"""One run of an experiment in a line: what became of it, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import run_label
from seqcore.export.bundle import bundle
from seqcore.lab.delete import delete_run
from seqcore.lab.rename import rename_run
from seqcore.lab.restart import can_be_restarted
from seqcore.store import DONE
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.run_outcome import draw_stage, draw_unreadable, outcome
from seqcore.ui.kit.swatch import swatch
from seqcore.ui.pages.runs.rename_button import draw_rename
from seqcore.ui.session import shared, state, still_there
from seqcore.ui.session.again import draw_train_again
from seqcore.ui.session.deleting import draw_delete
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard
from seqcore.ui.session.readable import problem_of
from seqcore.ui.session.starting import restart_training, resume_training, stop_training

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run


def draw_run(run: Run, experiment: Experiment, *, with_seed: bool, trial: bool = False) -> None:
    """Draw it; of a run that cannot be read, why, and the way to delete it.

    Args:
        run: As the store knows it.
        experiment: That it belongs to.
        with_seed: Whether the seed belongs to its name.
        trial: Whether it is one of a sweep.
    """
    label, problem = run_label(run, with_seed=with_seed), problem_of(run)
    about, actions = st.columns([5, 4], vertical_alignment="center")
    with about, st.container(horizontal=True, gap="small", vertical_alignment="center"):
        swatch(run.architecture)
        st.markdown(f"**{escape_markdown(label, 60)}**", width="content")
        if not problem:
            draw_stage(run)
    with about:
        if problem:
            draw_unreadable(problem)
        else:
            st.caption(_stopping(run) or outcome(run, trial=trial) or escape_markdown(run.message, 400))
            if run.message and run.state == "finished":  # it ended, but not as planned
                st.caption(escape_markdown(run.message, 400))
    with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if not problem:
            _draw_uses(run, escape_markdown(label, 30))
            draw_train_again(experiment, [run], key=f"again-run-{run.id}", kind="tertiary", label="Train again")
        draw_rename(f"run-{run.id}", run_label(run), partial(_rename_run, run))
        draw_delete(f"run-{run.id}", label, partial(_delete_run, run))


def _stopping(run: Run) -> str:
    """When a run that was asked to stop will; empty when it was not, or has."""
    if not run.cancel_requested or run.state in DONE:
        return ""
    return "Stopped and scored in its next turn" if run.between_turns else "Stopping after this batch"


def _draw_uses(run: Run, label: str) -> None:
    """What a run that can be read is good for, as far as it has come."""
    if run.scores:
        file_button(
            "Bundle", partial(_bundle, run), file_name(f"{run_label(run)} {run.id[:6]}", "zip"), "application/zip",
            runs=[run.id], key=f"bundle-{run.id}", icon=":material/folder_zip:", type="tertiary",
            help="model.keras, tokenizer.json, run.json and a predict.py that works on its own.",
        )  # fmt: skip
    if run.state not in DONE:
        st.button(
            f"Stop {label}", key=f"stop-{run.id}", icon=":material/stop:", type="tertiary", on_click=_stop, args=(run,),
            disabled=run.cancel_requested, help="What it has learned is kept and scored.",
        )  # fmt: skip
    if run.state == "interrupted":
        st.button(
            f"Resume {label}", key=f"resume-{run.id}", icon=":material/play_arrow:", type="tertiary",
            on_click=_resume, args=(run,), help="Continues after its last epoch.",
        )  # fmt: skip
    if can_be_restarted(run):
        st.button(
            f"Start {label} again", key=f"restart-{run.id}", icon=":material/replay:", type="tertiary",
            on_click=_restart, args=(run,), help="With the same settings, from the beginning; this one stays.",
        )  # fmt: skip


def _bundle(run: Run) -> bytes:
    return bundle(shared.get_store(), run)


def _resume(run: Run) -> None:
    with guard():
        resume_training([run.id])
        state.set_current_experiment(run.experiment_id)


def _stop(run: Run) -> None:
    with guard():
        stop_training([run.id])


def _restart(run: Run) -> None:
    with guard():
        restart_training([run.id])


def _rename_run(run: Run, name: str) -> None:
    rename_run(shared.get_store(), state.workspace(), run.id, name)


def _delete_run(run: Run) -> None:
    delete_run(shared.get_store(), state.workspace(), run.id)
    still_there.forget_run(run.id)
