"""Choosing the experiment that a page speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import numbered
from seqcore.ui.kit.escape import shorten
from seqcore.ui.session import shared, sharing, state

if TYPE_CHECKING:
    from seqcore.store import Experiment

_LISTED = 100  # experiments in the list; older ones are found on the Runs page


def choose_experiment() -> Experiment | None:
    """The current experiment, or the newest; a list to choose another one when there are several.

    Raises:
        NotFoundError: the link names an experiment that does not exist.
    """
    experiments = shared.get_store().experiments.all(state.workspace())[:_LISTED]
    wanted = state.current_experiment_id()
    if wanted and wanted not in {each.id for each in experiments}:
        experiments.insert(0, sharing.find_experiment(wanted))
    if not experiments:
        return None
    if not wanted:
        newest = next((each for each in experiments if not each.origin), experiments[0])  # parts of rows are no start
        state.set_current_experiment(newest.id)
        st.rerun()  # the way through, drawn above, speaks of it too
    by_id = {each.id: each for each in experiments}
    if len(by_id) > 1:
        _draw_list(by_id, wanted)
    sharing.draw_notice(by_id[wanted])
    return by_id[wanted]


def _draw_list(by_id: dict[str, Experiment], wanted: str) -> None:
    named = titles(by_id.values())
    chosen = st.selectbox(
        "Experiment", list(by_id), index=list(by_id).index(wanted), width=460,
        format_func=named.__getitem__, help="Older experiments are found on the Runs page.",
    )  # fmt: skip
    if chosen != wanted:
        state.set_current_experiment(chosen)
        st.rerun()


def titles(experiments: Iterable[Experiment]) -> dict[str, str]:
    """A title for each experiment by its id, all different: a list of choices finds them by what they are called."""
    oldest_first = sorted(experiments, key=lambda each: each.created)
    names = numbered(title(each) for each in oldest_first)
    return {each.id: name for each, name in zip(oldest_first, names, strict=True)}


def title(experiment: Experiment) -> str:
    """Name and time of an experiment, in one plain line."""
    return f"{shorten(experiment.name, 60)} · {experiment.created.astimezone():%d %b %Y, %H:%M}"
