"""A file of texts without labels: any table, or one text a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.errors import DataError
from seqcore.settings import get_settings
from seqcore.ui.session import cache

if TYPE_CHECKING:
    import pandas as pd

_LINES = (".txt", ".text", ".txt.gz", ".text.gz")


@st.cache_resource(show_spinner="Reading the file …", max_entries=8)
def read_frame(file_id: str, name: str, _file: Any) -> pd.DataFrame:
    """The file as a table of strings; a `.txt` file has the one column "text", a row for each line.

    Raises:
        DataError: it cannot be used.
    """
    if not name.lower().endswith(_LINES):
        return cache.table(file_id, name, _data=_file, _limits=get_settings()).frame.reset_index(drop=True)
    return lines_frame(_file.getvalue())


def lines_frame(data: bytes) -> pd.DataFrame:
    """One text a line, empty lines left out.

    Raises:
        DataError: it is empty, too large or no text.
    """
    import pandas as pd

    from seqcore.datasets.formats.content import expand
    from seqcore.datasets.formats.encoding import decode

    limits = get_settings()
    text, _ = decode(expand(data, limits=limits))
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise DataError("The file holds no text", remedy="Give it one text a line")
    if len(lines) > limits.max_rows:
        raise DataError(
            "The file has too many lines", received=f"{len(lines):,}", remedy=f"At most {limits.max_rows:,}"
        )
    return pd.DataFrame({"text": lines})


def likely_text_column(frame: pd.DataFrame) -> str:
    """The column with the longest cells, by their mean."""
    lengths = {str(name): frame[name].dropna().astype(str).str.len().mean() for name in frame.columns}
    return max(lengths, key=lambda name: lengths[name] if lengths[name] == lengths[name] else -1.0)
