"""The running experiment: curves, a row for every run, stop buttons, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import labels_of
from seqcore.architectures import get_architecture
from seqcore.errors import SeqlabError
from seqcore.lab.delete import delete_run
from seqcore.lab.stop import stop_runs
from seqcore.ui.components.announcement import announce, end_sentence, progress_sentence
from seqcore.ui.components.live_curves import draw_curves
from seqcore.ui.components.live_points import append, marks_of, models_of
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count
from seqcore.ui.kit.refresh import run_again_every
from seqcore.ui.pages.train.run_row import Actions, draw_run
from seqcore.ui.session import again, giving, header, shared, sharing, state, still_there
from seqcore.ui.session.readable import problem_of
from seqcore.ui.session.settings_told import draw_settings_of
from seqcore.ui.session.starting import resume_training

if TYPE_CHECKING:
    from seqcore.store import Experiment, MetricRow, Run
    from seqcore.ui.session.store_watch import Seen

_HOW_TO_ZOOM = "Drag to zoom in, double-click to zoom out; press a name to hide its lines."
_WHAT_IS_WATCHED = "What the models make of a text of yours after each epoch, while they train."
_WORKED_ON = ("preparing", "training", "evaluating")
_SILENCE_SECONDS = 20.0  # without a sign of life of the engine; it gives one every two


def show_experiment(experiment_id: str) -> None:
    """Draw an experiment; look again for as long as something runs, twice a second where the server is at leisure.

    Raises:
        NotFoundError: there is no such experiment.
    """
    experiment = sharing.find_experiment(experiment_id)
    sharing.draw_notice(experiment)
    every = _interval(shared.get_store().runs.of(experiment.workspace, experiment.id))
    look = st.fragment(_look, run_every=every)
    look(experiment, every is not None)
    draw_settings_of(shared.get_store().runs.of(experiment.workspace, experiment.id), key="live-settings")


def _look(experiment: Experiment, was_running: bool) -> None:
    with header.guard(), shared.pace().looking():
        if not sharing.may_see(experiment):
            st.rerun()  # the page says that the link has ended
        experiment_id, ours = experiment.id, sharing.is_ours(experiment)
        runs = list(shared.get_store().runs.of(experiment.workspace, experiment_id))
        every, running = _interval(runs), _is_running(runs)
        if was_running != running:
            st.rerun()  # once, at the end or when resumed: the rest of the page has new things to say
        if every is not None:
            run_again_every(every)
        rows = _new_rows(experiment_id, runs)
        waiting = _what_we_wait_for(running)
        if running:
            _tell_of_silence(runs)
        _draw_title(experiment, runs, running, waiting)
        announce(progress_sentence(runs) if running else end_sentence(runs))
        marks = _draw_curves(experiment_id, runs, rows, waiting)
        st.caption(_HOW_TO_ZOOM + (" What is stopped is kept and scored." if running and ours else ""))
        labels = labels_of(runs)
        trials = shared.get_store().sweeps.of_trials(experiment_id) is not None
        places = _places(runs)
        for run in runs:
            draw_run(
                run, rows.get(run.id, []), label=labels[run.id], mark=marks[run.id], place=places.get(run.id),
                actions=Actions(_stop, _resume, _delete) if ours else None, trial=trials,
            )  # fmt: skip


def _draw_curves(
    experiment_id: str, runs: Sequence[Run], rows: Mapping[str, Sequence[MetricRow]], waiting: str
) -> dict[str, int]:
    """The picture; returns which mark each run has in it."""
    from seqcore.store import DONE

    models = models_of(runs, rows)
    several = any(len(model.seeds) > 1 for model in models)
    each_seed = several and st.toggle("Each seed by itself", key="live-seeds")
    draw_curves(
        models,
        key="live-curves",
        revision=experiment_id,
        epochs=max((run.epochs for run in runs if run.state not in DONE), default=1),
        waiting=waiting,
        reveal=state.memory().just_started == experiment_id,
        each_seed=each_seed,
    )
    return marks_of(runs, each_seed=each_seed)


def _draw_title(experiment: Experiment, runs: Sequence[Run], running: bool, waiting: str) -> None:
    from seqcore.store import DONE, RunState

    ours = sharing.is_ours(experiment)
    done = sum(run.state in DONE for run in runs)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if running:
            queued = all(run.state == RunState.QUEUED and not run.between_turns for run in runs)
            title = waiting if queued else f"{done} of {count(len(runs), 'model')} done"
            st.header(title, anchor=False, width="content")
            if ours:
                _draw_stop_all(experiment, runs)
            return
        st.header(_outcome(runs, ours=ours), anchor=False, width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            giving.draw_link(experiment)
            if ours:
                _draw_resume(runs)
            if ours:
                again.draw_train_again(experiment, runs, key="train-else")
            if any(run.scores for run in runs):
                header.page_button(
                    "Compare the models", "compare", primary=True, icon=":material/leaderboard:", key="to-compare"
                )


def _draw_stop_all(experiment: Experiment, runs: Sequence[Run]) -> None:
    from seqcore.store import DONE

    run_ids = [run.id for run in runs if run.state not in DONE]
    with st.container(horizontal=True, width="content", vertical_alignment="center"):
        giving.draw_link(experiment)
        if any(map(_can_be_watched, runs)) and st.button(
            "Watch it read", icon=":material/visibility:", key="to-watch", help=_WHAT_IS_WATCHED
        ):
            state.memory().look_tab = "Over training"
            header.go("attention")
        st.button("Stop all", icon=":material/stop_circle:", key="stop-all", on_click=_stop, args=(run_ids,))


def _can_be_watched(run: Run) -> bool:
    """Whether it trains in epochs on texts, or will in its next turn."""
    return (
        (run.state == "training" or run.between_turns)
        and not run.problem
        and run.spec.input.kind == "text"
        and get_architecture(run.architecture).fit == "gradient"
    )


def _draw_resume(runs: Sequence[Run]) -> None:
    """One press for all that were interrupted; a single one has the button in its row."""
    interrupted = [run.id for run in runs if run.state == "interrupted" and not run.problem]
    if len(interrupted) > 1:
        st.button(
            f"Resume {len(interrupted)} models", icon=":material/play_arrow:", key="resume-all", on_click=_resume,
            args=(interrupted,),
        )  # fmt: skip


def _outcome(runs: Sequence[Run], *, ours: bool) -> str:
    scored = sum(run.scores is not None and not problem_of(run) for run in runs)
    if scored == len(runs):
        one = "Your model is ready" if ours else "The model is ready"
        return one if scored == 1 else f"All {scored} models are ready"
    if not scored:
        return "No model was finished"
    return f"{scored} of {len(runs)} models {'is' if scored == 1 else 'are'} ready"


def _what_we_wait_for(running: bool) -> str:
    if not running:
        return "No point was recorded"
    try:
        ready = shared.engine_ready()
    except SeqlabError as error:
        st.error(escape_markdown(str(error), limit=600), icon=":material/power_off:")
        return "Waiting for the training engine"
    return "Waiting for the first points" if ready else "Starting the training engine: a few seconds, once"


def _tell_of_silence(runs: Sequence[Run]) -> None:
    """Why nothing moves, where that is known: nothing can be kept, or nobody hears from the engine."""
    seen = shared.store_watch().seen()
    if seen.trouble is not None:
        said = f"{seen.trouble} Trainings wait for that; one that waits too long is interrupted, and Resume goes on."
        st.warning(escape_markdown(said, limit=800), icon=":material/save:")
        return
    silence = min((seen.silences[run.engine] for run in runs if _is_worked_on(run, seen)), default=0.0)
    if silence >= _SILENCE_SECONDS:
        st.warning(
            f"Nothing has been heard from the training engine for {silence:.0f} s. The server may be overloaded, or "
            "the engine cannot reach the store. Nothing that was kept is lost: a run whose engine does not come back "
            "is marked as interrupted, and Resume goes on from its last checkpoint.",
            icon=":material/hearing_disabled:",
        )


def _is_worked_on(run: Run, seen: Seen) -> bool:
    return run.state in _WORKED_ON and run.engine in seen.silences


def _new_rows(experiment_id: str, runs: Sequence[Run]) -> dict[str, list[MetricRow]]:
    """All metric rows so far; only those that are new are read."""
    known = state.memory().curves.setdefault(experiment_id, state.CurvesSoFar())
    found = shared.get_store().measurements.rows([run.id for run in runs], after=known.newest)
    for number, run_id, row in found:
        known.newest = max(known.newest, number)
        append(known.rows.setdefault(run_id, []), row)
    return known.rows


def _stop(run_ids: list[str]) -> None:
    with header.guard():
        stop_runs(shared.get_store(), state.workspace(), run_ids, engine=shared.running_engine())


def _resume(run_ids: list[str]) -> None:
    with header.guard():
        resume_training(run_ids)


def _delete(run_id: str) -> None:
    delete_run(shared.get_store(), state.workspace(), run_id)
    still_there.forget_run(run_id)


def _places(runs: Sequence[Run]) -> dict[str, int]:
    """Places in the queue, asked for only when one of these runs waits there."""
    if not any(run.state == "queued" for run in runs):
        return {}
    try:
        return shared.queue_places()
    except SeqlabError:
        return {}  # said above already


def _interval(runs: Sequence[Run]) -> float | None:
    """Seconds until the page should look again; None when nothing runs."""
    if not _is_running(runs):
        return None
    return shared.pace().every(state.memory().watcher, moving=any(run.state in _WORKED_ON for run in runs))


def _is_running(runs: Sequence[Run]) -> bool:
    from seqcore.store import DONE

    return any(run.state not in DONE for run in runs)
