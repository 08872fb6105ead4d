"""Heavy work for a page: done in the work room, waited for by the page, and ended with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from seqcore.ui import compat
from seqcore.ui.people.workspaces import Mode
from seqcore.ui.session import shared, state

if TYPE_CHECKING:
    from seqcore.workroom import Job, Ticket

_T = TypeVar("_T")
_LOOK = 0.05  # seconds between two looks whether the page is still wanted


def do(job: Job[_T], doing: str = "") -> _T:
    """Have work done and wait for it; where the page is drawn anew, or closed, the work ends.

    Args:
        job: The work.
        doing: What the page says is being done, before what the work tells of itself; "" for nothing.

    Raises:
        SeqlabError: what the work says is wrong, or that it takes more than it may.
    """
    ticket = shared.work_room().submit(job, _owner())
    try:
        if not ticket.wait(_LOOK):
            _wait(ticket, doing)
        return ticket.result()
    finally:
        ticket.cancel()


def expect() -> None:
    """Somebody is likely to bring something to read: have a process ready for it."""
    shared.work_room().prepare()


def _wait(ticket: Ticket[_T], doing: str) -> None:
    """Say how many come before, for as long as there are any, and then what is being done."""
    with compat.drawn_for_now():
        room, said = st.empty(), ""
        while not ticket.wait(_LOOK):
            compat.end_if_no_longer_wanted()
            line = _line(ticket, doing)
            if line != said:
                room.caption(line) if line else room.empty()
                said = line
        room.empty()


def _line(ticket: Ticket[_T], doing: str) -> str:
    if ticket.begun:
        return f":material/hourglass_top: {doing}: {ticket.stage or 'begun'} …" if doing else ""
    before = ticket.place
    if not before:
        return ":material/hourglass_top: Yours is next, as soon as the work of somebody else is done."
    return f":material/hourglass_top: {before} {'is' if before == 1 else 'are'} before yours in the line."


def _owner() -> str:
    """Whose turn it is: a person's, however many pages they have open, where persons are told apart."""
    visitor = state.belongs_to()
    return visitor.workspace if visitor.mode is not Mode.PERSONAL else state.memory().watcher
