"""A text of the test set: found by a word, its class, whether the model is right, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore.ui.kit.escape import shorten
from seqcore.ui.session import cache, results

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_LISTED = 300
_ANY, _RIGHT, _WRONG = "All", "Right", "Wrong"
_ORDERS = ("As in the file", "Least sure first", "Surest first")


def open_at(row: int) -> None:
    """Let the next choice stand at a row of the data set, whatever was searched for before."""
    st.session_state.update({"look-row": row, "look-word": "", "look-right": _ANY, "look-class": None})


def choose(experiment: Experiment, run: Run) -> int:
    """The row of the data set; the page stops here where none matches.

    Args:
        experiment: Whose data.
        run: Whose answers are right or wrong, and more or less sure.
    """
    kind = results.kind_of(experiment)
    texts, rows = results.texts(experiment), _matching(experiment, run)

    def named(each: int) -> str:
        """Of what is no text, which says little in a line, its class too."""
        told = texts[each]
        return told if kind.drawing == "pieces" else f"{results.label_of(experiment, each)} · {told}"

    listed, before = rows[:_LISTED], st.session_state.get("look-row")
    if before in rows and before not in listed:
        listed.insert(0, before)
    if not listed:
        st.caption(f"No test {kind.example} matches.")
        st.stop()
    if before not in listed:
        st.session_state["look-row"] = listed[0]
    return st.selectbox(
        f"Test {kind.example}", listed, format_func=lambda each: f"{each + 1}: {shorten(named(each), 100)}",
        key="look-row", persist_state="session",
        help=f"The first {_LISTED} of {len(rows):,}; find others by a word." if len(rows) > _LISTED else None,
    )  # fmt: skip


def _matching(experiment: Experiment, run: Run) -> list[int]:
    found, texts = results.predictions_of(run.id), results.texts(experiment)
    search, of_class = st.columns(2)
    kind = results.kind_of(experiment)
    word = ""
    if kind.drawing == "pieces":
        title = f"Find a test {kind.example}"
        word = search.text_input(title, placeholder="A word in it", key="look-word").casefold()
    else:
        of_class = search
    classes = cache.evaluation(run.id).classes
    labels = [classes[code] for code in found.labels]
    wanted = of_class.selectbox(
        "Its class", list(dict.fromkeys(sorted(labels))), index=None, placeholder="Any class", key="look-class",
        format_func=lambda label: shorten(label, 60),
    )  # fmt: skip
    by_answer, by_order = st.columns(2)
    answer = by_answer.segmented_control(
        "The first chosen model is", [_ANY, _RIGHT, _WRONG], default=_ANY, required=True, key="look-right"
    )
    order = by_order.selectbox(
        "In the order", _ORDERS, key="look-order", help="How sure the first chosen model is of its answer."
    )
    kept = [
        place
        for place, (row, right, label) in enumerate(zip(found.rows, found.right, labels, strict=True))
        if answer in (_ANY, _RIGHT if right else _WRONG)
        and wanted in (None, label)
        and word in texts[int(row)].casefold()
    ]
    if order != _ORDERS[0]:
        sure = found.confidence[kept]
        kept = [kept[place] for place in np.argsort(sure if order == _ORDERS[1] else -sure, kind="stable")]
    return [int(found.rows[place]) for place in kept]
