"""A file of texts: read, its columns chosen, and what was decided told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.texts_to_answer import NO_COLUMN, TextsToAnswer, texts_to_answer, with_empty_rows
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.session import reading, work
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seqcore.datasets.formats.read_as import ReadAs
    from seqcore.datasets.table import Table
    from seqcore.ui.session.uploads import KeptFile, Uploads


def read_as_chosen(uploads: Uploads) -> Table:
    """The file as it was found or as a person chose; plain text has the one column "text", a row for each line.

    Raises:
        DataError: it cannot be used, or not as it was chosen.
    """
    from seqcore.datasets.formats.read_as import AS_FOUND

    (file,) = uploads.files

    def read(read_as: ReadAs) -> Table:
        return _read(file.file_id, file.name, read_as, _file=file)

    title = "How the file was read"
    return reading.choose_reading(read, uploads, title=title, prefix="predict", decided=AS_FOUND)


@remember(spinner="Reading the file …", of_session=True)
def _read(file_id: str, name: str, read_as: ReadAs, _file: KeptFile) -> Table:
    from seqcore.datasets.reading_apart import read_file

    return with_empty_rows(read_file(_file.data, name, "texts", limits=get_settings(), do=work.do, read_as=read_as))


def choose_columns(table: Table, uploads: Uploads, classes: Sequence[str]) -> TextsToAnswer:
    """The texts, and their labels where a column has the models' classes; both can be changed.

    Raises:
        DataError: no column has anything in it.
    """
    guessed = texts_to_answer(table, classes)
    names = [str(name) for name in table.frame.columns]
    chosen = guessed
    if len(names) > 1:
        text_key = uploads.remembered("predict-text", guessed.text, among=names)
        label_key = uploads.remembered("predict-label", guessed.label or NO_COLUMN, among=[NO_COLUMN, *names])
        with st.container(horizontal=True, gap="medium"):
            text = st.selectbox("Text column", names, key=text_key, width=320)
            label = st.selectbox(
                "Label column", [NO_COLUMN, *names], key=label_key, width=320,
                help="Where the file has labels, the answers are scored against them.",
            )  # fmt: skip
        uploads.remember("predict-text", text)
        uploads.remember("predict-label", label)
        if (text, label) != (guessed.text, guessed.label or NO_COLUMN):
            chosen = texts_to_answer(table, classes, text=text, label=label)
    notes = [*table.notes, *(guessed.notes if len(names) > 1 else ())]
    if notes:
        st.caption(escape_markdown(". ".join(shorten(note, 300) for note in notes) + ".", 1500))
    return chosen
