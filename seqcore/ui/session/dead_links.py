"""Links that show nothing (deleted, ended, cut short, another's): said once, forgotten at once, with ways on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import NotFoundError
from seqcore.lab.share import named_by, seen_dataset, seen_experiment
from seqcore.ui.session import sitemap, state

if TYPE_CHECKING:
    from seqcore.lab.share import Viewer
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


def open_links(store: Store) -> None:
    """Learn what the tokens in the URL show; those that were known before are asked about again, for links end."""
    from seqcore.store.links import is_token

    for token in {value for value in state.link_parameters().values() if is_token(value)}:
        open_link(store, token)


def open_link(store: Store, token: str) -> dict[str, str]:
    """What a link shows now, known to the session from here on; nothing where it has ended."""
    shows = named_by(store, token)
    state.hold_link(token, shows)
    return shows


def forget_dead_links(store: Store) -> list[str]:
    """Take what shows nothing out of the URL and of the session, so that no page meets it again.

    Returns:
        What was named and cannot be seen: "experiment", "data set"; usually nothing.
    """
    open_links(store)
    gone, viewer = [], state.viewer()
    experiment, dataset = state.current_experiment_id(), state.current_dataset_id()
    if experiment and not _is_there(seen_experiment, store, viewer, experiment):
        state.set_current_experiment(None)
        gone.append(EXPERIMENT)
    if dataset and not _is_there(seen_dataset, store, viewer, dataset):
        state.forget_dataset()
        gone.append(DATASET)
    return gone


def draw_dead_links(page: str, gone: Sequence[str]) -> None:
    """Say that nothing is shown, and lead to what there is; a page that would speak of it ends here.

    The ways on are links and no buttons: this is drawn once, and a button has to be drawn again when it is pressed.
    """
    with st.container(border=True, key="dead-link", gap="small"):
        st.markdown(
            f":material/link_off: No {' and no '.join(gone)} with this id opens here: it may have been deleted, or it "
            "is somebody else's, and your link has ended, is incomplete, or is only the address of their page. Ask "
            "whoever sent it for a link: **Share**, then **Copy link**."
        )
        with st.container(horizontal=True, gap="medium"):
            for name, label, leads_on in _WAYS_ON:
                if leads_on.intersection(gone):
                    icon = sitemap.entry(name).icon
                    st.page_link(sitemap.page(name), label=label, icon=icon, query_params=state.link_parameters())
    if _SPEAK_OF.get(page, set()).intersection(gone):
        st.stop()


def _is_there(see: Callable[[Store, Viewer, str], object], store: Store, viewer: Viewer, thing_id: str) -> bool:
    if not _AN_ID.fullmatch(thing_id):
        return False  # no id of ours: a database need not be asked about signs that it may not even take
    try:
        see(store, viewer, thing_id)
    except NotFoundError:
        return False
    return True
