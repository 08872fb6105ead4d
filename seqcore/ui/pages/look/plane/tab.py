"""Words and texts: what one model learned of words, and how it sums texts up, as points that can be chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.analysis.plane import Method
from seqcore.inspections.text_plane import TEXT_PLANE, TextPlaneAnswer, TextPlaneRequest
from seqcore.inspections.word_plane import WORD_PLANE, WordPlaneAnswer, WordPlaneRequest, most_points
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.pages.look.one_of import one_of
from seqcore.ui.pages.look.plane.neighbours import draw_neighbours, show_neighbours
from seqcore.ui.pages.look.plane.points import Plane, of_texts, of_words
from seqcore.ui.pages.look.plane.rows import Button, Row, choose, chosen_of, draw_rows
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.session import results, state
from seqcore.ui.session.file_button import file_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seqcore.store import Run

_TEXTS, _WORDS = "Texts", "Words"
_COUNTS = (200, 500, 1000, 2000)
_HEARD = 40  # rows of the table that is heard
_NAMES_WIDTH = 680  # pixels, below which names in the picture lie upon each other
_METHODS: tuple[Method, Method] = ("pca", "tsne")


def draw_planes(room: Room) -> None:
    """One model at a time: its words or the test texts as points, the chosen ones as rows, a word's neighbours.

    Raises:
        SeqlabError: the model cannot be answered.
    """
    with st.container(horizontal=True, gap="medium"):
        what = one_of("Points", (_TEXTS, _WORDS), "look-plane-what", (_TEXTS, _WORDS))
        method = one_of("Laid out by", _METHODS, "look-plane-method", ("PCA at once", "t-SNE in some seconds"))
        most = st.selectbox("At most", _COUNTS, 1, key="look-plane-most", width=120, persist_state="session")
    name = TEXT_PLANE if what == _TEXTS else WORD_PLANE
    able = room.able(name)
    if not able:
        return
    run = one_of("Model", able, "look-plane-run", [room.labels[run.id] for run in able])
    picture = f"{run.id}-{name}-{method}-{most}"
    wait = st.spinner(f"Laying out up to {most_points(most, method):,} {what.lower()} …")
    if name == TEXT_PLANE:
        with wait:
            texts: TextPlaneAnswer = room.ask(name, run, TextPlaneRequest(text=room.text, method=method, most=most))
        _draw_texts(room, run, picture, texts)
        return
    with wait:
        words: WordPlaneAnswer = room.ask(name, run, WordPlaneRequest(method=method, words=most))
    _draw_words(room, run, picture, words)
    draw_neighbours(room, run)


def _draw_texts(room: Room, run: Run, picture: str, answer: TextPlaneAnswer) -> None:
    _draw_notes(answer.notes)
    texts, of_test = results.texts(room.experiment), results.predictions_of(run.id).rows
    rows = [int(of_test[each.row]) for each in answer.texts]
    _draw_picture(of_texts(answer, [texts[row] for row in rows], rows, room.text), picture, room.labels[run.id])
    told = [
        f":green[✓] {escape_markdown(each.label, 40)}"
        if each.right
        else f":red[✗] taken for {escape_markdown(each.prediction, 40)}, it is {escape_markdown(each.label, 40)}"
        for each in answer.texts
    ]
    there = set(results.predictions_of(room.shown[0].id).rows.tolist())  # whom a text of the room is found by
    draw_rows(
        [
            Row(texts[row], said, str(row), partial(_look_at, row) if row in there else None)
            for row, said in zip(rows, told, strict=True)
        ],
        picture,
        "test texts",
        Button("Look at it", ":material/visibility:", "The first chosen model was tested on other texts."),
    )


def _draw_words(room: Room, run: Run, picture: str, answer: WordPlaneAnswer) -> None:
    _draw_notes(answer.notes)
    _draw_picture(of_words(answer), picture, room.labels[run.id])
    told = [
        f"in {each.texts:,} test texts, "
        + (
            f"stands for {escape_markdown(each.label, 40)} by {each.surplus:.1f} standard errors"
            if each.label
            else "stands for no class"
        )
        for each in answer.words
    ]
    draw_rows(
        [
            Row(each.word, said, each.word, partial(show_neighbours, each.word))
            for each, said in zip(answer.words, told, strict=True)
        ],
        picture,
        "words",
        Button("Neighbours", ":material/join:"),
    )


def _draw_notes(notes: Sequence[str]) -> None:
    for note in notes:
        st.caption(f":material/info: {escape_markdown(note, 300)}")


def _draw_picture(plane: Plane, picture: str, label: str) -> None:
    """The points; those that are encircled now are remembered before the picture is drawn again with them."""
    figure = plots.plot_plane(
        plane.points, plane.classes, axes=plane.axes, chosen=chosen_of(picture), own=plane.own, hollow=plane.hollow,
        no_class=plane.no_class,
    )  # fmt: skip
    said = plots.describe_plane(plane.points, plane.classes, plane.what, plane.how)
    heard = [[plane.what.capitalize(), "Class"]]
    heard += [[shorten(point.name, 60), shorten(point.label, 30)] for point in plane.points[:_HEARD]]
    least = _NAMES_WIDTH if any(point.weight for point in plane.points) else 0
    found = charts.show_points(figure, key="plane", alt=said, table=heard, least=least)
    if found is not None and found != chosen_of(picture):
        choose(picture, found)
        st.rerun()
    st.caption(f"{escape_markdown(said, 600)} {plane.which} Encircle points to list them below.")
    file_button(
        "Points as CSV", plane.csv, file_name(f"{plane.what} {label}", "csv"), "text/csv",
    )  # fmt: skip
    draw_how_to_read(TEXT_PLANE if plane.hollow else WORD_PLANE)


def _look_at(row: int) -> None:
    """Take a row of the data set as the text of the whole room, from its next run on."""
    state.memory().look_row = row
