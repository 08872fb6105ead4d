"""A file of texts, taken home with every model's answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.export.tables import csv_bytes
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import shorten
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.predict.text_file import likely_text_column, read_frame
from seqcore.ui.session import questions, state
from seqcore.ui.session.state import PredictedFile

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.store import Run

_CLASSES_IN_FILE = 20  # up to which every class's probability gets a column
_PREVIEW = 50


def draw_file(runs: Sequence[Run], labels: dict[str, str]) -> None:
    """Upload a file, choose its column and the models, download it with answers.

    Raises:
        SeqlabError: the file cannot be used, or a model does not answer.
    """
    from seqcore.datasets.formats import format_labels

    readable = format_labels(labelled=False)
    file = st.file_uploader(
        "File of texts", key="predict-file", max_upload_size=get_settings().max_file_mb,
        help=f"{readable[:1].upper()}{readable[1:]}.",
    )  # fmt: skip
    if file is None:
        return
    frame = read_frame(file.file_id, file.name, _file=file)
    names = [str(name) for name in frame.columns]
    column = names[0]
    if len(names) > 1:
        likely = names.index(likely_text_column(frame))
        column = st.selectbox("Text column", names, index=likely, key=f"predict-column-{file.file_id}", width=320)
    chosen = st.pills(
        "Models that answer", list(labels), selection_mode="multi", default=list(labels), format_func=labels.__getitem__
    )
    shown = [run for run in runs if run.id in chosen]
    wanted = (file.file_id, column, tuple(run.id for run in shown))
    label = f"Predict {count(len(frame), 'text')}"
    if st.button(label, type="primary", icon=":material/play_arrow:", disabled=not shown, key="predict-all"):
        questions.wait_for_engine()
        state.memory().predicted = PredictedFile(wanted, _predicted(frame, column, shown, labels))
    predicted = state.memory().predicted
    if predicted is not None and predicted.asked == wanted:
        _draw_predicted(predicted.table, file.name)


def _draw_predicted(table: pd.DataFrame, name: str) -> None:
    st.download_button(
        "Download with predictions", partial(csv_bytes, table), file_name(f"{name} predictions", "csv"), "text/csv",
        icon=":material/download:", type="primary", on_click="ignore",
    )  # fmt: skip
    st.dataframe(table.head(_PREVIEW).map(_short), hide_index=True)
    if len(table) > _PREVIEW:
        st.caption(f"The first {_PREVIEW} of {len(table):,} rows.")


def _predicted(frame: pd.DataFrame, column: str, runs: Sequence[Run], labels: dict[str, str]) -> pd.DataFrame:
    texts = ["" if text is None or text != text else str(text) for text in frame[column]]
    bar, done, total = st.progress(0.0, "The models read …"), [0], max(1, len(texts) * len(runs))

    def progress(number: int) -> None:
        done[0] += number
        bar.progress(done[0] / total, f"{done[0]:,} of {total:,} answers")

    found = {labels[run.id]: questions.ask_all(run.id, texts, progress) for run in runs}
    bar.empty()
    return with_answers(frame, found)


def with_answers(frame: pd.DataFrame, found: dict[str, ClassProbabilities]) -> pd.DataFrame:
    """The table with every model's answer, then how sure each is, then (up to 20 classes) every probability.

    Args:
        frame: As it was read.
        found: The answers by the model's name.
    """
    import pandas as pd

    added: dict[str, Any] = {label: list(answer.predictions) for label, answer in found.items()}
    for label, answer in found.items():
        added[f"{label}: confidence"] = answer.probabilities.max(axis=1).round(4)
    for label, answer in found.items():
        if len(answer.classes) <= _CLASSES_IN_FILE:
            for code, name in enumerate(answer.classes):
                added[f"{label}: p({name})"] = answer.probabilities[:, code].round(4)
    taken = set(map(str, frame.columns))
    safe = {(f"{name} (model)" if name in taken else name): values for name, values in added.items()}
    return pd.concat([frame.reset_index(drop=True), pd.DataFrame(safe)], axis=1)


def _short(cell: Any) -> Any:
    return shorten(cell, 200) if isinstance(cell, str) else cell
