"""Choosing a planted task: which, how far apart or how long, how many, from which seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.planted import PlantedTask, planted_task, planted_tasks
from seqcore.ui.kit.forms import options_form
from seqcore.ui.session import cache, state, words

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData


def choose_planted() -> LabelledData:
    """Draw the choice of a task and its settings.

    Returns:
        What they give.

    Raises:
        DataError: so many rows of such a length are larger than a file may be.
    """
    memory, labels = state.memory(), {task.name: _label(task) for task in planted_tasks()}
    st.caption(
        words.explained(
            "Planted tasks are texts and series that we generate, of which it is known which words or moments decide "
            "the label: whether a model can learn that, and whether a heatmap shows it, can then be told."
        )
    )
    if "planted-task" not in st.session_state:
        st.session_state["planted-task"] = memory.planted or next(iter(labels))
    name = st.selectbox("Task", list(labels), format_func=labels.__getitem__, key="planted-task")
    task = planted_task(name)
    only_order = " Both classes have the same words equally often: only their order tells." if task.by_order else ""
    distance = f" Distance here: {task.distance}." if task.distance else ""
    st.caption(f"{task.idea}{only_order}{distance}")
    own = "planted" if task.kind == "text" else f"planted-{task.kind}"
    chosen = options_form(task.options, memory.planting, own, columns=3)
    memory.planted, memory.planting = name, memory.planting | chosen
    return cache.planted(name, task.options.model_validate(chosen))


def _label(task: PlantedTask) -> str:
    return task.label if task.kind == "text" else f"{task.label} ({task.kind})"
