"""The points of a plane as rows: those that were encircled, or all, found by a word, each with a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.paging import page_of
from seqcore.ui.kit.phrases import count

_PER_PAGE = 6
_CHOSEN = "look-plane-chosen"  # of which picture, and which of its points


@dataclass(frozen=True)
class Row:
    """A point in words.

    Attributes:
        title: A text or a word, as it was written.
        told: What is said of it, as Markdown.
        key: Tells it from all others.
        press: What its button does; None where it can do nothing.
    """

    title: str
    told: str
    key: str
    press: Callable[[], None] | None


@dataclass(frozen=True)
class Button:
    """What stands at each row.

    Attributes:
        label: What it says.
        icon: Of Material.
        why_not: Why it can do nothing at some rows.
    """

    label: str
    icon: str
    why_not: str = ""


def chosen_of(picture: str) -> list[int]:
    """Places of the points that were encircled in this picture.

    Args:
        picture: Tells it from others, whose points have other places.
    """
    of_picture, places = st.session_state.get(_CHOSEN, ("", []))
    return list(places) if of_picture == picture else []


def choose(picture: str, places: Sequence[int]) -> None:
    """Remember the points that were encircled; none: all are shown again."""
    st.session_state[_CHOSEN] = picture, list(places)


def draw_rows(rows: Sequence[Row], picture: str, what: str, button: Button) -> None:
    """What was encircled, else all, as far as the words searched for stand in them.

    Args:
        rows: One for each point.
        picture: In which they were encircled.
        what: What they are called: "test texts".
        button: At each of them.
    """
    chosen = [place for place in chosen_of(picture) if place < len(rows)]
    finding, undoing = st.columns([3, 1], vertical_alignment="bottom")
    word = finding.text_input(f"Find among these {what}", placeholder="A word in it", key="look-plane-find").casefold()
    if chosen:
        undoing.button("Show all", on_click=choose, args=(picture, []), icon=":material/deselect:", width="stretch")
    found = [rows[place] for place in (chosen or range(len(rows))) if word in rows[place].title.casefold()]
    which = f"{count(len(chosen), 'point')} chosen" if chosen else f"All {len(rows):,} {what}"
    st.caption(f"{which}{f', {len(found):,} with that in it' if word else ''}.")
    for row in page_of(found, _PER_PAGE, "look-plane-page"):
        words, press = st.columns([8, 1.8], vertical_alignment="center")
        words.markdown(f"{escape_markdown(row.title, 160)} — {row.told}")
        press.button(
            button.label, key=f"plane-{row.key}", icon=button.icon, on_click=row.press, width="stretch",
            disabled=row.press is None, help=None if row.press else button.why_not,
        )  # fmt: skip
