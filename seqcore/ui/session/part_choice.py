"""The choice of what to read of a file: a file of an archive, a sheet of a workbook, one of several labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from seqcore.ui.kit.escape import shorten

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.datasets.formats.read_as import HowRead, ReadAs
    from seqcore.datasets.table import Table
    from seqcore.ui.session.uploads import Uploads

_TITLES = {"member": "File in the archive", "sheet": "Sheet", "labels": "Of several labels of a text"}
_WHOLE = ""  # all parts of a split together


def choose_parts(
    read: Callable[[ReadAs], Table], decided: ReadAs, uploads: Uploads, room: DeltaGenerator, *, prefix: str = "read"
) -> Table:
    """Draw a control for each choice that the file gives, one after the other, and read the file so.

    Args:
        read: Reads the file as decided.
        decided: What was decided before.
        uploads: Where choices are kept.
        room: Where the controls are drawn.
        prefix: What the controls of this file are told by.

    Raises:
        DataError: the file cannot be read so.
    """
    table = read(decided)
    for field, title in _TITLES.items():
        names, taken = _choices(field, table.how)
        if len(names) < 2 or getattr(decided, field) is not None:
            continue
        control = f"{prefix}-{field}"
        key = uploads.remembered(control, taken, among=names)
        chosen = room.selectbox(title, names, key=key, format_func=_said_of_labels if field == "labels" else _said)
        uploads.remember(control, chosen)
        if chosen != taken:
            decision: dict[str, Any] = {field: chosen or None}
            decided = replace(decided, **decision)
            table = read(decided)
    return table


def _choices(field: str, how: HowRead) -> tuple[list[str], str]:
    """What can be chosen, and what was taken."""
    from seqcore.datasets.formats.label_lists import FIRST

    if field == "labels":
        return ([FIRST, *how.several] if how.several else []), how.labels or FIRST
    names, taken = (how.members, how.member) if field == "member" else (how.sheets, how.sheet)
    return ([*names] if taken or not names else [_WHOLE, *names]), taken or _WHOLE


def _said(name: str) -> str:
    return shorten(name, 80) or "All parts of the split"


def _said_of_labels(label: str) -> str:
    from seqcore.datasets.formats.label_lists import FIRST

    return "The first" if label == FIRST else f"{shorten(label, 60)}: yes or no"
