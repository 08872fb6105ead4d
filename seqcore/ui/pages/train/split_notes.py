"""What a new split for each seed means for the data in use, said before anybody presses Train."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.datasets.split import refuse_to_redraw_a_given_test
from seqcore.errors import DataError
from seqcore.ui.kit.escape import escape_markdown

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices


def draw_split_notes(data: LabelledData, chosen: Choices) -> None:
    """Nothing where all seeds have one split; else why that cannot be, or what is drawn."""
    if not chosen.split.split_each_seed:
        return
    try:
        refuse_to_redraw_a_given_test(data, chosen.split)
    except DataError as error:
        st.warning(escape_markdown(str(error), 600), icon=":material/call_split:")
        return
    given = "validation" in (data.given_split or ())
    kept = " from what is not the validation part that came with the data" if given else ""
    few = len(chosen.every_seed) < FEWEST_SEEDS
    enough = f" Choose {FEWEST_SEEDS} seeds or more: with fewer nothing can be said of other splits." if few else ""
    st.caption(
        f":material/call_split: Each seed draws its own split{kept}, and models are compared split by split.{enough}"
    )
