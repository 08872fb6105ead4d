"""What drives one unit of a recurrent layer: words, and test texts with the word at which it goes furthest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.inspections.units import UNITS, DrivenText, DrivingWord, UnitsAnswer, UnitsRequest
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.look.long_tables import driving_csv
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_numbers
from seqcore.ui.session import results, state
from seqcore.ui.session.header import guard
from seqcore.ui.session.word_steps import go_to

if TYPE_CHECKING:
    from seqcore.inspections.gates import GatesOfCell
    from seqcore.store import Run

_READ = 200  # test texts
_ASKED, _SHOWN = 100, 5  # of texts and of words: both ways together, and each way
_AROUND = 70  # characters before and after the word


def draw_driving(room: Room, run: Run, cell: GatesOfCell, unit: int, steps: str) -> None:
    """Asked when it is wanted: it reads many texts.

    Args:
        room: The text and the models.
        run: Whose model.
        cell: Of which layer and direction.
        unit: Its number.
        steps: Key of the step-through, which shall stand at the word of a text that is looked at.
    """
    st.header(f"What drives unit {unit}?", anchor=False)
    if not st.toggle(f"Look through up to {_READ} test texts", key="look-driving", persist_state="session"):
        return
    request = UnitsRequest(layer=cell.layer, direction=cell.direction, unit=unit, top=_ASKED, most=_READ)
    with guard():
        with st.spinner("Reading the test texts …"):
            found: UnitsAnswer = room.ask(UNITS, run, request)
        st.markdown(unit_sentence(found))
        _draw_words(found.words)
        ways = {"Furthest up": [each for each in found.texts if each.value > 0]}
        ways["Furthest down"] = [each for each in found.texts if each.value < 0]
        for column, (title, texts) in zip(st.columns(2, gap="large"), ways.items(), strict=True):
            with column:
                st.subheader(title, anchor=False)
                _draw_texts(room, run, texts[:_SHOWN], steps, title)
        draw_numbers(UNITS, partial(driving_csv, room.labels[run.id], found), "What drives it as CSV")
        draw_how_to_read(UNITS)


def unit_sentence(found: UnitsAnswer) -> str:
    """In Markdown, how the unit stands and whether it goes with the answer."""
    if not found.asked:
        return "The model reads nothing of the test texts."
    place, does = next((n, each) for n, each in enumerate(found.units, start=1) if each.unit == found.unit)
    goes = "with" if does.correlation >= 0 else "against"
    return (
        f"Over {count(found.asked, 'test text')} unit {found.unit} is {_number(does.mean)} on average, give or take "
        f"{does.spread:.2f}. It goes {goes} {bold(does.label)}: correlation {_number(does.correlation)}, number "
        f"{place:,} of {len(found.units):,} units by that."
    )


def _draw_words(words: Sequence[DrivingWord]) -> None:
    if not words:
        st.caption("No word stands in these texts three times, so none is told.")
        return
    up, down = ([each for each in words if sign * each.change > 0][:_SHOWN] for sign in (1, -1))
    rows = [*up, *reversed(down)]
    st.dataframe(
        {
            "Word": [shorten(each.token, 40) for each in rows],
            "Moves the unit by": [_number(each.change) for each in rows],
            "Times": [each.times for each in rows],
        },
        hide_index=True,
    )
    st.caption("The words that move it most on average, up above, down below.")


def _draw_texts(room: Room, run: Run, texts: Sequence[DrivenText], steps: str, title: str) -> None:
    if not texts:
        st.caption("In no test text it goes furthest this way.")
        return
    rows = results.predictions_of(run.id).rows
    offered = {int(row) for row in results.predictions_of(room.shown[0].id).rows}
    for each in texts:
        row = int(rows[each.row]) if each.row < len(rows) else -1
        with st.container(border=True):
            st.markdown(in_context(each))
            right = ":green[✓]" if each.prediction == each.label else ":red[✗]"
            said = f"says {escape_markdown(each.prediction, 40)}, is {escape_markdown(each.label, 40)} {right}"
            st.caption(f"{_number(each.value)} after word {each.position:,}; {said}")
            st.button(
                "Look at it", key=f"look-driven-{title}-{each.row}", icon=":material/visibility:",
                disabled=row not in offered, on_click=_look_at, args=(row, steps, each.position - 1),
                help=None if row in offered else "It is no test text of the first chosen model.",
            )  # fmt: skip


def in_context(each: DrivenText) -> str:
    """In Markdown, the word in bold with what stands around it."""
    before, after = each.text[: each.start], each.text[each.end :]
    first, last = before[-_AROUND:], after[:_AROUND]
    parts = [
        "…" if len(first) < len(before) else "",
        _spaced(first),
        f"**{escape_markdown(each.token, 60)}**",
        _spaced(last),
        "…" if len(last) < len(after) else "",
    ]
    return "".join(parts)


def _spaced(text: str) -> str:
    """Other people's text, the spaces at its ends kept."""
    inner = escape_markdown(text, 2 * _AROUND)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[-1:].isspace() else ''}" if inner else text and " "


def _look_at(row: int, steps: str, place: int) -> None:
    state.memory().look_row = row
    go_to(steps, place)


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
