"""Buttons with which one takes home what a tab shows: numbers as CSV, a page as HTML; each picture is its own PNG."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from seqcore.ui.session.file_button import file_button


def draw_scores_and_heatmaps(
    name: str, scores_csv: Callable[[], bytes], heatmaps: Callable[[], bytes], scores: str, pictures: str = "Heatmaps"
) -> None:
    """Both files of maps; the PNG is in the heatmap.

    Args:
        name: Of the files, without ending.
        scores_csv: Makes the CSV.
        heatmaps: Makes the HTML.
        scores: What the CSV has.
        pictures: What the HTML has.
    """
    with st.container(horizontal=True):
        file_button(f"{scores} as CSV", scores_csv, f"{name}.csv", "text/csv")
        file_button(f"{pictures} as HTML", heatmaps, f"{name}.html", "text/html")


def draw_take_home(name: str, numbers_csv: Callable[[], bytes], page: Callable[[], str] | None = None) -> None:
    """Files are made when they are asked for.

    Args:
        name: Of the files, without ending.
        numbers_csv: Makes the CSV.
        page: Makes the HTML; None where the picture says it better.
    """
    with st.container(horizontal=True):
        draw_numbers(name, numbers_csv)
        if page is not None:
            made = page
            file_button(
                "Table as HTML", lambda: made().encode("utf-8", errors="replace"), f"{name}.html", "text/html",
            )  # fmt: skip
    st.caption("The camera above a picture saves it as PNG.")


def draw_numbers(name: str, numbers_csv: Callable[[], bytes], title: str = "Numbers as CSV") -> None:
    """The button for numbers alone.

    Args:
        name: Of the file, without ending.
        numbers_csv: Makes the CSV.
        title: What the button says.
    """
    file_button(title, numbers_csv, f"{name}.csv", "text/csv", key=f"take-{name}")
