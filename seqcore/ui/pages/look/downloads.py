"""Weights to take home: as CSV, and as a page of HTML with every model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.export.tables import Picture, csv_bytes, heatmap_html
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.step_weights import Look

if TYPE_CHECKING:
    import pandas as pd


def draw_downloads(looks: Sequence[Look]) -> None:
    """CSV and HTML with all models; the PNG is in the heatmap."""
    if not looks:
        return
    name = looks[0].inspection.name
    with st.container(horizontal=True):
        st.download_button(
            "Weights as CSV", partial(weights_csv, list(looks)), f"{name}.csv", "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Heatmaps as HTML", partial(_html, list(looks)), f"{name}.html", "text/html",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def weights_table(looks: Sequence[Look]) -> pd.DataFrame:
    """A row for each model and step: where it stands in the text, and its weight."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "model": look.answer.label,
                "prediction": look.answer.prediction,
                "position": number + 1,
                "token": step.token,
                "start": step.start,
                "end": step.end,
                "weight": step.weight,
            }
            for look in looks
            for number, step in enumerate(look.steps)
        ],
        columns=["model", "prediction", "position", "token", "start", "end", "weight"],
    )


def weights_csv(looks: Sequence[Look]) -> bytes:
    """The table as a file."""
    return csv_bytes(weights_table(looks))


def _html(looks: Sequence[Look]) -> bytes:
    pictures = []
    for look in looks:
        answer, color = look.answer, appearance(look.run.architecture).color
        said = f"Says {answer.prediction} ({share(answer.probabilities[answer.code])})"
        pictures.append(Picture(answer.label, said, look.pieces, color))
    inspection = looks[0].inspection
    page = heatmap_html(pictures, title=inspection.label, note=inspection.how_to_read)
    return page.encode("utf-8", errors="replace")
