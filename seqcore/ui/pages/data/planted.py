"""Choosing a planted task: which, how far apart, how many, from which seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.planted import PlantedOptions, planted_task, planted_tasks
from seqcore.ui.kit.forms import options_form
from seqcore.ui.session import cache, state

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData


def choose_planted() -> LabelledData:
    """Draw the choice of a task and its settings.

    Returns:
        What they give.

    Raises:
        DataError: so many rows of such a length are larger than a file may be.
    """
    memory, labels = state.memory(), {task.name: task.label for task in planted_tasks()}
    st.caption(
        "Texts that we generate, of which it is known which words decide the label: whether a model can learn that, "
        "and whether a heatmap shows it, can then be told."
    )
    if "planted-task" not in st.session_state:
        st.session_state["planted-task"] = memory.planted or next(iter(labels))
    name = st.selectbox("Task", list(labels), format_func=labels.__getitem__, key="planted-task")
    task = planted_task(name)
    only_order = " Both classes have the same words equally often: only their order tells." if task.by_order else ""
    st.caption(f"{task.idea}{only_order} Distance here: {task.distance}.")
    chosen = options_form(PlantedOptions, memory.planting, "planted", columns=3)
    memory.planted, memory.planting = name, chosen
    return cache.planted(name, PlantedOptions.model_validate(chosen))
