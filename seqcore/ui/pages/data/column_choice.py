"""The choice of columns: guessed, with the reason beside it, and open to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import DataError
from seqcore.ui.kit.escape import escape_markdown, shorten

if TYPE_CHECKING:
    from seqcore.datasets.columns import Columns
    from seqcore.datasets.table import Table
    from seqcore.ui.session.uploads import Uploads

_NO_COLUMN = "(none)"


def choose_columns(table: Table, uploads: Uploads) -> Columns:
    """Draw a control for each column; what was chosen before stays chosen.

    Raises:
        DataError: the text or the label is missing, or they are the same column.
    """
    from seqcore.datasets.columns import Columns

    names = [str(name) for name in table.frame.columns]
    texts, labels, splits = st.columns(3)
    guess, problem = _guess(table, names)
    chosen = texts.multiselect(
        "Text column", names, key=uploads.remembered("text", list(guess.texts), among=names),
        help="What the model reads. The texts of several columns are joined.", placeholder="Choose one or more",
    )  # fmt: skip
    label: str | None = labels.selectbox(
        "Label column", names, key=uploads.remembered("label", guess.label or None, among=[*names, None]),
        help="What the model should answer.", placeholder="Choose the label column",
    )  # fmt: skip
    split = splits.selectbox(
        "Split column", [_NO_COLUMN, *names],
        key=uploads.remembered("split", guess.split or _NO_COLUMN, among=[_NO_COLUMN, *names]),
        help="Optional: says train, validation or test for each row.",
    )  # fmt: skip
    for control, value in (("text", chosen), ("label", label), ("split", split)):
        uploads.remember(control, value)
    if label is None and problem is not None:
        raise problem
    if not chosen or label is None:
        raise DataError("The text column or the label column is missing", remedy="Choose one of each")
    if label in chosen:
        raise DataError(
            "Text and label are the same column", received=shorten(label, 40), remedy="Choose another one of them"
        )
    text = chosen[0] if len(chosen) == 1 else tuple(chosen)
    found = Columns(text, label, None if split == _NO_COLUMN else split)
    if found == guess:
        st.caption("  \n".join(f"{escape_markdown(reason, 300)}." for reason in guess.reasons))
        return guess
    return found


def _guess(table: Table, names: list[str]) -> tuple[Columns, DataError | None]:
    """The likely columns; where none can be the label, none is taken and the reason is told.

    Raises:
        DataError: there are not even two columns to choose from.
    """
    from seqcore.datasets.columns import Columns, guess_columns, guess_text_column

    try:
        return guess_columns(table), None
    except DataError as problem:
        if len(names) < 2:
            raise
        return Columns(guess_text_column(table)[0], ""), problem
