"""The parts of the Runs page: experiments with their runs, what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.errors import NotFoundError
from seqcore.export.bundle import bundle
from seqcore.lab.delete import delete_experiment, delete_run
from seqcore.lab.rename import rename_experiment, rename_run
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import count
from seqcore.ui.kit.run_names import have_several_seeds, run_label
from seqcore.ui.kit.run_outcome import draw_stage, draw_unreadable, outcome
from seqcore.ui.kit.swatch import swatch
from seqcore.ui.session import cache, state
from seqcore.ui.session.deleting import draw_delete
from seqcore.ui.session.header import go, guard
from seqcore.ui.session.readable import problem_of
from seqcore.ui.session.starting import resume_training

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run


def matching(experiments: Sequence[Experiment], words: str) -> list[Experiment]:
    """Experiments whose name, data set or models contain every word."""
    wanted = words.casefold().split()
    if not wanted:
        return list(experiments)
    store, workspace = cache.get_store(), state.workspace()
    said = {each.id: [each.name] for each in experiments}
    names = {dataset.id: dataset.name for dataset in store.datasets.all(workspace)}
    for each in experiments:
        said[each.id].append(names.get(each.dataset_id, ""))
    for run in store.runs.all(workspace):
        if run.experiment_id in said:
            said[run.experiment_id] += [run_label(run), run.architecture, run.state]
    return [each for each in experiments if all(word in " ".join(said[each.id]).casefold() for word in wanted)]


def draw_experiment(experiment: Experiment, *, opened: bool) -> None:
    """One experiment: what it is, what can be done with it, its runs when opened."""
    runs = cache.get_store().runs.of(experiment.workspace, experiment.id)
    with st.container(border=True, key=f"experiment-{experiment.id}"):
        about, actions = st.columns([5, 4], vertical_alignment="center")
        about.markdown(f"**{escape_markdown(experiment.name, 80)}**")
        about.caption(_about(experiment, runs))
        with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            if st.button("Open", key=f"open-{experiment.id}", icon=":material/leaderboard:"):
                state.set_current_experiment(experiment.id)
                go("compare")
            _rename(f"experiment-{experiment.id}", experiment.name, partial(_rename_experiment, experiment))
            draw_delete(
                f"experiment-{experiment.id}",
                f"{experiment.name} with {count(len(runs), 'run')}",
                partial(_delete_experiment, experiment),
            )
        details = st.expander(
            f"{count(len(runs), 'run')}", expanded=opened, key=f"runs-{experiment.id}", on_change="rerun",
        )  # fmt: skip
        if details.open:
            several = have_several_seeds(runs)
            for run in runs:
                with details:
                    _draw_run(run, with_seed=several)


def _about(experiment: Experiment, runs: Sequence[Run]) -> str:
    parts = [f"{experiment.created.astimezone():%d %b %Y, %H:%M}"]
    try:
        dataset = cache.get_store().datasets.get(experiment.workspace, experiment.dataset_id)
        parts += [escape_markdown(dataset.name, 60), count(dataset.rows, "text")]
        parts.append(count(len(dataset.classes), "class", "classes"))
    except NotFoundError:
        parts.append("its data set is gone")
    ranked = sorted(((run.scores.accuracy, run) for run in runs if run.scores), key=lambda score: -score[0])
    for accuracy, best in ranked:
        if not best.problem:
            parts.append(f"best: {escape_markdown(run_label(best), 40)}, {accuracy:.1%}")
            break
    return " · ".join(parts)


def _draw_run(run: Run, *, with_seed: bool) -> None:
    label, problem = run_label(run, with_seed=with_seed), problem_of(run)
    about, actions = st.columns([5, 4], vertical_alignment="center")
    with about, st.container(horizontal=True, gap="small", vertical_alignment="center"):
        swatch(appearance(run.architecture))
        st.markdown(f"**{escape_markdown(label, 60)}**", width="content")
        if not problem:
            draw_stage(run)
    with about:
        if problem:
            draw_unreadable(problem)
        else:
            st.caption(outcome(run) or escape_markdown(run.message, 200))
    with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if not problem:
            _draw_uses(run, label)
        _rename(f"run-{run.id}", run_label(run), partial(_rename_run, run))
        draw_delete(f"run-{run.id}", label, partial(_delete_run, run))


def _draw_uses(run: Run, label: str) -> None:
    """What a run that can be read is good for, as far as it has come."""
    if run.scores:
        st.download_button(
            "Bundle", partial(_bundle, run), file_name(f"{label} {run.id[:6]}", "zip"), "application/zip",
            key=f"bundle-{run.id}", icon=":material/folder_zip:", on_click="ignore", type="tertiary",
            help="model.keras, tokenizer.json, run.json and a predict.py that works on its own.",
        )  # fmt: skip
    if run.state == "interrupted":
        st.button(
            "Resume", key=f"resume-{run.id}", icon=":material/play_arrow:", type="tertiary",
            on_click=_resume, args=(run,), help="Goes on after its last epoch.",
        )  # fmt: skip


def _resume(run: Run) -> None:
    with guard():
        resume_training([run.id])
        state.set_current_experiment(run.experiment_id)


def _rename(key: str, now: str, rename: Callable[[str], None]) -> None:
    with (
        st.popover("Rename", icon=":material/edit:", key=f"rename-{key}", type="tertiary"),
        st.form(f"form-{key}", border=False),
        guard(),
    ):
        name = st.text_input("Name", value=now, max_chars=120, key=f"name-{key}")
        if st.form_submit_button("Save", type="primary") and name.strip():
            rename(name)
            st.rerun()


def _bundle(run: Run) -> bytes:
    return bundle(cache.get_store(), run)


def _rename_experiment(experiment: Experiment, name: str) -> None:
    rename_experiment(cache.get_store(), state.workspace(), experiment.id, name)


def _rename_run(run: Run, name: str) -> None:
    rename_run(cache.get_store(), state.workspace(), run.id, name)


def _delete_experiment(experiment: Experiment) -> None:
    delete_experiment(cache.get_store(), state.workspace(), experiment.id)
    if state.current_experiment_id() == experiment.id:
        state.set_current_experiment(None)


def _delete_run(run: Run) -> None:
    delete_run(cache.get_store(), state.workspace(), run.id)
