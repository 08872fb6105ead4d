"""Reading along in time: what every model says after each moment, under the example."""

from __future__ import annotations

from functools import partial

import streamlit as st

from seqcore import plots
from seqcore.inspections.reading_along import READING_ALONG, AlongAnswer, AlongRequest
from seqcore.plots import variants
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.class_choice import choose_class
from seqcore.ui.pages.look.long_tables import along_csv
from seqcore.ui.pages.look.moments import drawn
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_numbers
from seqcore.ui.session import results
from seqcore.ui.session.header import guard

_TOLD = 6  # changes of mind of one model


def draw_along(room: Room) -> None:
    """The example above one curve a model."""
    found: list[tuple[int, AlongAnswer]] = []
    runs = room.able(READING_ALONG)
    for place, run in enumerate(runs):
        with guard():
            answer: AlongAnswer = room.ask(READING_ALONG, run, AlongRequest.model_validate(room.example.asked))
            drawn.draw_notes(room.labels[run.id], answer.notes)
            found.append((place, answer))
    found = [(place, answer) for place, answer in found if answer.steps]
    if not found:
        return
    label = choose_class(runs[0].id, "By default the answer of the first model.", found[0][1].prediction)
    picture = drawn.picture_for(room, runs[found[0][0]])
    curves = []
    names = [room.labels[runs[place].id] for place, _ in found]
    for (place, answer), variant in zip(found, variants(runs[place].architecture for place, _ in found), strict=True):
        run, code = runs[place], answer.classes.index(label)
        values: list[float | None] = [None] * answer.steps
        for position, row in zip(answer.positions, answer.probabilities.tolist(), strict=True):
            values[position - 1] = row[code]
        changes = [change.position - 1 for change in answer.changes]
        curves.append(plots.ReadLine(room.labels[run.id], run.architecture, values, changes, variant))
    title = f"Probability of {shorten(label, 24)}"
    spans = found[0][1].spans if len(found[0][1].spans) == found[0][1].steps else ()
    beneath = plots.Beneath(
        curves=curves, curves_title=title, marked=plots.along_picture(picture, drawn.spans_that_matter(room), spans)
    )
    drawn.draw(picture, beneath, key="along", title=f"{title} after each {results.kind_of(room.experiment).step}")
    st.caption("A ring: here the likeliest class becomes another.")
    for name, (_, answer) in zip(names, found, strict=True):
        st.markdown(_minds(name, answer))
    drawn.draw_table(picture, beneath, key="along")
    draw_numbers("along", partial(along_csv, [(name, answer) for name, (_, answer) in zip(names, found, strict=True)]))
    draw_how_to_read(READING_ALONG, kind=room.example.data.kind)


def _minds(name: str, answer: AlongAnswer) -> str:
    """Where a model changes its mind, and what it ends with."""
    changes = answer.changes
    told = ", ".join(
        f"at {escape_markdown(change.token, 24)} to {escape_markdown(change.after, 40)}" for change in changes[:_TOLD]
    )
    more = f", and {len(changes) - _TOLD} times more" if len(changes) > _TOLD else ""
    minds = f"changes its mind {told}{more}" if changes else "never changes its mind"
    knows = " It reads both ways, so its first point knows what follows." if answer.knows_what_follows else ""
    ends = f"{escape_markdown(answer.prediction, 40)} ({share(float(answer.whole_text.max()))})"
    return f"- {bold(name)} {minds}; it ends with {ends}.{knows}"
