"""Choosing the data: the built-in sample, pasted lines, a file, a planted task, or what was stored before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.settings import get_settings
from seqcore.ui.kit.dataset_size import examples_of
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.data import known_sets, look_alikes, planted, upload
from seqcore.ui.session import cache, current, header, shared, sharing, state, work

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.store import Dataset

_SOURCES = {
    "sample": ":material/auto_awesome: Sample",
    "known": ":material/library_books: Public",
    "paste": ":material/content_paste: Paste",
    "upload": ":material/upload_file: Upload",
    "planted": ":material/potted_plant: Planted",
    "stored": ":material/history: Earlier",
}
_SAMPLES = {
    "reviews": (
        ":material/notes: Reviews",
        "Short reviews that we wrote ourselves, with negation and contrast, so that the order of the words matters.",
    ),
    "machines": (
        ":material/ssid_chart: Series",
        "Vibrations of a machine, which we simulated: two sensors, and whether it runs well, knocks or is loose.",
    ),
    "sounds": (
        ":material/graphic_eq: Sounds",
        "Tones, chirps, vowels and noise that we synthesised; of the chirps only the order tells up from down.",
    ),
}
_EXAMPLE = "What a wonderful film\tpositive\nI want my two hours back\tnegative"


def choose_source() -> None:
    """Draw the ways to bring data; what they yield becomes the data in use.

    Where it cannot be used, the page says so and stops: the data in use stay what they were.
    """
    try:
        _draw_ways_and_read()
    except SeqlabError as error:
        state.memory().awaited = "problem"
        _let_go_of_data_without_their_test()
        header.show_problem(error)
        st.caption(f"Until then this stays in use: {escape_markdown(current.current_data().name, 60)}.")
        st.stop()


def _let_go_of_data_without_their_test() -> None:
    """A test file that cannot be used leaves nothing in use that would be tested on rows of the training file."""
    memory, draft = state.memory(), state.draft()
    if memory.source == "upload" and memory.uploads.test is not None and draft is not None and not draft.given_split:
        state.set_draft(None)


def _draw_ways_and_read() -> None:
    if "data-source" not in st.session_state:
        opened = "stored" if state.current_dataset_id() and not state.draft() else "sample"
        st.session_state["data-source"] = state.memory().source or opened
    sources = [each for each in _SOURCES if each != "known" or get_settings().catalogue_mb]
    source = st.segmented_control(
        "Where the data come from", sources, format_func=_SOURCES.__getitem__, key="data-source",
        on_change=_source_changed, required=True, label_visibility="collapsed",
    )  # fmt: skip
    state.memory().awaited = None
    ways = {
        "known": _draw_known,
        "paste": _draw_paste,
        "upload": _draw_upload,
        "planted": _draw_planted,
        "stored": _draw_earlier,
    }
    ways.get(str(source), _draw_sample)()


def _source_changed() -> None:
    source = st.session_state["data-source"]
    state.memory().source = source
    if source == "sample":
        state.set_draft(None)


def _nothing_yet(source: str) -> None:
    """Say what stays in use until something is given here, and end the page: nobody trains on it unawares."""
    state.memory().awaited = source
    st.caption(f"Until then this stays in use: **{escape_markdown(current.current_data().name, 60)}**.")
    st.stop()


def _draw_sample() -> None:
    if "data-sample" not in st.session_state:
        st.session_state["data-sample"] = state.memory().sample
    name = st.segmented_control(
        "Which sample", list(_SAMPLES), format_func=lambda each: _SAMPLES[each][0], key="data-sample",
        on_change=_sample_changed, required=True, label_visibility="collapsed",
    )  # fmt: skip
    st.caption(f"{_SAMPLES[str(name)][1]} Nothing else to do: you can train at once.")
    if name != current.SAMPLE:
        _use_data(cache.sample(str(name)))


def _sample_changed() -> None:
    state.memory().sample = st.session_state["data-sample"]
    if state.memory().sample == current.SAMPLE:
        state.set_draft(None)


def _draw_paste() -> None:
    if "data-pasted" not in st.session_state:
        st.session_state["data-pasted"] = state.memory().pasted
    pasted = st.text_area(
        "One text per line, then its label", key="data-pasted", height=190, placeholder=_EXAMPLE,
        max_chars=get_settings().max_pasted_characters,
        help="A tab, comma, semicolon or bar stands between text and label; which one and on which side is found out.",
    )  # fmt: skip
    state.memory().pasted = pasted
    if not pasted.strip():
        st.caption("Paste lines and press Ctrl + Enter. Two classes and a handful of texts are enough to start.")
        _nothing_yet("paste")
    from seqcore.datasets.columns import Columns
    from seqcore.datasets.labels import label_table, look_alikes_in
    from seqcore.datasets.reading_apart import read_paste

    limits = get_settings()
    table, columns = read_paste(pasted, limits=limits, do=work.do), Columns("text", "label")
    groups = look_alikes_in(table, columns)
    if "data-merge-pasted" not in st.session_state:
        st.session_state["data-merge-pasted"] = state.memory().merges_pasted
    merge = look_alikes.offer_merging(groups, "data-merge-pasted") if groups else False
    state.memory().merges_pasted = merge
    _use_data(label_table(table, columns, merge_look_alikes=merge, limits=limits))


def _draw_upload() -> None:
    data = upload.choose_file()
    if data is None:
        _nothing_yet("upload")
    else:
        _use_data(data)


def _draw_planted() -> None:
    _use_data(planted.choose_planted())


def _draw_known() -> None:
    data = known_sets.choose_known_set()
    if data is None:
        _nothing_yet("known")
    else:
        _use_data(data)


def _draw_earlier() -> None:
    datasets = shared.get_store().datasets.all(state.workspace())
    shown = current.current_dataset()
    if shown is not None and not sharing.is_ours(shown):
        datasets.insert(0, shown)
    if not datasets:
        st.caption("Nothing is stored yet. What you train on is kept here.")
        return
    lines = {dataset.id: _dataset_line(dataset) for dataset in datasets}
    known = state.current_dataset_id()
    chosen = st.selectbox(
        "Data sets of earlier trainings", list(lines),
        index=list(lines).index(known) if known in lines else 0,
        format_func=lines.__getitem__,
        key="data-stored",
    )  # fmt: skip
    if chosen and chosen != known:
        state.set_current_dataset(chosen)
    if state.draft() is None and state.current_dataset_id():
        look_alikes.offer_merging_of_stored(current.current_data(), "data-stored")


def _dataset_line(dataset: Dataset) -> str:
    shared = "" if sharing.is_ours(dataset) else " · shared with you"
    return f"{dataset.name} · {examples_of(dataset)} · {dataset.created:%d %b %H:%M}{shared}"


def _use_data(data: LabelledData) -> None:
    """Make labelled text the one in use, unless it is already."""
    now = state.draft() or (current.current_data() if state.current_dataset_id() else None)
    if now is None or (now.content_hash, now.name) != (data.content_hash, data.name):
        state.set_draft(data)
