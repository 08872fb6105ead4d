"""Series of one's own that models are asked about: how their file holds them, and whether the models can read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.series.chosen import AS_FOUND
from seqcore.datasets.series.one_series import as_one_series, with_moments_counted
from seqcore.errors import DataError
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.session import cache, series_files
from seqcore.ui.session.series_columns import choose_header, choose_series_columns

if TYPE_CHECKING:
    from seqcore.datasets.series.chosen import SeriesColumns
    from seqcore.datasets.series.unlabelled import SeriesToAnswer
    from seqcore.store import Run
    from seqcore.ui.session.uploads import KeptFile, Uploads


def classes_of(runs: Sequence[Run]) -> tuple[str, ...]:
    """The classes that any of the models knows, each once."""
    return tuple(dict.fromkeys(name for run in runs for name in cache.evaluation(run.id).classes))


def choose_own_series(
    file: KeptFile, uploads: Uploads, runs: Sequence[Run], *, prefix: str
) -> tuple[SeriesToAnswer, SeriesColumns]:
    """Draw how a file holds series; those that it holds so, and the columns that were chosen.

    Args:
        file: With labels or without.
        uploads: Where choices are kept.
        runs: Who is asked about them.
        prefix: Of the names of controls.

    Raises:
        DataError: it holds none, or they have other channels than those that the models learned from.
    """
    limits, file = get_settings(), replace(file, data=with_moments_counted(file.data))
    chosen = _columns(file, uploads, prefix, _channels_of(runs[0]))
    found = series_files.to_answer(file.file_id, chosen, classes_of(runs), file, limits)
    if found.kept.notes:
        st.caption(escape_markdown(". ".join(shorten(note, 300) for note in found.kept.notes) + ".", 1500))
    for run in runs:
        found.refuse_other_channels(_channels_of(run))
    return found, chosen


def _columns(file: KeptFile, uploads: Uploads, prefix: str, channels: int) -> SeriesColumns:
    """How the file holds series: guessed, and open to change where it is a table.

    Raises:
        DataError: it cannot hold any.
    """
    limits = get_settings()
    outline = series_files.outline(file.file_id, None, file, limits)
    if outline is None:
        raise DataError(
            "This is no file of series",
            received=shorten(file.name, 60),
            remedy="Give a table of numbers (CSV, TSV, Parquet), .ts or ARFF",
        )
    if not outline.is_table:
        return AS_FOUND
    room = st.expander("How the file was read", key=f"{prefix}series-columns", type="compact")
    with room:
        if outline.form == "delimited":
            header = choose_header(bool(outline.guess.columns.header), uploads, prefix=prefix)
            outline = series_files.outline(file.file_id, header, file, limits) or outline
        outline = as_one_series(outline, channels)
        chosen = choose_series_columns(outline, uploads, prefix=prefix, may_be_one=True)
    return chosen.as_found_where(outline.guess.columns)


def _channels_of(run: Run) -> int:
    """Of the series that a model learned from."""
    sizes, marked = cache.evaluation(run.id).sizes or {}, getattr(run.spec.input, "missing", "") == "indicate"
    return int(sizes.get("channels", 1)) // (2 if marked else 1)
