"""One experiment: what it is, what can be done with it, its runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import have_several_seeds, run_label
from seqcore.errors import NotFoundError
from seqcore.lab.delete import delete_experiment
from seqcore.lab.rename import rename_experiment
from seqcore.store import DONE
from seqcore.ui.kit.dataset_size import classes_of, examples_of
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, share
from seqcore.ui.pages.runs.rename_button import draw_rename
from seqcore.ui.pages.runs.run_line import draw_run
from seqcore.ui.session import kept_until, shared, state, still_there
from seqcore.ui.session.again import draw_train_again
from seqcore.ui.session.deleting import draw_delete
from seqcore.ui.session.header import go, guard
from seqcore.ui.session.settings_told import draw_settings_of

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_LOOK_SECONDS = 2.0


def draw_experiment(experiment: Experiment, *, opened: bool, end: datetime | None = None) -> None:
    """Draw the card; the runs in it only while it is opened.

    Args:
        experiment: Which.
        opened: Whether its runs are shown at first.
        end: When it is deleted unless somebody looks; None: it is kept.
    """
    runs = shared.get_store().runs.of(experiment.workspace, experiment.id)
    with st.container(border=True, key=f"experiment-{experiment.id}"):
        about, actions = st.columns([5, 4], vertical_alignment="center")
        about.markdown(f"**{escape_markdown(experiment.name, 80)}**")
        about.caption(_about(experiment, runs))
        if end is not None:
            about.caption(kept_until.sentence(end))
        with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            if st.button("Open", key=f"open-{experiment.id}", icon=":material/leaderboard:"):
                state.set_current_experiment(experiment.id)
                go("compare")
            draw_train_again(experiment, runs, key=f"again-{experiment.id}", kind="tertiary", label="Train again")
            draw_rename(f"experiment-{experiment.id}", experiment.name, partial(_rename_experiment, experiment))
            draw_delete(
                f"experiment-{experiment.id}",
                f"{experiment.name} with {count(len(runs), 'run')}",
                partial(_delete_experiment, experiment),
            )
        details = st.expander(
            f"{count(len(runs), 'run')}", expanded=opened, key=f"runs-{experiment.id}", on_change="rerun",
        )  # fmt: skip
        if details.open:
            with details:
                draw_settings_of(runs, key=f"settings-{experiment.id}")
                going = _any_going(runs)
                st.fragment(_draw_runs, run_every=_LOOK_SECONDS if going else None)(experiment, going)


def _draw_runs(experiment: Experiment, was_going: bool) -> None:
    """The runs, looked at again for as long as one of them goes on."""
    with guard():
        runs = shared.get_store().runs.of(experiment.workspace, experiment.id)
        if _any_going(runs) != was_going:
            st.rerun()  # once, at the end or when stopped or resumed: the rest of the card has new things to say
        several, trials = have_several_seeds(runs), shared.get_store().sweeps.of_trials(experiment.id) is not None
        for run in runs:
            draw_run(run, experiment, with_seed=several, trial=trials)


def _any_going(runs: Sequence[Run]) -> bool:
    return any(run.state not in DONE for run in runs)


def _about(experiment: Experiment, runs: Sequence[Run]) -> str:
    parts = [f"{experiment.created.astimezone():%d %b %Y, %H:%M}"]
    try:
        dataset = shared.get_store().datasets.get(experiment.workspace, experiment.dataset_id)
        parts += [escape_markdown(dataset.name, 60), examples_of(dataset), classes_of(dataset)]
    except NotFoundError:
        parts.append("its data set is gone")
    if shared.get_store().sweeps.of_trials(experiment.id) is not None:
        return " · ".join([*parts, "trials of a sweep"])  # the best of them by the test texts is nobody's business
    ranked = sorted(((run.scores.accuracy, run) for run in runs if run.scores), key=lambda score: -score[0])
    for accuracy, best in ranked:
        if not best.problem:
            parts.append(f"best: {escape_markdown(run_label(best), 40)}, {share(accuracy)}")
            break
    return " · ".join(parts)


def _rename_experiment(experiment: Experiment, name: str) -> None:
    rename_experiment(shared.get_store(), state.workspace(), experiment.id, name)


def _delete_experiment(experiment: Experiment) -> None:
    with still_there.forgetting_experiments(state.workspace(), experiment.id):
        delete_experiment(shared.get_store(), state.workspace(), experiment.id)
    if state.current_experiment_id() == experiment.id:
        state.set_current_experiment(None)
