"""A file of texts, taken home with every model's answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.export.answers import with_answers
from seqcore.export.tables import csv_bytes
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import shorten
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.predict.summary import draw_summary
from seqcore.ui.pages.predict.text_file import choose_columns, read_as_chosen
from seqcore.ui.session import cache, questions, state
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.state import AskedFile, PredictedFile
from seqcore.ui.session.uploads import say_what_was_lost

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.store import Run

_PREVIEW = 50


def draw_file(runs: Sequence[Run], labels: dict[str, str]) -> None:
    """Upload a file, choose how it is read, its columns and the models, see what the answers come to, download them.

    Raises:
        SeqlabError: the file cannot be used, or a model does not answer.
    """
    from seqcore.datasets.formats import format_labels

    readable = format_labels(labelled=False)
    file = st.file_uploader(
        "File of texts", key="predict-file", max_upload_size=get_settings().max_file_mb,
        help=f"{readable[:1].upper()}{readable[1:]}.",
    )  # fmt: skip
    say_what_was_lost("predict-file")
    if file is None:
        return
    uploads = state.memory().predict_reading
    uploads.take_files([file], get_settings())
    asked = choose_columns(read_as_chosen(uploads), uploads, classes_of(runs))
    chosen = st.pills(
        "Models that answer", list(labels), selection_mode="multi", default=list(labels), format_func=labels.__getitem__
    )
    shown = [run for run in runs if run.id in chosen]
    wanted = AskedFile(file.file_id, asked.table.how, asked.text, tuple(run.id for run in shown))
    label = f"Predict {count(sum(bool(text.strip()) for text in asked.texts), 'text')}"
    memory = state.memory()
    if st.button(label, type="primary", icon=":material/play_arrow:", disabled=not shown, key="predict-all"):
        memory.predict_wanted = wanted
    if memory.predict_wanted == wanted:  # while the engine starts, the page is drawn again and again
        questions.wait_for_engine()
        memory.predict_wanted = None
        memory.predicted = PredictedFile(wanted, _answers(asked.texts, shown, labels))
    predicted = memory.predicted
    if predicted is not None and predicted.asked == wanted:
        draw_summary(asked.texts, asked.labels(classes_of(shown)), predicted.found)
        _draw_table(with_answers(asked.table.frame, asked.texts, predicted.found), file.name)


def classes_of(runs: Sequence[Run]) -> tuple[str, ...]:
    """The classes that the models know, which learned from the same data."""
    return tuple(dict.fromkeys(name for run in runs for name in cache.evaluation(run.id).classes))


def _draw_table(table: pd.DataFrame, name: str) -> None:
    file_button(
        "Download with predictions", partial(csv_bytes, table), file_name(f"{name} predictions", "csv"), "text/csv",
        icon=":material/download:", type="primary",
    )  # fmt: skip
    st.dataframe(table.head(_PREVIEW).map(_short), hide_index=True)
    if len(table) > _PREVIEW:
        st.caption(f"The first {_PREVIEW} of {len(table):,} rows.")


def _answers(texts: Sequence[str], runs: Sequence[Run], labels: dict[str, str]) -> dict[str, ClassProbabilities]:
    bar, done, total = st.progress(0.0, "The models read …"), [0], max(1, len(texts) * len(runs))

    def progress(number: int) -> None:
        done[0] += number
        bar.progress(done[0] / total, f"{done[0]:,} of {total:,} answers")

    found = {labels[run.id]: questions.ask_all(run.id, texts, progress) for run in runs}
    bar.empty()
    return found


def _short(cell: Any) -> Any:
    return shorten(cell, 200) if isinstance(cell, str) else cell
