"""The experiment as one zip, made when the button is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.lab.report import report_bytes, too_large_for_memory
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.session import shared
from seqcore.ui.session.file_button import file_button

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_HELP = (
    "This experiment in one zip: a page that opens offline and prints well, a LaTeX table, the data, the models with "
    "their answers, and a notebook that trains them again with Keras alone."
)


def draw_report_button(experiment: Experiment, runs: Sequence[Run]) -> None:
    """Draw the button; of an experiment too large for a browser, the command that writes the same to a file.

    Args:
        experiment: Which.
        runs: Its runs that can be read.
    """
    if too_large_for_memory(runs):
        with st.popover("Report", icon=":material/summarize:", type="tertiary"):
            st.markdown(
                "With all its models this report is too large for a browser. On the server, this writes it to a file:"
            )
            st.code(f"python -m seqcore report {experiment.id} report.zip", language=None, wrap_lines=True)
        return
    file_button(
        "Report", partial(report_bytes, shared.get_store(), experiment), file_name(f"{experiment.name} report", "zip"),
        "application/zip", icon=":material/summarize:", help=_HELP, key="report",
    )  # fmt: skip
