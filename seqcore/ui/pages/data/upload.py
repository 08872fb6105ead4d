"""Data from files: which columns of them, and a test file beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import DataError
from seqcore.settings import Settings, get_settings
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.data import column_choice, look_alikes, several_files
from seqcore.ui.pages.data.own_test_file import offer_test_file
from seqcore.ui.pages.data.series_upload import choose_series
from seqcore.ui.session import cache, reading, state, work
from seqcore.ui.session.uploads import say_what_was_lost

if TYPE_CHECKING:
    from seqcore.datasets.columns import Columns
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.datasets.table import Table
    from seqcore.ui.session.uploads import KeptFile, Uploads


def choose_file() -> LabelledData | None:
    """Draw the upload and, of tables, the choice of columns; None until there is a file.

    Raises:
        DataError: the file cannot be used.
    """
    limits = get_settings()
    from seqcore.datasets.formats import format_labels

    st.caption(f"{format_labels()}, compressed or not, in whatever encoding.")
    st.caption("Series of numbers: a table with a row a series, or a row a moment; .ts or ARFF.")
    st.caption("Sounds: a .zip or .tar.gz with a folder of WAV, FLAC or OGG files for each label.")
    st.caption("Several at once are combined: one of each class, texts and labels apart, or parts of one table.")
    work.expect()
    uploads = state.memory().uploads
    new = st.file_uploader(
        "Files", key="data-file", max_upload_size=limits.max_file_mb, label_visibility="collapsed",
        accept_multiple_files=True, on_change=_files_changed,
    )  # fmt: skip
    say_what_was_lost("data-file")
    uploads.take_files(new, limits)
    if not uploads.files:
        return None
    if not new:
        names = ", ".join(escape_markdown(file.name, 60) for file in uploads.files)
        st.caption(f"In use: {names}. Choose another file to replace it.")
    of_another_kind = cache.of_another_kind(
        tuple((file.file_id, file.name) for file in uploads.files), [file.data for file in uploads.files], limits
    )
    if of_another_kind is not None:
        return _merged_where_wanted(of_another_kind, uploads, limits)
    series = choose_series(uploads, limits)
    if series is not None:
        return series
    table, columns = _table_and_columns(uploads, limits)
    test = _choose_test_file(uploads, limits, table.how.labels)
    if columns.split and test is not None:
        raise DataError("A split column and a test file were both given", remedy="Choose one of them")
    from seqcore.datasets.labels import look_alikes_in

    groups = look_alikes_in(table, columns, test=test)
    merge = look_alikes.offer_merging(groups, uploads.remembered("merge", False)) if groups else False
    uploads.remember("merge", merge)
    return cache.labelled(uploads.decided, columns, columns.reasons, merge, table, test, limits)


def _merged_where_wanted(data: LabelledData, uploads: Uploads, limits: Settings) -> LabelledData:
    """The data with one label for those that look alike, where a person says so.

    Raises:
        DataError: nothing but one class is left.
    """
    if not look_alikes.wants_merging(data.labels, uploads):
        return data
    from seqcore.datasets.labelled_data import refuse_unusable
    from seqcore.datasets.merging import merge_look_alikes

    merged = merge_look_alikes(data)
    refuse_unusable(merged.labels, max_classes=limits.max_classes)
    return merged


def _files_changed() -> None:
    """Files that a person took away are gone; leaving the page takes none away."""
    if not st.session_state["data-file"]:
        state.memory().uploads.files = ()


def _table_and_columns(uploads: Uploads, limits: Settings) -> tuple[Table, Columns]:
    """The file, or the files combined, and the columns chosen; those of texts put beside labels need no choice."""
    if len(uploads.files) == 1:
        table = _read_as_chosen(uploads.files[0], uploads, limits, title="How the file was read", prefix="read")
        return table, column_choice.choose_columns(table, uploads)
    from seqcore.datasets.combining import COMBINED

    way, table = several_files.combine(uploads, limits)
    return table, COMBINED if way != "parts" else column_choice.choose_columns(table, uploads)


def _read_as_chosen(
    file: KeptFile, uploads: Uploads, limits: Settings, *, title: str, prefix: str, labels: str | None = None
) -> Table:
    """A file, read as it was found or as a person chose; of several labels of a text those that are decided."""
    from seqcore.datasets.formats.read_as import ReadAs

    def read(read_as: ReadAs) -> Table:
        return cache.table(file.file_id, file.name, file.open(), limits, read_as)

    return reading.choose_reading(read, uploads, title=title, prefix=prefix, decided=ReadAs(labels=labels))


def _choose_test_file(uploads: Uploads, limits: Settings, labels: str | None) -> Table | None:
    """The test file; of several labels of a text the same counts as in the file beside it."""
    file, title = offer_test_file(uploads, limits), "How the test file was read"
    if file is None:
        return None
    return _read_as_chosen(file, uploads, limits, title=title, prefix=f"read-{file.file_id}", labels=labels)
