"""A page of many things, with what to turn pages by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Thing = TypeVar("Thing")


def page_of(things: Sequence[Thing], per_page: int, key: str) -> Sequence[Thing]:
    """Those of the page that is turned to; pages can be turned where there is more than one.

    Args:
        things: In the order shown.
        per_page: How many stand on one page.
        key: Of the control.
    """
    pages = -(-len(things) // per_page)
    page = st.pagination(pages, key=key) if pages > 1 else 1
    return things[(page - 1) * per_page : page * per_page]
