"""The experiment, its scores and its predictions as files, and the link to this page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.export.tables import csv_bytes
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.pages.compare import report_button
from seqcore.ui.session import giving, results
from seqcore.ui.session.file_button import file_button

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.store import Experiment, Run


def draw_download_buttons(
    experiment: Experiment, others: Sequence[Experiment], runs: Sequence[Run], table: pd.DataFrame
) -> None:
    """Draw the buttons.

    Args:
        experiment: Whose models are compared.
        others: That they are compared with.
        runs: Those of its runs that can be read.
        table: The scores as they are shown.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        report_button.draw_report_button(experiment, results.runs_among(runs, experiment))
        file_button(
            "Table as CSV", partial(csv_bytes, table), file_name(experiment.name, "csv"), "text/csv",
        )  # fmt: skip
        file_button(
            "All test answers as CSV", partial(results.predictions_csv, experiment, runs),
            file_name(f"{experiment.name} answers", "csv"), "text/csv",
        )  # fmt: skip
        giving.draw_link(experiment, others)
