"""Reading along: what every model says after each word, on one picture, and word by word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

import streamlit as st

from seqcore import plots
from seqcore.analysis.read_together import Stop, at_stops, stops_of
from seqcore.inspections.reading_along import READING_ALONG, AlongAnswer, AlongRequest
from seqcore.plots import variants
from seqcore.ui.components.reading_player import Reader, draw_player
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.class_choice import choose_class
from seqcore.ui.pages.look.grid_pages import along_page
from seqcore.ui.pages.look.long_tables import along_csv
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_take_home
from seqcore.ui.session import in_address
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run

_TOLD = 6  # changes of mind of one model
_STEP = "look-step"  # of which player, and where it stands, from 0


@dataclass(frozen=True)
class _Read:
    run: Run
    label: str
    answer: AlongAnswer


def draw_along(room: Room) -> None:
    """The picture over the words, the player, where minds change, and the table."""
    found = []
    for run in room.able(READING_ALONG):
        with guard():
            answer: AlongAnswer = room.ask(READING_ALONG, run, AlongRequest(text=room.text))
            found.append(_Read(run, room.labels[run.id], answer))
    if not found:
        return
    label = choose_class(found[0].run.id, "By default the answer of the first model.", found[0].answer.prediction)
    _draw_notes(found)
    stops = stops_of(room.text, [each.answer.spans for each in found])
    if not stops:
        st.caption("None of the models reads anything of this text, so there is nothing to read along.")
        return
    words = [stop.word for stop in stops]
    lines = _lines(found, stops, label)
    figure = plots.plot_reading_along(lines, words, label)
    charts.show(
        figure, key="along", alt=plots.describe_reading_along(lines, words, label), least=plots.along_width(len(words))
    )
    st.caption("A ring: here the likeliest class becomes another.")
    _draw_player(room.text, found, stops, lines, label)
    _draw_changes(found)
    with st.expander("The same as a table"):
        st.dataframe(
            {"Word": words, **{shorten(line.label, 40): [_share(value) for value in line.values] for line in lines}},
            hide_index=True,
        )
    answers = [(each.label, each.answer) for each in found]
    draw_take_home(READING_ALONG, partial(along_csv, answers), partial(along_page, lines, words, label))
    draw_how_to_read(READING_ALONG)


def _lines(found: list[_Read], stops: list[Stop], label: str) -> list[plots.ReadLine]:
    lines = []
    for each, variant in zip(found, variants(read.run.architecture for read in found), strict=True):
        answer = each.answer
        values = at_stops(stops, answer.spans, answer.probabilities[:, answer.classes.index(label)])
        says = at_stops(stops, answer.spans, answer.probabilities.argmax(axis=1).astype(float))
        changes = [
            place for place in range(1, len(stops)) if says[place - 1] is not None and says[place] != says[place - 1]
        ]
        lines.append(plots.ReadLine(each.label, each.run.architecture, values, changes, variant))
    return lines


def _draw_player(text: str, found: list[_Read], stops: list[Stop], lines: list[plots.ReadLine], label: str) -> None:
    readers = []
    for each, line in zip(found, lines, strict=True):
        answer = each.answer
        codes = at_stops(stops, answer.spans, answer.probabilities.argmax(axis=1).astype(float))
        says = ["" if code is None else answer.classes[int(code)] for code in codes]
        readers.append(Reader(each.label, each.run.architecture, line.values, says))
    last, key = len(stops) - 1, f"player-{crc32(text.encode('utf-8', errors='replace')):x}"
    given, (of_text, kept) = in_address.take_number(in_address.STEP), st.session_state.get(_STEP, ("", last))
    if given is not None:
        of_text, kept = key, given - 1
    step = min(max(kept if of_text == key else last, 0), last)
    spans = [(stop.start, stop.end) for stop in stops]
    step = draw_player(text, spans, readers, label=label, step=step, key=key)
    st.session_state[_STEP] = (key, step)
    in_address.keep(in_address.STEP, None if step == last else str(step + 1))


def _draw_notes(found: list[_Read]) -> None:
    for each in found:
        for note in each.answer.notes:
            st.caption(f":material/info: {escape_markdown(each.label, 40)}: {escape_markdown(note, 300)}")
        answer = each.answer
        if answer.steps > len(answer.positions):
            st.caption(
                f":material/info: {escape_markdown(each.label, 40)}: answers after {len(answer.positions):,} of "
                f"{answer.steps:,} tokens, evenly spread, because the text is long."
            )


def _draw_changes(found: list[_Read]) -> None:
    """Where each changes its mind, and what it ends with."""
    for each in found:
        answer, changes = each.answer, each.answer.changes
        told = ", ".join(
            f"at token {change.position} ({escape_markdown(change.token, 24)}) to {escape_markdown(change.after, 40)}"
            for change in changes[:_TOLD]
        )
        more = f", and {len(changes) - _TOLD} times more" if len(changes) > _TOLD else ""
        minds = f"changes its mind {told}{more}" if changes else "never changes its mind"
        knows = " It reads both ways, so its first point knows what follows." if answer.knows_what_follows else ""
        ends = f"{escape_markdown(answer.prediction, 40)} ({_kept(share(float(answer.whole_text.max())))})"
        st.markdown(f"- {bold(each.label)} {minds}; it ends with {ends}.{knows}")


def _share(value: float | None) -> str:
    return "–" if value is None else share(value)


def _kept(number: str) -> str:
    """A number that stays on one line with its sign."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")
