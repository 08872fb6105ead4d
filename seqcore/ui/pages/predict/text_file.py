"""A file of texts without labels: any table, or one text a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.settings import get_settings

if TYPE_CHECKING:
    import pandas as pd


@st.cache_resource(show_spinner="Reading the file …", max_entries=8)
def read_frame(file_id: str, name: str, _file: Any) -> pd.DataFrame:
    """The file as a table of strings; plain text has the one column "text", a row for each line.

    Raises:
        DataError: it cannot be used.
    """
    from seqcore.datasets.formats.parse import read_texts

    return read_texts(_file.getvalue(), name, limits=get_settings()).frame.reset_index(drop=True)


def likely_text_column(frame: pd.DataFrame) -> str:
    """The column with the longest cells, by their mean."""
    lengths = {str(name): frame[name].dropna().astype(str).str.len().mean() for name in frame.columns}
    return max(lengths, key=lambda name: lengths[name] if lengths[name] == lengths[name] else -1.0)
