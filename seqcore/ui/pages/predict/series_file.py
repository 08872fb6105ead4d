"""A file of series, taken home with every model's answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.formats.read_as import HowRead
from seqcore.datasets.series.unlabelled import NO_VALUE, SeriesToAnswer
from seqcore.export.answers import with_answers
from seqcore.export.tables import csv_bytes
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.kinds import get_kind
from seqcore.settings import get_settings
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.predict.summary import draw_summary
from seqcore.ui.session import questions, state
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.own_series import choose_own_series, classes_of
from seqcore.ui.session.state import AskedFile, PredictedFile
from seqcore.ui.session.uploads import say_what_was_lost

if TYPE_CHECKING:
    from seqcore.store import Run

_PREVIEW = 50
_PREFIX = "predict-"  # of the names of controls


def draw_series(runs: Sequence[Run], labels: dict[str, str]) -> None:
    """Upload a file, choose its columns and the models, see what the answers come to, download them.

    Raises:
        SeqlabError: the file cannot be used, or a model does not answer.
    """
    st.caption("Series with the channels that the models learned from, with labels or without.")
    limits = get_settings()
    file = st.file_uploader(
        "File of series", key="predict-file", max_upload_size=limits.max_file_mb,
        help=", ".join(get_kind("series").reads()) + ".",
    )  # fmt: skip
    say_what_was_lost("predict-file")
    if file is None:
        return
    uploads = state.memory().predict_reading
    uploads.take_files([file], limits)
    asked, chosen = choose_own_series(uploads.files[0], uploads, runs, prefix=_PREFIX)
    picked = st.pills(
        "Models that answer", list(labels), selection_mode="multi", default=list(labels), format_func=labels.__getitem__
    )
    shown = [run for run in runs if run.id in picked]
    wanted = AskedFile(file.file_id, HowRead(), repr(chosen), tuple(run.id for run in shown))
    memory, called = state.memory(), count(sum(asked.there()), "series", "series")
    if st.button(
        f"Predict {called}", type="primary", icon=":material/play_arrow:", disabled=not shown, key="predict-all"
    ):
        memory.predict_wanted = wanted
    if memory.predict_wanted == wanted:  # while the engine starts, the page is drawn again and again
        questions.wait_for_engine()
        memory.predict_wanted = None
        memory.predicted = PredictedFile(wanted, _answers(asked, shown, labels))
    predicted = memory.predicted
    if predicted is not None and predicted.asked == wanted:
        draw_summary(asked.shown(), asked.labels(classes_of(runs)), predicted.found, called=("series", "series"))
        _draw_table(asked, predicted.found, file.name)


def _answers(asked: SeriesToAnswer, runs: Sequence[Run], labels: dict[str, str]) -> dict[str, ClassProbabilities]:
    there, kind = asked.there(), get_kind("series")
    texts = [kind.to_text(one) for one, said in zip(asked.kept.series, there, strict=True) if said]
    bar, done, total = st.progress(0.0, "The models read …"), [0], max(1, len(texts) * len(runs))

    def progress(number: int) -> None:
        done[0] += number
        bar.progress(done[0] / total, f"{done[0]:,} of {total:,} answers")

    found = {labels[run.id]: _asked(run.id, texts, asked.at_once, progress).among(there) for run in runs}
    bar.empty()
    return found


def _asked(run_id: str, texts: Sequence[str], at_once: int, progress: Callable[[int], None]) -> ClassProbabilities:
    """What a model says; so many series travel in one message."""
    parts = [texts[start : start + at_once] for start in range(0, max(1, len(texts)), at_once)]
    return ClassProbabilities.joined(questions.ask_all(run_id, part, progress) for part in parts)


def _draw_table(asked: SeriesToAnswer, found: dict[str, ClassProbabilities], name: str) -> None:
    table = with_answers(asked.frame(), asked.shown(), found, nothing=NO_VALUE)
    file_button(
        "Download with predictions", partial(csv_bytes, table), file_name(f"{name} predictions", "csv"), "text/csv",
        icon=":material/download:", type="primary",
    )  # fmt: skip
    st.dataframe(table.head(_PREVIEW), hide_index=True)
    if len(table) > _PREVIEW:
        st.caption(f"The first {_PREVIEW} of {len(table):,} series.")
