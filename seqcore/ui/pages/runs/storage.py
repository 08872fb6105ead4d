"""What a workspace keeps: its data sets, how much room they take, and how to let go of them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.lab.delete import delete_dataset, used_datasets
from seqcore.ui.kit.dataset_size import classes_of, examples_of
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, megabytes
from seqcore.ui.session import kept_until, shared, state, still_there
from seqcore.ui.session.deleting import draw_delete

if TYPE_CHECKING:
    from seqcore.store import Dataset


def draw_storage() -> None:
    """Data sets with their size, folded; one that no experiment uses can be deleted."""
    store, workspace = shared.get_store(), state.workspace()
    datasets = store.datasets.all(workspace)
    if not datasets:
        return
    used = used_datasets(store, workspace)
    usage = megabytes(store.allowance.usage(workspace).storage)
    most = f" of {megabytes(store.allowance.limits.storage)}" if store.allowance.limits else ""
    details = st.expander(
        f"{count(len(datasets), 'data set')} · {usage}{most} kept", key="storage", on_change="rerun",
        icon=":material/database:",
    )  # fmt: skip
    if details.open:
        ends = kept_until.ends_of_all()
        for dataset in datasets:
            with details:
                _draw_dataset(dataset, used=dataset.id in used, end=ends.get(dataset.id))


def _draw_dataset(dataset: Dataset, *, used: bool, end: datetime | None) -> None:
    about, action = st.columns([5, 4], vertical_alignment="center")
    about.markdown(f"**{escape_markdown(dataset.name, 80)}**")
    when = f"{dataset.created.astimezone():%d %b %Y, %H:%M}"
    about.caption(" · ".join([when, examples_of(dataset), classes_of(dataset), megabytes(dataset.bytes)]))
    if end is not None:
        about.caption(kept_until.sentence(end))
    with action, st.container(horizontal=True, horizontal_alignment="right"):
        if used:
            st.caption("Experiments use it: delete these first.", width="content")
        else:
            draw_delete(f"dataset-{dataset.id}", dataset.name, partial(_delete, dataset))


def _delete(dataset: Dataset) -> None:
    delete_dataset(shared.get_store(), state.workspace(), dataset.id)
    still_there.forget_dataset(dataset)
    if state.current_dataset_id() == dataset.id:
        state.set_current_dataset(None)
