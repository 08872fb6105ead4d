"""What the scores leave out of the test that a person brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import cache

if TYPE_CHECKING:
    from seqcore.store import Experiment


def draw_tested_rows(experiment: Experiment) -> None:
    """A line when not every row of the test file, or of the rows marked as test, could be scored."""
    from seqcore.datasets.tested_rows import rows_left_untested

    try:
        data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    except SeqlabError:
        return  # the parts that cannot do without the texts say so
    told = rows_left_untested(data)
    if told is not None:
        st.caption(f":material/filter_alt_off: {escape_markdown(told, 400)}.")
