"""Data from a file: which columns of it, and a test file beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import DataError
from seqcore.settings import Settings, get_settings
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.session import cache, state

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from seqcore.datasets.columns import Columns
    from seqcore.datasets.labelled_text import LabelledText
    from seqcore.datasets.table import Table

_NO_COLUMN = "(none)"


def choose_file() -> LabelledText | None:
    """Draw the upload and the choice of columns; None until there is a file.

    Raises:
        DataError: the file cannot be used.
    """
    limits = get_settings()
    from seqcore.datasets.formats import format_labels

    st.caption(f"{format_labels()}, gzipped or not, in whatever encoding.")
    file = st.file_uploader(
        "File", key="data-file", max_upload_size=limits.max_file_mb, label_visibility="collapsed",
    )  # fmt: skip
    if file is None:
        draft = state.draft()
        if draft is not None:
            st.caption(f"In use: {escape_markdown(draft.name, 60)}. Choose another file to replace it.")
        return None
    table = _read_file(file, limits)
    columns = _choose_columns(table)
    test = _choose_test_file(limits)
    from seqcore.datasets.labels import label_table

    if columns.split and test is not None:
        raise DataError("A split column and a test file were both given", remedy="Choose one of them")
    return label_table(table, columns, test=test, limits=limits)


def _read_file(file: UploadedFile, limits: Settings) -> Table:
    return cache.table(file.file_id, file.name, _data=file, _limits=limits)


def _choose_columns(table: Table) -> Columns:
    from seqcore.datasets.columns import Columns, guess_columns

    names = [str(name) for name in table.frame.columns]
    try:
        guess = guess_columns(table)
    except DataError:
        if len(names) < 2:
            raise
        guess = Columns(names[0], names[1])
    text, label, split = st.columns(3)
    found = replace(
        guess,
        text=_choose_column(text, "Text column", names, guess.texts[0], table.name, "What the model reads."),
        label=_choose_column(label, "Label column", names, guess.label, table.name, "What the model should answer."),
    )
    named = _choose_column(
        split, "Split column", [_NO_COLUMN, *names], guess.split or _NO_COLUMN, table.name,
        "Optional: says train, validation or test for each row.",
    )  # fmt: skip
    if found.text == found.label:
        raise DataError(
            "Text and label are the same column", received=shorten(found.text, 40), remedy="Choose another one of them"
        )
    return replace(found, split=None if named == _NO_COLUMN else named)


def _choose_column(cell: DeltaGenerator, title: str, names: list[str], guess: str, table: str, about: str) -> str:
    chosen = cell.selectbox(
        title, names, index=names.index(guess) if guess in names else 0, key=f"column-{title}-{table}", help=about
    )
    return str(chosen)


def _choose_test_file(limits: Settings) -> Table | None:
    with st.expander("I have a test file of my own", key="test-file-expander", type="compact"):
        file = st.file_uploader(
            "Test file with the same columns", key="data-test-file", max_upload_size=limits.max_file_mb
        )
    return None if file is None else _read_file(file, limits)
