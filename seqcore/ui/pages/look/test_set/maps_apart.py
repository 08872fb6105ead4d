"""Where attention and attribution disagree: the test texts in which they rank the words least alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.export.tables import csv_bytes
from seqcore.inspections import get_inspection
from seqcore.inspections.gradient_input import GRADIENT_INPUT
from seqcore.inspections.maps_disagree import MAPS_DISAGREE, DisagreedText, MapsDisagree, MapsDisagreeRequest
from seqcore.inspections.maps_of_many import SCORED
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.test_set.row_cards import Card, draw_cards, said_true
from seqcore.ui.session import results
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run

_TEXTS, _FEWER = 500, 200  # asked about at most, and by the methods that take longer
_TOLD = 100


def draw_maps_apart(room: Room) -> None:
    """One model after the other: what is usual for it, and its rows in order."""
    able = room.able(MAPS_DISAGREE)
    if not able:
        return
    labels = {name: get_inspection(name).label for name in SCORED}
    method = st.segmented_control(
        "Attention against", SCORED, default=SCORED[0], required=True, format_func=labels.__getitem__,
        key="look-maps-apart", persist_state="session", wrap=True,
    )  # fmt: skip
    for run in able:
        st.header(escape_markdown(room.labels[run.id], 60), anchor=False)
        with guard():
            with st.spinner("Asking about its test texts …"):
                most = _TEXTS if method == GRADIENT_INPUT else _FEWER
                request = MapsDisagreeRequest.model_validate({"method": method, "most": most, "top": _TOLD})
                answer: MapsDisagree = room.ask(MAPS_DISAGREE, run, request)
            _draw_rows(room, run, answer)
    draw_how_to_read(MAPS_DISAGREE)


def _draw_rows(room: Room, run: Run, answer: MapsDisagree) -> None:
    if answer.median is None:
        st.caption(f"No test text has {answer.least} words that this model reads and two maps that can be ranked.")
        return
    st.markdown(
        f"Usual for this model: a rank correlation of **{_number(answer.median)}** (median of "
        f"{count(answer.compared, 'test text')} of {answer.least} words and more). The lowest come first."
    )
    rows = results.predictions_of(run.id).rows
    file_button(
        "Rows as CSV", partial(_csv, answer.texts, rows.tolist()),
        file_name(f"attention against {answer.method} {room.labels[run.id]}", ".csv"),
        key=f"maps-apart-csv-{run.id}",
    )  # fmt: skip
    cards = [Card(int(rows[each.row]), each.text, _lines(each)) for each in answer.texts]
    draw_cards(room, cards, [run], key=f"maps-apart-{run.id}")


def _lines(each: DisagreedText) -> list[str]:
    right = ":green[✓]" if each.label == each.prediction else ":red[✗]"
    return [
        f"Rank correlation **{_number(each.correlation)}** over {each.words:,} words &nbsp;·&nbsp; "
        f"{said_true(each.label)} &nbsp;·&nbsp; {right} says {escape_markdown(each.prediction, 40)}",
        f"Looks most at: {_words(each.attended)} &nbsp;·&nbsp; greatest scores: {_words(each.attributed)}",
    ]


def _words(words: Sequence[str]) -> str:
    return ", ".join(escape_markdown(word, 24) for word in words)


def _number(value: float) -> str:
    return f"{value:z.2f}".replace("-", "\N{MINUS SIGN}")


def _csv(texts: Sequence[DisagreedText], rows: Sequence[int]) -> bytes:
    """A row a text."""
    import pandas as pd

    columns = ["row", "correlation", "words", "label", "prediction", "most attention", "greatest scores", "text"]
    table = [
        [
            rows[each.row] + 1, each.correlation, each.words, each.label, each.prediction, " ".join(each.attended),
            " ".join(each.attributed), each.text,
        ]
        for each in texts
    ]  # fmt: skip
    return csv_bytes(pd.DataFrame(table, columns=columns))
