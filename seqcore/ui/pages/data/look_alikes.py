"""Labels that only look alike: one press makes them one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import shared, state

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.ui.session.uploads import Uploads

_GROUPS_SHOWN = 4


def offer_merging(groups: Sequence[Sequence[str]], key: str) -> bool:
    """Draw the switch that merges labels that look alike.

    Args:
        groups: Labels that look alike, the commonest of each group first.
        key: Of the switch, whose state is set already.
    """
    return st.toggle(_said(groups), key=key)


def wants_merging(labels: Sequence[str], uploads: Uploads) -> bool:
    """Whether labels of uploaded examples that look alike are to be one; drawn where some do, and remembered."""
    from seqcore.datasets.label_spelling import look_alikes_among

    groups = look_alikes_among(labels)
    return bool(uploads.remember("merge", bool(groups) and offer_merging(groups, uploads.remembered("merge", False))))


def offer_merging_of_stored(data: LabelledData, chosen: str) -> None:
    """Draw the button that keeps a data set of before once more, with labels that look alike as one.

    Args:
        data: The data set.
        chosen: Key of the control that says which data set is in use.
    """
    from seqcore.datasets.label_spelling import look_alikes_among
    from seqcore.datasets.merging import merge_look_alikes

    groups = look_alikes_among(data.labels)
    if not groups:
        return
    merged = merge_look_alikes(data)
    if len(merged.classes) > 1:
        st.button(
            _said(groups),
            icon=":material/merge:",
            key="data-merge-stored",
            on_click=_keep_merged,
            args=(merged, chosen),
        )


def _keep_merged(merged: LabelledData, chosen: str) -> None:
    dataset_id = shared.get_store().datasets.add(state.workspace(), merged).id
    state.set_current_dataset(dataset_id)
    st.session_state[chosen] = dataset_id


def _said(groups: Sequence[Sequence[str]]) -> str:
    alike = ", ".join(
        " and ".join(f"“{escape_markdown(label, 40)}”" for label in group) for group in groups[:_GROUPS_SHOWN]
    )
    more = f" and {len(groups) - _GROUPS_SHOWN:,} others" if len(groups) > _GROUPS_SHOWN else ""
    return f"Merge labels that look alike: {alike}{more}"
