"""Which pages there are, in which order, under which names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

_HEADINGS = {"lab": "Sequence Lab", "learn": "Learn"}
PAGES_FOLDER = Path(__file__).resolve().parents[3] / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page of the menu.

    Attributes:
        name: Its key here and its path in the URL.
        section: Its folder; decides the heading that it stands under in the menu.
        title: What people call it.
        icon: A Material symbol.
        about: What one does there, in a sentence.
    """

    name: str
    section: str
    title: str
    icon: str
    about: str

    @property
    def path(self) -> Path:
        """The script that draws it."""
        return PAGES_FOLDER / self.section / f"{self.name}.py"


PAGES = (
    PageEntry("data", "lab", "Data", ":material/table_rows:", "Choose labelled data and see what a model will see."),
    PageEntry("train", "lab", "Train", ":material/model_training:", "Pick models and watch them learn side by side."),
    PageEntry("compare", "lab", "Compare", ":material/leaderboard:", "See scores, curves and mistakes of every model."),
    PageEntry(
        "attention",
        "lab",
        "Look inside",
        ":material/visibility:",
        "See what a model makes of an example.",
    ),
    PageEntry("predict", "lab", "Predict", ":material/chat:", "Ask every finished model about what it has not seen."),
    PageEntry("sweep", "lab", "Sweep", ":material/tune:", "Search for better settings, and have the best judged."),
    PageEntry(
        "race",
        "lab",
        "Memory race",
        ":material/sprint:",
        "See over how many words each model remembers.",
    ),
    PageEntry(
        "runs",
        "lab",
        "Runs",
        ":material/inventory_2:",
        "Find, stop, restart, rename, download or delete what was trained.",
    ),
    PageEntry(
        "guide",
        "learn",
        "How models read",
        ":material/menu_book:",
        "See how each model reads a text, with the sizes of your own: its picture, its equations, when it wins.",
    ),
    PageEntry("glossary", "learn", "Glossary", ":material/dictionary:", "Look up the words of these pages."),
)
HOME = "data"


def entry(name: str) -> PageEntry:
    """The page of that name.

    Raises:
        KeyError: there is none.
    """
    return {page.name: page for page in PAGES}[name]


def page(name: str) -> st.Page:
    """Streamlit's object for a page, for links and switches."""
    which = entry(name)
    return st.Page(
        which.path, title=which.title, icon=which.icon, url_path=name, default=name == HOME, help=which.about
    )


def navigation() -> dict[str, list[st.Page]]:
    """Menu sections, each with its pages."""
    sections: dict[str, list[st.Page]] = {}
    for which in PAGES:
        if which.path.is_file():
            sections.setdefault(_HEADINGS[which.section], []).append(page(which.name))
    return sections
