"""What would flip it: the smallest change of one word for every model, each put into the text by one press."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.export.tables import csv_bytes
from seqcore.inspections.flips import FLIPS, MOST_TRIED, Change, FlipsAnswer, FlipsRequest
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.phrases import count, share
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.what_if.edited_text import EditedText
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run

_ASKED = "look-flips-of"
_FURTHER = 1_200  # changed texts, for who wants to know it more exactly
Found = tuple["Run", str, FlipsAnswer]  # with the model's name


def draw_flips(room: Room, edit: EditedText) -> None:
    """A press that asks, then for each model what flips its answer, and all of it as a table."""
    st.header("What would flip it?", anchor=False)
    able = room.able(FLIPS)
    if not able:
        return
    st.button(
        f"Find the smallest change for {count(len(able), 'model')}", icon=":material/search:", key="look-flips-find",
        on_click=_ask_about, args=(edit.now, _epochs(room), MOST_TRIED),
        help=f"Puts up to {MOST_TRIED} changed texts to each model.",
    )  # fmt: skip
    asked, epochs, most = st.session_state.get(_ASKED, (None, None, MOST_TRIED))
    if asked in (edit.of, *edit.texts) and epochs == _epochs(room):
        if asked != edit.now:
            st.caption(
                ":material/info: These are changes of the text that you asked about, before what you changed since; "
                "press again to ask about the text as it is now."
            )
        _draw_found(room, edit, _find(room, able, asked, most))
        if most < _FURTHER:
            st.button(
                f"Search further: up to {_FURTHER:,} texts a model", key="look-flips-further", on_click=_ask_about,
                args=(asked, epochs, _FURTHER), help="Takes a few seconds for a long text.",
            )  # fmt: skip
    draw_how_to_read(FLIPS)


def change_told(change: Change) -> str:
    """A change as a button says it, in plain text."""
    before, after = shorten(change.before, 40), shorten(change.after, 40)
    return {
        "swap": f"Swap “{before}”",
        "remove": f"Remove “{before}”",
        "mask": f"Mask “{before}”",
        "insert": f"Add “{after}” as word {change.position}",
        "replace": f"Replace “{before}” by “{after}”",
    }[change.kind]


def flips_csv(found: Sequence[Found]) -> bytes:
    """A row for each model and change."""
    import pandas as pd

    columns = [
        "model", "before", "change", "position", "start", "end", "word_before", "word_after", "after", "probability",
        "flips", "text",
    ]  # fmt: skip
    rows = [
        [
            label, answer.prediction, each.kind, each.position, each.start, each.end, each.before, each.after,
            each.prediction, float(each.probabilities.max()), each.flips, each.text,
        ]
        for _, label, answer in found
        for each in _told(answer)
    ]  # fmt: skip
    return csv_bytes(pd.DataFrame(rows, columns=columns))


def _ask_about(text: str, epochs: tuple[tuple[str, int], ...], most: int) -> None:
    st.session_state[_ASKED] = text, epochs, most


def _epochs(room: Room) -> tuple[tuple[str, int], ...]:
    """Which models are asked: of another epoch something else flips them, and whoever plays epochs does not wait."""
    return tuple(sorted(room.epochs.items()))


def _find(room: Room, able: Sequence[Run], text: str, most: int) -> list[Found]:
    found: list[Found] = []
    for run in able:
        label = room.labels[run.id]
        with guard(), st.spinner(f"Trying changes on {escape_markdown(label, 40)} …"):
            found.append((run, label, room.ask(FLIPS, run, FlipsRequest(text=text, most=most))))
    return found


def _draw_found(room: Room, edit: EditedText, found: Sequence[Found]) -> None:
    for number, (_, label, answer) in enumerate(found):
        st.markdown(f"{bold(label)}: {escape_markdown(answer.sentence, 700)}")
        for note in answer.notes:
            st.caption(f":material/info: {escape_markdown(note, 300)}")
        with st.container(horizontal=True, gap="small"):
            for change in _of_each_kind(_told(answer)):
                st.button(
                    f"{escape_markdown(change_told(change), 160)} → {escape_markdown(change.prediction, 30)} "
                    f"({share(float(change.probabilities.max())).replace(' ', chr(0xA0))})",
                    key=f"look-flip-{number}-{change.kind}", on_click=edit.become, args=(change.text,),
                    help="Puts this change into the text above.",
                )  # fmt: skip
    rows = [(label, answer, each) for _, label, answer in found for each in _told(answer)]
    if not rows:
        return
    with st.expander("All of them as a table"):
        st.dataframe(
            {
                "Model": [shorten(label, 40) for label, _, _ in rows],
                "Change": [change_told(each) for _, _, each in rows],
                "Word": [each.position for _, _, each in rows],
                "Answer": [f"{shorten(a.prediction, 30)} → {shorten(each.prediction, 30)}" for _, a, each in rows],
                "Probability": [share(float(each.probabilities.max())) for _, _, each in rows],
                "Flips": ["⇄ yes" if each.flips else "= no" for _, _, each in rows],
            },
            hide_index=True,
        )
    file_button(
        "Flips as CSV", partial(flips_csv, list(found)), "flips.csv", "text/csv",
    )  # fmt: skip


def _told(answer: FlipsAnswer) -> list[Change]:
    """The changes that flip, or where none does the one that moves most."""
    return list(answer.flips) or ([answer.moves_most] if answer.moves_most else [])


def _of_each_kind(changes: Sequence[Change]) -> list[Change]:
    """The first of each kind, in their order."""
    return list({change.kind: change for change in reversed(changes)}.values())[::-1]
