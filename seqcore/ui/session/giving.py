"""Links to one's own things: made by the press that copies them, with an end of their own, listed, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.components.copy_link import draw_copy_link
from seqcore.ui.people.workspaces import Mode
from seqcore.ui.session import header, shared, sharing, state

if TYPE_CHECKING:
    from seqcore.store import Dataset, Experiment
    from seqcore.store.links import Link, Shareable

DAYS = {1: "1 day", 30: "30 days", 0: "No end"}  # that a link lasts

Thing = tuple["Shareable", str]  # what a link shows, and the id of it


def can_give() -> bool:
    """Whether there is anybody to give a link to: where all share one workspace, nobody needs one."""
    return state.belongs_to().mode is not Mode.PERSONAL


def draw_link(experiment: Experiment, others: Sequence[Experiment] = ()) -> None:
    """The link of one's own experiment, to give away.

    Args:
        experiment: Which.
        others: That it is compared with on the page; the link shows those of them that are one's own.
    """
    if not sharing.is_ours(experiment):
        return
    ours = [each.id for each in others if sharing.is_ours(each)]
    about = "sees this experiment with its data and models, and can train on a copy"
    _draw("experiment", experiment.id, about, ours)


def draw_dataset_link(dataset: Dataset) -> None:
    """The link of one's own data set, to give away."""
    if sharing.is_ours(dataset):
        _draw("dataset", dataset.id, "sees these data and can train on a copy of them")


def choose_days(key: str) -> int:
    """How long a link is to last, in days; 0: until it is taken back."""
    memory, choices = state.memory(), list(DAYS)
    chosen = st.selectbox(
        "The link lasts", choices, index=choices.index(memory.link_days), format_func=DAYS.__getitem__, key=key,
        width=160,
    )  # fmt: skip
    memory.link_days = int(chosen)
    return memory.link_days


def offered(names: Shareable, thing_id: str, days: int) -> str:
    """The token that shows a thing of one's own as soon as it is given; the same for as long as it can be used."""
    from seqcore.store.links import new_token

    memory = state.memory()
    token = memory.offered.get((names, thing_id, days))
    if token is None or (token in memory.given and not shared.get_store().links.opened_by([token])):
        token = memory.offered[names, thing_id, days] = new_token()
    return token


def give(things: Sequence[Thing], days: int) -> None:
    """Let whoever has the offered tokens see these things from now on."""
    memory, links = state.memory(), shared.get_store().links
    with header.guard():
        for names, thing_id in things:
            token = offered(names, thing_id, days)
            if token not in memory.given:
                links.add(state.workspace(), token, names, thing_id, days=days or None)
                memory.given.add(token)


def draw_given(link: Link, about: str) -> None:
    """One link that was given: until when it lasts, and the press that takes it back.

    Args:
        link: Which.
        about: What stands before that, in Markdown.
    """
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        made = f"{'made' if about else 'Made'} {link.created.astimezone():%d %b %Y, %H:%M}"
        ends = f"ends {link.expires.astimezone():%d %b %Y, %H:%M}" if link.expires else "no end"
        st.caption(f"{about}{made} · {ends}", width="content")
        st.button(
            "Take back", icon=":material/link_off:", key=f"take-back-{link.id}", type="tertiary", on_click=_take_back,
            args=(link.id,), help="It opens nothing from now on, also for those who have it open.",
        )  # fmt: skip


def _draw(names: Shareable, thing_id: str, about: str, others: Sequence[str] = ()) -> None:
    if not can_give():
        return
    with st.popover("Share", icon=":material/link:", key="share", type="tertiary"):
        login = " They log in first." if state.belongs_to().mode is Mode.OIDC else ""
        st.markdown(f"Whoever has the link {about}. They can change nothing.{login}")
        days = choose_days(f"share-days-{thing_id}")
        parameters: dict[str, str] = {names: offered(names, thing_id, days)}
        if others:
            parameters["with"] = ".".join(offered("experiment", each, days) for each in others)
        things: list[Thing] = [(names, thing_id), *(("experiment", each) for each in others)]
        draw_copy_link(
            "Copy link", "It works from this press on.", parameters, key=f"share-link-{thing_id}",
            on_copied=partial(give, things, days),
        )  # fmt: skip
        given = [link for link in shared.get_store().links.all(state.workspace()) if link.thing_id == thing_id]
        for link in given:
            draw_given(link, "")
        if not given:
            st.caption("No link to it can be used now: the page's own address opens it for you only.")


def _take_back(link_id: str) -> None:
    with header.guard():
        shared.get_store().links.take_back(state.workspace(), link_id)
