"""Sounds to be answered: recorded in the browser, or uploaded, with every model's answer side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.export.tables import csv_bytes
from seqcore.inspections.prediction import PREDICT, PredictRequest
from seqcore.kinds import get_kind
from seqcore.lab.ask_sounds import NOTHING_HEARD, ask_sounds
from seqcore.settings import get_settings
from seqcore.ui.components.answers import draw_answers
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.pages.predict.one_text import agreement
from seqcore.ui.session import cache, questions, shared
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard, show_problem
from seqcore.ui.session.sound import RECORDED_RATE, draw_sound
from seqcore.ui.session.uploads import say_what_was_lost

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.datasets.labelled_sounds import Sound
    from seqcore.inspections.contracts import ClassProbabilities
    from seqcore.kinds.audio import AudioEncoder
    from seqcore.store import Run

_PREVIEW = 50


def draw_sounds(runs: Sequence[Run], labels: dict[str, str]) -> None:
    """Draw the recorder and the upload; every model's answer to what was recorded, and to each file."""
    recorded = st.audio_input(
        "Record a sound", sample_rate=RECORDED_RATE, key="predict-recording",
        help="The browser asks whether it may use the microphone. What is recorded goes to this server only.",
    )  # fmt: skip
    if recorded is not None:
        with guard():
            ((_, sound),) = cache.sounds((recorded.file_id,), ("recording.wav",), [recorded.getvalue()])
            _draw_one(runs, labels, sound, "recording")
    st.header("Sound files", anchor=False)
    with guard():
        _draw_files(runs, labels)


def _draw_files(runs: Sequence[Run], labels: dict[str, str]) -> None:
    files = st.file_uploader(
        "WAV, FLAC, OGG or MP3, or an archive of them", key="predict-sounds", accept_multiple_files=True,
        max_upload_size=get_settings().max_file_mb,
    )  # fmt: skip
    say_what_was_lost("predict-sounds")
    if not files:
        return
    ids, names = tuple(file.file_id for file in files), tuple(file.name for file in files)
    given = cache.sounds(ids, names, [file.getvalue() for file in files])
    found = _answers(runs, labels, [sound for _, sound in given])
    if not found:
        return
    table = _table([name for name, _ in given], [sound for _, sound in given], found)
    file_button(
        "Download with predictions", partial(csv_bytes, table), "sounds predictions.csv", "text/csv",
        icon=":material/download:", type="primary",
    )  # fmt: skip
    shown = table.head(_PREVIEW).map(lambda cell: shorten(cell, 200) if isinstance(cell, str) else cell)
    st.dataframe(shown, hide_index=True, key="sounds-answered", alt="Every sound with every model's answer")
    if len(table) > _PREVIEW:
        st.caption(f"The first {_PREVIEW} of {len(table):,} sounds.")
    place = 0
    if len(given) > 1:
        numbers = range(len(given))
        place = st.selectbox("Look at", numbers, format_func=lambda at: shorten(given[at][0], 80), key="sound-shown")
    _draw_one(runs, labels, given[place][1], "file")


def _draw_one(runs: Sequence[Run], labels: dict[str, str], sound: Sound, key: str) -> None:
    """One sound, seen as the first model reads it, and every model's answer."""
    draw_sound(sound, _encoder(runs[0]), key=f"sound-{key}")
    found = _answers(runs, labels, [sound])
    drawn = [
        questions.as_drawn(run, found[labels[run.id]].classes, found[labels[run.id]].probabilities[0], labels[run.id])
        for run in runs
        if labels[run.id] in found
    ]
    if drawn and not sound.is_silent:
        st.markdown(agreement([answer.prediction for answer in drawn]))
        draw_answers(drawn, key=f"answers-{key}")


def _answers(runs: Sequence[Run], labels: dict[str, str], sounds: Sequence[Sound]) -> dict[str, ClassProbabilities]:
    """What each model says, by its name; one that fails says so and hides no other."""
    questions.wait_for_engine()
    found = dict[str, "ClassProbabilities"]()
    for run in runs:
        try:
            found[labels[run.id]] = ask_sounds(sounds, partial(_ask, run.id))
        except SeqlabError as error:
            show_problem(error)
    return found


def _ask(run_id: str, texts: tuple[str, ...]) -> ClassProbabilities:
    return questions.ask(PREDICT, run_id, PredictRequest(texts=texts))


def _table(names: Sequence[str], sounds: Sequence[Sound], found: dict[str, ClassProbabilities]) -> pd.DataFrame:
    """A row for each sound: its file, its seconds, and each model's answer with how sure it is."""
    import pandas as pd

    rows = {"file": list(names), "seconds": [round(sound.seconds, 2) for sound in sounds]}
    for label, answer in found.items():
        silent = [sound.is_silent for sound in sounds]
        said = zip(answer.predictions, silent, strict=True)
        rows[label] = [NOTHING_HEARD if nothing else prediction for prediction, nothing in said]
        rows[f"{label}: confidence"] = answer.probabilities.max(axis=1).round(4).tolist()
    for label, answer in found.items():
        for code, name in enumerate(answer.classes[:20]):
            rows[f"{label}: p({name})"] = answer.probabilities[:, code].round(4).tolist()
    return pd.DataFrame(rows)


def _encoder(run: Run) -> AudioEncoder:
    from seqcore.kinds.audio import AudioEncoder

    kind = get_kind("audio")
    encoder = kind.read_encoder(shared.get_store().artifacts.read(run.id, kind.encoder_file), run.spec.input)
    if not isinstance(encoder, AudioEncoder):
        raise TypeError(f"{escape_markdown(run.architecture, 40)} reads no sounds")
    return encoder
