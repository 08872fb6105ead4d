"""One run in one row: what it is, how far it is, how fast, and the button that stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import run_label
from seqcore.kinds import get_kind
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import duration, stage
from seqcore.ui.kit.run_outcome import doing, draw_stage, draw_unreadable, outcome, sentence_on_curves
from seqcore.ui.kit.swatch import swatch
from seqcore.ui.session.deleting import draw_delete
from seqcore.ui.session.readable import problem_of

if TYPE_CHECKING:
    from seqcore.store import MetricRow, Run


@dataclass(frozen=True)
class Actions:
    """What a person may do with runs, named by their ids; `delete` is for one that cannot be read."""

    stop: Callable[[list[str]], None]
    resume: Callable[[list[str]], None]
    delete: Callable[[str], None]


def draw_run(
    run: Run,
    rows: Sequence[MetricRow],
    *,
    label: str,
    mark: int,
    place: int | None,
    actions: Actions | None,
    trial: bool = False,
) -> None:
    """Draw a run.

    Args:
        run: As the store knows it now.
        rows: Its metric rows, oldest first.
        label: Its name beside the others.
        mark: Of its line in the picture.
        place: In the queue, from 1, when it waits there.
        actions: What its buttons do; None for who may only look.
        trial: Whether it is one of a sweep.
    """
    from seqcore.store import DONE

    with st.container(border=True, key=f"run-{run.id}"):
        name, middle = st.columns([2.6, 7.4], vertical_alignment="center")
        with name, st.container(horizontal=True, gap="small", vertical_alignment="center"):
            swatch(run.architecture, mark)
            st.markdown(f"**{escape_markdown(label, 80)}**", width="content")
        problem = problem_of(run)
        with middle:
            if problem:
                _draw_unreadable(run, problem, actions)
            elif run.state in DONE:
                _draw_outcome(run, actions, trial=trial)
            else:
                _draw_progress(run, _pace_line(run, rows, place), actions)


def _draw_progress(run: Run, pace: str, actions: Actions | None) -> None:
    progress, action = st.columns([6, 1.4], vertical_alignment="center")
    progress.progress(position(run), text=f"{stage(doing(run))} · {pace}".removesuffix(" · "))
    if actions is not None:
        with action:
            _draw_stop(run, actions)


def _draw_stop(run: Run, actions: Actions) -> None:
    st.button(
        f"Stop {escape_markdown(run_label(run), 24)}", icon=":material/stop:", key=f"stop-{run.id}",
        on_click=actions.stop, args=([run.id],),
        disabled=run.cancel_requested, width="stretch",
    )  # fmt: skip


def _draw_unreadable(run: Run, problem: str, actions: Actions | None) -> None:
    from seqcore.store import DONE

    draw_unreadable(problem)
    if actions is None:
        return
    if run.state in DONE:
        draw_delete(f"run-{run.id}", run_label(run), partial(actions.delete, run.id))
    else:
        _draw_stop(run, actions)


def position(run: Run) -> float:
    """How much of the training is behind a run, from 0 to 1."""
    if run.state == "evaluating":
        return 1.0  # however few epochs it took
    return min(1.0, max(0.0, run.epoch / run.epochs)) if run.epochs else 0.0


def seconds_left(run: Run, rows: Sequence[MetricRow]) -> float | None:
    """Seconds until the last of all epochs ends, from the pace so far; None while there is no pace."""
    training = [row for row in rows if row.split == "train"]
    if len(training) < 2 or training[-1].epoch <= training[0].epoch:
        return None
    first, last = training[0], training[-1]
    pace = (last.seconds - first.seconds) / (last.epoch - first.epoch)  # seconds per epoch
    return max(0.0, pace * (run.epochs - max(run.epoch, last.epoch)))


def _pace_line(run: Run, rows: Sequence[MetricRow], place: int | None) -> str:
    if run.cancel_requested:
        return "stopping after this batch" if run.state != "queued" else "then it is stopped and scored"
    sooner = bool(run.spec.training.early_stopping)
    parts = [f"epoch {min(int(run.epoch) + 1, run.epochs)} of {'at most ' if sooner else ''}{run.epochs}"]
    if run.state == "queued":
        waits = [] if place is None else ["next in the queue" if place == 1 else f"number {place} in the queue"]
        return " · ".join(parts + waits if run.between_turns else waits)
    if run.state != "training":
        return ""
    if run.texts_per_second:
        parts.append(f"{run.texts_per_second:,.0f} {get_kind(run.spec.input.kind).examples}/s")
    left = seconds_left(run, rows)
    if left is not None:
        parts.append(f"{'at most' if sooner else 'about'} {duration(left)} of training left")  # not of waiting
    return " · ".join(parts)


def _draw_outcome(run: Run, actions: Actions | None, *, trial: bool) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        draw_stage(run)
        st.markdown(outcome(run, trial=trial), width="content")
        if actions is not None and run.state == "interrupted":
            st.button(
                "Resume", icon=":material/play_arrow:", key=f"resume-{run.id}", on_click=actions.resume,
                args=([run.id],), help=f"Goes on after epoch {int(run.epoch)}." if run.epoch >= 1 else None,
            )  # fmt: skip
    for sentence in filter(None, (sentence_on_curves(run), run.message)):
        st.caption(escape_markdown(sentence, 400))
