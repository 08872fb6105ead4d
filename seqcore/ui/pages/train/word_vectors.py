"""Word vectors from a file: how much of the texts they cover, and what they miss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import cache, current, settings_form, shared, state
from seqcore.ui.session.state import GivenVectors

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds.text.vectors import WordVectors
    from seqcore.kinds.text.vectors.coverage import Coverage
    from seqcore.lab.plan import Choices

_TOGETHER = 400  # characters of the words that are missing


def draw_word_vectors(data: LabelledData, chosen: Choices) -> Choices:
    """Draw the upload, and what the vectors in use know of the texts; nothing for data that are no texts.

    Returns:
        What is chosen now: models begin with vectors that were just given, and no longer with those of other data.
    """
    if data.kind != "text":
        return chosen
    before, chosen = chosen, _with_those_in_use(data, chosen)
    in_use = state.memory().vectors
    opened = in_use is not None or "vectors-file" in st.session_state
    with st.expander("Pretrained word vectors", icon=":material/hub:", key="vectors-expander", expanded=opened):
        st.caption(
            "Models can begin with vectors that others have learned from much text, instead of random ones: a file of "
            "GloVe, word2vec or fastText (.txt, .vec, .bin; .gz, .zip). Only the words of your texts are kept of it. "
            "Or choose Word2Vec or FastText as “Word vectors” below: they are learned from the training texts alone."
        )
        new = st.file_uploader(
            "File of word vectors", key="vectors-file", max_upload_size=get_settings().max_file_mb,
            label_visibility="collapsed",
        )  # fmt: skip
        chosen = _with_new(data, chosen, new)
        in_use = state.memory().vectors
        if in_use is not None:
            _draw_coverage(_coverage(data, chosen, in_use.vectors))
            st.button("Leave them out", icon=":material/close:", key="vectors-out", on_click=_leave_out)
    if chosen != before:
        current.choose(chosen)
        settings_form.show(chosen)
    return chosen


def _with_those_in_use(data: LabelledData, chosen: Choices) -> Choices:
    """The vectors that were given for these data, or kept with them by a training before; else none."""
    memory, content = state.memory(), chosen.input.vectors
    if memory.vectors is not None and memory.vectors.content_hash != data.content_hash:
        memory.vectors = None
    if content and (memory.vectors is None or memory.vectors.vectors.content_hash != content):
        kept = shared.get_store().datasets.with_vectors(data.content_hash, content)
        if kept is None:
            return replace(chosen, input=chosen.input.without_vectors())
        vectors = shared.get_store().datasets.vectors(kept.id, content)
        memory.vectors = GivenVectors(data.content_hash, vectors)
    if memory.vectors is not None and not content:  # there, though nothing begins with them
        return chosen.with_vectors_at_hand(memory.vectors.vectors)
    return chosen


def _with_new(data: LabelledData, chosen: Choices, new: UploadedFile | None) -> Choices:
    if new is None:
        return chosen
    try:
        vectors = cache.word_vectors(new.file_id, data.content_hash, new.name, new.getvalue(), data)
    except SeqlabError as error:
        st.error(escape_markdown(str(error), 600), icon=":material/error:")
        return chosen
    known = state.memory().vectors
    if known is not None and known.vectors.content_hash == vectors.content_hash:
        return chosen
    state.memory().vectors = GivenVectors(data.content_hash, vectors)
    return chosen.with_vectors(vectors)


def _leave_out() -> None:
    """Begin with random vectors again; the file is forgotten, with the control that holds it."""
    chosen = current.choices()
    chosen = replace(chosen, input=chosen.input.without_vectors())
    state.memory().vectors = None
    del st.session_state["vectors-file"]
    current.choose(chosen)
    settings_form.show(chosen)


def _coverage(data: LabelledData, chosen: Choices, vectors: WordVectors) -> Coverage:
    split = chosen.split.drawn_for(chosen.every_seed[0])
    read = chosen.input.without_vectors()  # tuned or frozen, they cover the same
    return cache.vector_coverage(data.content_hash, vectors.content_hash, read, split, data, vectors)


def _draw_coverage(found: Coverage) -> None:
    st.markdown(f"**{escape_markdown(found.name, 80)}** · {found.in_file:,} words")
    size, words, running = st.columns(3)
    size.metric("Dimensions", f"{found.size:,}", help="Numbers of each vector; the models are made as wide.")
    words.metric(
        "Of the vocabulary", f"{100 * found.share:.1f}\u00a0%",
        help=f"{found.found:,} of {found.words:,} words have a vector; the others begin with random numbers.",
    )  # fmt: skip
    running.metric(
        "Of the running words", f"{100 * found.running_share:.1f}\u00a0%",
        help=f"{found.running_found:,} of the {found.running:,} words of the training texts, each counted as often as "
        "it occurs.",
    )  # fmt: skip
    if found.missing:
        missing = ", ".join(f"{escape_markdown(word, 40)} ({times:,})" for word, times in found.missing)
        st.caption(f"Commonest words without a vector: {missing}")
    for note in found.notes:
        st.caption(f":material/info: {escape_markdown(note, _TOGETHER)}")
