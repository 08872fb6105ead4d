"""Links to what is not there (deleted, cut short, made up): said once, forgotten at once, with ways on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import NotFoundError
from seqcore.ui.session import sitemap, state

if TYPE_CHECKING:
    from seqcore.store import Store

EXPERIMENT, DATASET = "experiment", "data set"
_AN_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_SPEAK_OF = {  # what a page has nothing to show without
    "data": {DATASET},
    "train": {EXPERIMENT, DATASET},
    "compare": {EXPERIMENT},
    "attention": {EXPERIMENT},
    "predict": {EXPERIMENT},
}
_WAYS_ON = (
    ("runs", "See your experiments", {EXPERIMENT}),
    ("data", "Choose data", {DATASET}),
    ("train", "Train models", {EXPERIMENT, DATASET}),
)


def forget_dead_links(store: Store) -> list[str]:
    """Take the ids of nothing out of the URL and of the session, so that no page meets them again.

    Returns:
        What was named and is not there: "experiment", "data set"; usually nothing.
    """
    gone = []
    experiment, dataset = state.current_experiment_id(), state.current_dataset_id()
    if experiment and not _is_there(store.experiments.find, experiment):
        state.set_current_experiment(None)
        gone.append(EXPERIMENT)
    if dataset and not _is_there(store.datasets.find, dataset):
        state.forget_dataset()
        gone.append(DATASET)
    return gone


def draw_dead_links(page: str, gone: Sequence[str]) -> None:
    """Say that there is no such thing, and lead to what there is; a page that would speak of it ends here.

    The ways on are links and no buttons: this is drawn once, and a button has to be drawn again when it is pressed.
    """
    with st.container(border=True, key="dead-link", gap="small"):
        st.markdown(
            f":material/link_off: No {' and no '.join(gone)} with this id: "
            "it may have been deleted, or the link is incomplete."
        )
        with st.container(horizontal=True, gap="medium"):
            for name, label, leads_on in _WAYS_ON:
                if leads_on.intersection(gone):
                    icon = sitemap.entry(name).icon
                    st.page_link(sitemap.page(name), label=label, icon=icon, query_params=state.link_parameters())
    if _SPEAK_OF.get(page, set()).intersection(gone):
        st.stop()


def _is_there(find: Callable[[str], object], thing_id: str) -> bool:
    if not _AN_ID.fullmatch(thing_id):
        return False  # no id of ours: a database need not be asked about signs that it may not even take
    try:
        find(thing_id)
    except NotFoundError:
        return False
    return True
