"""A file of texts: read, its columns chosen, and what was decided told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.datasets.texts_to_answer import NO_COLUMN, TextsToAnswer, texts_to_answer, with_empty_rows
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seqcore.datasets.table import Table


@st.cache_resource(show_spinner="Reading the file …", max_entries=8)
def read_file(file_id: str, name: str, _file: Any) -> Table:
    """The file as a table of strings; plain text has the one column "text", a row for each line.

    Raises:
        DataError: it cannot be used.
    """
    from seqcore.datasets.formats.parse import read_texts

    return with_empty_rows(read_texts(_file.getvalue(), name, limits=get_settings()))


def choose_columns(table: Table, file_id: str, classes: Sequence[str]) -> TextsToAnswer:
    """The texts, and their labels where a column has the models' classes; both can be changed.

    Raises:
        DataError: no column has anything in it.
    """
    guessed = texts_to_answer(table, classes)
    names = [str(name) for name in table.frame.columns]
    chosen = guessed
    if len(names) > 1:
        with st.container(horizontal=True, gap="medium"):
            text = st.selectbox(
                "Text column", names, index=names.index(guessed.text), key=f"predict-column-{file_id}", width=320
            )
            label = st.selectbox(
                "Label column", [NO_COLUMN, *names], index=_position(guessed.label, names), width=320,
                key=f"predict-label-{file_id}", help="Where the file has labels, the answers are scored against them.",
            )  # fmt: skip
        if (text, label) != (guessed.text, guessed.label or NO_COLUMN):
            chosen = texts_to_answer(table, classes, text=text, label=label)
    notes = [*table.notes, *(guessed.notes if len(names) > 1 else ())]
    if notes:
        st.caption(escape_markdown(". ".join(shorten(note, 300) for note in notes) + ".", 1500))
    return chosen


def _position(label: str | None, names: Sequence[str]) -> int:
    return 0 if label is None else names.index(label) + 1
