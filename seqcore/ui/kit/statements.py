"""What is said of several models, each beside its line: in columns, where running text would have to be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from seqcore.ui.kit.escape import shorten
from seqcore.ui.kit.swatch import swatch_html


@dataclass(frozen=True)
class Statement:
    """What is said of one model.

    Attributes:
        architecture: Gives the line.
        variant: How many models of the same architecture come before it.
        name: Of the model; other people's text, as the sentences may hold.
        sentences: One below the other.
    """

    architecture: str
    variant: int
    name: str
    sentences: tuple[str, ...]


def draw_statements(statements: Sequence[Statement]) -> None:
    """Draw the statements as a list of as many columns as there is room for."""
    if statements:
        st.html(statements_html(statements))


def statements_html(statements: Sequence[Statement]) -> str:
    """The list as one element; all that others wrote is escaped in it and keeps its direction to itself."""
    return f'<ul class="seqlab-grid">{"".join(map(_entry, statements))}</ul>'


def _entry(statement: Statement) -> str:
    line = swatch_html(statement.architecture, statement.variant)
    said = "".join(f"<p>{_plain(sentence, 400)}</p>" for sentence in statement.sentences)
    return f"<li>{line}<div><strong>{_plain(statement.name, 60)}</strong>{said}</div></li>"


def _plain(text: str, limit: int) -> str:
    return f"<bdi>{escape(shorten(text, limit))}</bdi>"
