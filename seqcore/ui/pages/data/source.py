"""Choosing the data: the built-in sample, pasted lines, a file, or what was stored before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.errors import DataError
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import cache, current, sharing, state

if TYPE_CHECKING:
    from seqcore.datasets.labelled_text import LabelledText
    from seqcore.datasets.table import Table
    from seqcore.store import Dataset

_SOURCES = {
    "sample": ":material/auto_awesome: Sample",
    "paste": ":material/content_paste: Paste",
    "upload": ":material/upload_file: Upload",
    "stored": ":material/history: Earlier",
}
_EXAMPLE = "What a wonderful film\tpositive\nI want my two hours back\tnegative"
_NO_COLUMN = "(none)"


def choose_source() -> None:
    """Draw the ways to bring data; what they yield becomes the data in use.

    Raises:
        DataError: what was given cannot be used; the data in use stays what it was.
    """
    if "data-source" not in st.session_state:
        opened = "stored" if state.current_dataset_id() and not state.draft() else "sample"
        st.session_state["data-source"] = state.memory().source or opened
    source = st.segmented_control(
        "Where the data come from", list(_SOURCES), format_func=_SOURCES.__getitem__, key="data-source",
        on_change=_source_changed, required=True, label_visibility="collapsed",
    )  # fmt: skip
    draw = {"paste": _paste, "upload": _upload, "stored": _choose_stored}.get(str(source), _sample)
    draw()


def _source_changed() -> None:
    source = st.session_state["data-source"]
    state.memory().source = source
    if source == "sample":
        state.set_draft(None)


def _sample() -> None:
    st.caption(
        "Short reviews that we wrote ourselves, with negation and contrast, so that the order "
        "of the words matters. Nothing else to do: you can train at once."
    )


def _paste() -> None:
    if "data-pasted" not in st.session_state:
        st.session_state["data-pasted"] = state.memory().pasted
    pasted = st.text_area(
        "One text a line, with its label", key="data-pasted", height=190, placeholder=_EXAMPLE,
        max_chars=get_settings().max_pasted_characters,
        help="Text and label stand apart by a tab, comma, semicolon or bar; which one, and which side, is found out.",
    )  # fmt: skip
    state.memory().pasted = pasted
    if not pasted.strip():
        st.caption("Paste lines and press Ctrl + Enter. Two classes and a handful of texts are enough to start.")
        return
    from seqcore.datasets.columns import Columns
    from seqcore.datasets.formats.pasted import read_pasted
    from seqcore.datasets.labels import label_table

    limits = get_settings()
    table = read_pasted(pasted, limits=limits)
    _use(label_table(table, Columns("text", "label"), limits=limits))


def _upload() -> None:
    limits = get_settings()
    st.caption("CSV, TSV, JSON, JSON Lines, Parquet or Excel, gzipped or not, in whatever encoding.")
    file = st.file_uploader(
        "File", key="data-file", max_upload_size=limits.max_file_mb, label_visibility="collapsed",
    )  # fmt: skip
    if file is None:
        draft = state.draft()
        if draft is not None:
            st.caption(f"In use: {escape_markdown(draft.name, 60)}. Choose another file to replace it.")
        return
    table = _read(file, limits)
    columns = _choose_columns(table)
    test = _choose_test_file(limits)
    from seqcore.datasets.labels import label_table

    if columns.split and test is not None:
        raise DataError("A split column and a test file were both given", remedy="Choose one of them")
    _use(label_table(table, columns, test=test, limits=limits))


def _read(file: Any, limits: Any) -> Table:
    return cache.table(file.file_id, file.name, _data=file, _limits=limits)


def _choose_columns(table: Table) -> Any:
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
        text=_column(text, "Text column", names, guess.text, table.name, "What the model reads."),
        label=_column(label, "Label column", names, guess.label, table.name, "What the model should answer."),
    )
    named = _column(
        split, "Split column", [_NO_COLUMN, *names], guess.split or _NO_COLUMN, table.name,
        "Optional: says train, validation or test for each row.",
    )  # fmt: skip
    if found.text == found.label:
        raise DataError(
            "Text and label are the same column", received=shorten(found.text, 40), remedy="Choose another one of them"
        )
    return replace(found, split=None if named == _NO_COLUMN else named)


def _column(cell: Any, title: str, names: list[str], guess: str, table: str, about: str) -> str:
    chosen = cell.selectbox(
        title, names, index=names.index(guess) if guess in names else 0, key=f"column-{title}-{table}", help=about
    )
    return str(chosen)


def _choose_test_file(limits: Any) -> Table | None:
    with st.expander("I have a test file of my own", key="test-file-expander", type="compact"):
        file = st.file_uploader(
            "Test file with the same columns", key="data-test-file", max_upload_size=limits.max_file_mb
        )
    return None if file is None else _read(file, limits)


def _choose_stored() -> None:
    datasets = cache.get_store().datasets.all(state.workspace())
    shown = current.current_dataset()
    if shown is not None and not sharing.is_ours(shown):
        datasets.insert(0, shown)
    if not datasets:
        st.caption("Nothing is stored yet. What you train on is kept here.")
        return
    by_id = {dataset.id: dataset for dataset in datasets}
    known = state.current_dataset_id()
    chosen = st.selectbox(
        "Data sets of earlier trainings", list(by_id),
        index=list(by_id).index(known) if known in by_id else 0,
        format_func=lambda key: _dataset_line(by_id[key]),
        key="data-stored",
    )  # fmt: skip
    if chosen and chosen != known:
        state.set_current_dataset(chosen)


def _dataset_line(dataset: Dataset) -> str:
    shared = "" if sharing.is_ours(dataset) else " · shared with you"
    return f"{dataset.name} · {count(dataset.rows, 'text')} · {dataset.created:%d %b %H:%M}{shared}"


def _use(data: LabelledText) -> None:
    """Make labelled text the one in use, unless it is already."""
    now = state.draft() or (current.current_data() if state.current_dataset_id() else None)
    if now is None or (now.content_hash, now.name) != (data.content_hash, data.name):
        state.set_draft(data)
