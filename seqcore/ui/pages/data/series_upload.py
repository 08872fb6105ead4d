"""Uploaded files that hold series of numbers: whether they do, in which columns, and a test file beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.pages.data.look_alikes import wants_merging
from seqcore.ui.pages.data.own_test_file import offer_test_file
from seqcore.ui.session import series_files
from seqcore.ui.session.series_columns import choose_header, choose_series_columns

if TYPE_CHECKING:
    from seqcore.datasets.labelled_series import LabelledSeries
    from seqcore.datasets.series.outline import Outline
    from seqcore.settings import Settings
    from seqcore.ui.session.uploads import KeptFile, Uploads

_HOLDS = {"series": "Series of numbers", "text": "Texts"}


def choose_series(uploads: Uploads, limits: Settings) -> LabelledSeries | None:
    """Draw how the files hold series; None where they hold something else, or a person says so.

    Raises:
        DataError: they cannot be used so; the controls are there to choose otherwise.
    """
    from seqcore.datasets.series.chosen import AS_FOUND
    from seqcore.datasets.series.given_files import in_order

    order = in_order([file.name for file in uploads.files])
    if order is None:
        return None
    files = [uploads.files[at] for at in order]
    outline = series_files.outline(files[0].file_id, None, files[0], limits)
    if outline is None or not _holds_series(outline, uploads):
        return None
    chosen = AS_FOUND
    if outline.form == "delimited":
        header = choose_header(bool(outline.guess.columns.header), uploads)
        outline = series_files.outline(files[0].file_id, header, files[0], limits) or outline
    if outline.is_table:
        chosen = choose_series_columns(outline, uploads)
    if len(files) == 1:
        files += _test_file(uploads, limits)
    names = tuple(file.file_id for file in files)
    found = series_files.labelled(names, chosen, files, limits)
    if not wants_merging(found.labels, uploads):
        return found
    return series_files.labelled(names, replace(chosen, merge_labels=True), files, limits)


def _holds_series(outline: Outline, uploads: Uploads) -> bool:
    """What the file holds: told where it is found, and chosen where it could be either."""
    from seqcore.datasets.series.guess import Likeness

    if outline.likeness is Likeness.NO:
        return False
    if not outline.is_table:
        return True
    guessed = "series" if outline.likeness is Likeness.SERIES else "text"
    key = uploads.remembered("holds", guessed, among=list(_HOLDS))
    holds = st.segmented_control(
        "What the file holds", list(_HOLDS), format_func=_HOLDS.__getitem__, key=key, required=True
    )
    return bool(uploads.remember("holds", holds) == "series")


def _test_file(uploads: Uploads, limits: Settings) -> list[KeptFile]:
    test = offer_test_file(uploads, limits)
    return [] if test is None else [test]
