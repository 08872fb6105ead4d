"""A series or a sound of one's own to look at: a file, or what the browser recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.labelled_sounds import LabelledSounds
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.pages.look.looked_at import LookedAt
from seqcore.ui.session import cache, state
from seqcore.ui.session.own_series import choose_own_series, classes_of
from seqcore.ui.session.sound import RECORDED_RATE
from seqcore.ui.session.uploads import Uploads, kept_file, say_what_was_lost

if TYPE_CHECKING:
    from seqcore.store import Run
    from seqcore.ui.session.uploads import KeptFile

_FILE, _RECORDING = "look-file", "look-recording"


def can_be_given(kind: str) -> bool:
    """Whether examples of this kind can be given here."""
    return kind in _CHOOSE


def choose_own(kind: str, runs: Sequence[Run]) -> LookedAt:
    """Draw the upload and what has to be chosen of it; the page stops here until there is an example.

    Args:
        kind: Of the data that the models read.
        runs: Those that are asked about it.

    Raises:
        DataError: what was given cannot be used.
    """
    uploads = state.memory().look_given.setdefault(kind, Uploads())
    return _CHOOSE[kind](uploads, runs)


def _choose_series(uploads: Uploads, runs: Sequence[Run]) -> LookedAt:
    st.file_uploader(
        "Your own series", key=_FILE, on_change=partial(_take, _FILE, uploads),
        max_upload_size=get_settings().max_file_mb,
        help="One series or several, as CSV, TSV, Parquet, .ts or ARFF, with labels or without.",
    )  # fmt: skip
    file = _given(uploads, "Give a file with a series to see what the models make of it.")
    found, _ = choose_own_series(file, uploads, runs, prefix="look-")
    rows = [row for row, there in enumerate(found.there()) if there]
    if not rows:
        st.caption("No series of this file has a value that can be read.")
        st.stop()
    row = _one_of(rows, [f"{found.kept.number(row)}: {found.kept.summary(row)}" for row in rows], "Series")
    labels = found.labels(classes_of(runs))
    return LookedAt(found.kept, row, (labels[row] or None) if labels else None, is_own=True)


def _choose_sound(uploads: Uploads, runs: Sequence[Run]) -> LookedAt:
    st.audio_input(
        "Record a sound", sample_rate=RECORDED_RATE, key=_RECORDING, on_change=partial(_take, _RECORDING, uploads),
        help="The browser asks whether it may use the microphone. What is recorded goes to this server only.",
    )  # fmt: skip
    st.file_uploader(
        "Or a sound file", key=_FILE, on_change=partial(_take, _FILE, uploads),
        max_upload_size=get_settings().max_file_mb, help="WAV, FLAC, OGG or MP3, or an archive of them.",
    )  # fmt: skip
    file = _given(uploads, "Record a sound, or give a file, to see what the models make of it.")
    found = cache.sounds((file.file_id,), (file.name,), [file.data])
    names = [name for name, _ in found]
    row = _one_of(range(len(found)), names, "Sound")
    sounds = tuple(sound for _, sound in found)
    data = LabelledSounds(file.name, sounds, ("",) * len(sounds), files=tuple(names))
    return LookedAt(data, row, None, is_own=True)


def _take(key: str, uploads: Uploads) -> None:
    """Keep what was given last; what a person takes away is gone, and leaving the page takes nothing away."""
    given = st.session_state[key]
    uploads.files, uploads.choices = (kept_file(given),) if given else (), {}


def _given(uploads: Uploads, otherwise: str) -> KeptFile:
    say_what_was_lost(_FILE)
    if not uploads.files:
        st.caption(otherwise)
        st.stop()
    file = uploads.files[0]
    if not any(st.session_state.get(key) for key in (_FILE, _RECORDING)):
        st.caption(f"In use: {escape_markdown(file.name, 60)}. Give another to replace it.")
    return file


def _one_of(rows: Sequence[int], names: Sequence[str], title: str) -> int:
    """The only one, or the one that is chosen."""
    if len(rows) == 1:
        return rows[0]
    named = dict(zip(rows, names, strict=True))
    return int(st.selectbox(title, rows, format_func=lambda row: shorten(named[row], 100), key="look-own-row"))


_CHOOSE: Mapping[str, Callable[[Uploads, Sequence[Run]], LookedAt]] = {
    "series": _choose_series,
    "audio": _choose_sound,
}
