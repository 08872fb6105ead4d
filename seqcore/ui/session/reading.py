"""How a file was read, and the controls to have it read otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.ui.kit.escape import shorten
from seqcore.ui.session import part_choice

if TYPE_CHECKING:
    from seqcore.datasets.formats.read_as import HowRead, ReadAs
    from seqcore.datasets.table import Table
    from seqcore.ui.session.uploads import Uploads

    Read = Callable[[ReadAs], Table]

_FOUND = "found"  # left to be found out
_DELIMITERS = {
    "\t": "Tab",
    ",": "Comma",
    ";": "Semicolon",
    "|": "Pipe",
    " ": "Space",
    "@": "@",
    "": "Nothing: one column",
}
_QUOTES = {'"': "Double quotes", "'": "Single quotes", "": "Part of the text"}
_HEADERS = {0: "None: the first row is data", **{rows: f"{rows}" for rows in range(1, 9)}}
_MOST_OFFERED = 4
_LINES_SHOWN, _LONGEST_LINE = 3, 120


def choose_reading(read: Read, uploads: Uploads, *, title: str, prefix: str, decided: ReadAs) -> Table:
    """Draw how a file was read with a control for each decision, and read it so.

    Args:
        read: Reads the file as decided.
        uploads: Where choices are kept.
        title: What the controls are drawn under.
        prefix: What the controls of this file are told by.
        decided: What is decided elsewhere.

    Raises:
        DataError: the file cannot be read as a person chose; the controls are there to choose otherwise.
    """
    found = read(decided).how
    room = st.expander(title, key=f"how-{prefix}", type="compact")
    with room:
        chosen = _decisions(uploads, prefix, decided, found)
        try:
            table = part_choice.choose_parts(read, chosen, uploads, room, prefix=prefix)
        finally:
            _draw_controls(found, uploads, prefix)  # to choose otherwise where it cannot be read so
        _draw_sample(table)
        _draw_others(table.how, chosen, uploads, prefix)
    return table


def _controls(how: HowRead) -> dict[str, tuple[str, dict[Any, str]]]:
    """Title and options of the control of each decision that the file leaves open."""
    from seqcore.datasets.formats.encoding_names import ENCODINGS, encoding_label

    controls: dict[str, tuple[str, dict[Any, str]]] = {}
    if how.encoding is not None:
        controls["encoding"] = ("Encoding", {codec: encoding_label(codec) for codec in ENCODINGS})
    if how.delimiter is not None:
        controls["delimiter"] = ("Between the columns", _DELIMITERS)
        controls["quote"] = ("Quotation marks", _QUOTES)
    if how.header is not None:
        controls["header"] = ("Header rows", _HEADERS)
    return controls


def _decisions(uploads: Uploads, prefix: str, decided: ReadAs, found: HowRead) -> ReadAs:
    """What was chosen with the controls, which are drawn only once the file has been read so."""
    for field, (_, options) in _controls(found).items():
        key = uploads.remembered(f"{prefix}-{field}", _FOUND, among=[_FOUND, *options])
        value = st.session_state[key]
        if value != _FOUND:
            decided = replace(decided, **{field: value})
    return decided


def _draw_controls(found: HowRead, uploads: Uploads, prefix: str) -> None:
    controls = _controls(found)
    cells = st.columns(len(controls)) if controls else []
    for cell, (field, (title, options)) in zip(cells, controls.items(), strict=True):
        control = f"{prefix}-{field}"
        key = uploads.remembered(control, _FOUND, among=[_FOUND, *options])
        value = getattr(found, field)
        said = options.get(value, str(value))
        names = {_FOUND: f"{said} (found)", **options}
        uploads.remember(control, cell.selectbox(title, list(names), key=key, format_func=names.__getitem__))


def _draw_sample(table: Table) -> None:
    """Some rows as they were read, those with letters beyond ASCII first: they show a wrong encoding."""
    rows = [" | ".join(cell for cell in row if cell) for row in table.frame.head(200).itertuples(index=False)]
    telling = sorted(rows, key=str.isascii)[:_LINES_SHOWN]
    lines = [" ".join(row.split())[:_LONGEST_LINE] for row in telling]
    st.code("\n".join(lines), language=None, wrap_lines=True)


def _draw_others(how: HowRead, chosen: ReadAs, uploads: Uploads, prefix: str) -> None:
    """One press for each other reading that the file allows."""
    others = [other for other in how.alternatives if _of_controls(other.read_as) != _of_controls(chosen)]
    if not others:
        return
    st.caption("It could also be read like this:")
    with st.container(horizontal=True):
        for number, other in enumerate(others[:_MOST_OFFERED]):
            taken = _of_controls(other.read_as)
            st.button(
                shorten(other.label, 60), key=f"other-{prefix}-{number}", on_click=_take, args=(uploads, prefix, taken)
            )


def _of_controls(read_as: ReadAs) -> dict[str, Any]:
    return {field: getattr(read_as, field) for field in ("encoding", "delimiter", "quote", "header")}


def _take(uploads: Uploads, prefix: str, taken: dict[str, Any]) -> None:
    for field, value in taken.items():
        uploads.choose(f"{prefix}-{field}", _FOUND if value is None else value)
