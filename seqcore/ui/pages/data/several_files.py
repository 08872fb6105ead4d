"""Several files as one table: what they are, and what each of them says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import DataError
from seqcore.settings import Settings
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import cache

if TYPE_CHECKING:
    from seqcore.datasets.table import Table
    from seqcore.ui.session.uploads import Uploads

_WAYS = {
    "classes": "The texts of one class each",
    "beside": "Texts, and their labels",
    "parts": "Parts of one table",
}
_TWO = 2


def combine(uploads: Uploads, limits: Settings) -> tuple[str, Table]:
    """Draw what the files may be, and make one table of them.

    Returns:
        "classes", "beside" or "parts", and the table.

    Raises:
        DataError: a file cannot be read, or they do not go together.
    """
    ways = list(_WAYS) if len(uploads.files) == _TWO else ["classes", "parts"]
    way: str | None = st.segmented_control(
        "These files are", ways, format_func=_WAYS.__getitem__, required=True,
        key=uploads.remembered("way", _likely_way(uploads, limits), among=ways),
    )  # fmt: skip
    uploads.remember("way", way)
    make = {"beside": _beside, "parts": _parts}.get(str(way), _one_class_each)
    return str(way), make(uploads, limits)


def _parts(uploads: Uploads, limits: Settings) -> Table:
    from seqcore.datasets.combining import parts_of_one_table

    return parts_of_one_table(_tables(uploads, limits, "table"), limits=limits)


def _one_class_each(uploads: Uploads, limits: Settings) -> Table:
    from seqcore.datasets.combining import class_names, one_class_each

    labels = []
    with st.container(horizontal=True, gap="small"):
        for place, guess in enumerate(class_names([file.name for file in uploads.files])):
            name = uploads.files[place].name
            label = st.text_input(
                f"Label of {escape_markdown(name, 40)}", key=uploads.remembered(f"class-{place}", guess), width=220
            )
            labels.append(uploads.remember(f"class-{place}", label))
    return one_class_each(_tables(uploads, limits, "texts"), labels, limits=limits)


def _beside(uploads: Uploads, limits: Settings) -> Table:
    from seqcore.datasets.combining import texts_beside_labels

    names = [file.name for file in uploads.files]
    tables = _tables(uploads, limits, "lines")
    key = uploads.remembered("labels-file", names[_shorter(tables)], among=names)
    holder = st.selectbox("File of the labels", names, key=key, width=320)
    uploads.remember("labels-file", holder)
    at = names.index(holder)
    return texts_beside_labels(tables[1 - at], tables[at], limits=limits)


def _likely_way(uploads: Uploads, limits: Settings) -> str:
    """Parts when all have the same columns, labels beside texts when these repeat, else one class each."""
    from seqcore.datasets.columns import guess_columns

    try:
        tables = _tables(uploads, limits, "table")
        if len({tuple(sorted(map(str, table.frame.columns))) for table in tables}) == 1:
            guess_columns(tables[0])
            return "parts"
    except DataError:
        pass  # files of texts only are no tables of texts and labels
    if len(uploads.files) != _TWO:
        return "classes"
    try:
        tables = _tables(uploads, limits, "lines")
    except DataError:
        return "classes"
    labels = tables[_shorter(tables)].frame.iloc[:, -1]
    same = len(tables[0].frame) == len(tables[1].frame)
    return "beside" if same and 1 < labels.nunique() <= len(labels) / _TWO else "classes"


def _shorter(tables: list[Table]) -> int:
    """The one of two tables whose last column has the fewest different cells."""
    return min((0, 1), key=lambda at: tables[at].frame.iloc[:, -1].nunique())


def _tables(uploads: Uploads, limits: Settings, what: str) -> list[Table]:
    return [cache.part(file.file_id, file.name, what, _data=file.open(), _limits=limits) for file in uploads.files]
