"""Over training: what models said of the text after each epoch, and where they looked; it follows those that train."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.errors import SeqlabError
from seqcore.inspections import get_inspection
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import share
from seqcore.ui.kit.refresh import run_again_every
from seqcore.ui.pages.look import choices
from seqcore.ui.pages.look.class_choice import choose_among
from seqcore.ui.pages.look.epoch_choice import say_why_none
from seqcore.ui.pages.look.maps import Map, methods_for
from seqcore.ui.pages.look.one_of import one_of
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.training.epochs_asked import Course, course_of, courses_csv, maps_csv, maps_over, weights_of
from seqcore.ui.session import moments, shared
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard
from seqcore.ui.session.words import explained

OVER_TRAINING = "Over training"  # name of the tab
_SECONDS = 2.0  # between two looks at models that train
_WORDS = 40  # of a map, side by side
_MOST_CLASSES = 6  # in the table that is seen; all are in the file
_HOW_TO_READ = (
    "Each point is what the model said of this text after that many epochs; 0 is before the first step, a ring the "
    "epoch whose weights it kept. A line that wanders late in the training is a text that the model is not sure of."
)
_HOW_NOT_TO_READ = (
    "One text says little about the model: what the epochs did for all texts are the curves on Compare. "
    "Another seed would have taken another way."
)


def draw_over_training(room: Room) -> None:
    """The pictures of those shown; as long as some train, they are looked at again and again."""
    if not room.growing:
        _draw(room)
        return
    _watch(room)


@st.fragment
def _watch(room: Room) -> None:
    from seqcore.store import DONE

    with guard():
        growing = [shared.get_store().runs.find(run.id) for run in room.growing]
        if done := [run.id for run in growing if run.state in DONE]:
            choices.show_also(done)
            st.rerun()  # they are among the finished from now on
        run_again_every(_SECONDS)
        said = ", ".join(
            f"{escape_markdown(room.labels[run.id], 40)} in epoch {min(int(run.epoch) + 1, run.epochs)} of {run.epochs}"
            for run in growing
        )
        st.caption(f":material/visibility: Watching what still trains: {said}.")
        _draw(replace(room, growing=growing))


def _draw(room: Room) -> None:
    courses: list[Course] = []
    for run in [*room.shown, *room.growing]:
        with guard():
            course = course_of(room, run)
            courses += [course] if course else []
    without = [run for run in room.shown if not moments.epochs_of(run)]
    if without:
        say_why_none(without, room.labels)
    if not courses:
        if room.growing:
            st.caption("No epoch has been kept yet: the first comes with the end of the first epoch.")
        return
    says = courses[0].classes[int(courses[0].probabilities[-1].argmax())]
    label = choose_among(courses[0].classes, "By default what the first model says in the end.", says)
    _draw_courses(courses, label)
    _draw_map(room, courses, label)
    st.caption(f"{explained(_HOW_TO_READ)} {_HOW_NOT_TO_READ}")


def _draw_courses(courses: Sequence[Course], label: str) -> None:
    """One class of all models as lines, all classes as a table and a file."""
    lines = [
        plots.EpochLine(
            course.label, course.run.architecture, course.epochs,
            course.of_class(label), course.kept, variant,
        )
        for course, variant in zip(courses, variants(course.run.architecture for course in courses), strict=True)
    ]  # fmt: skip
    title = f"Probability of {label}"
    said = plots.describe_over_epochs(lines, title, shares=True)
    charts.show(plots.plot_over_epochs(lines, title, shares=True), key="over-training", alt=said, table=_rows(courses))
    st.caption(escape_markdown(said, 1000))
    with st.expander("The same as a table, with every class"):
        head, *rows = _rows(courses)
        st.dataframe({title: [row[at] for row in rows] for at, title in enumerate(head)}, hide_index=True)
    file_button(
        "Probabilities as CSV", partial(courses_csv, list(courses)), "over_training.csv", "text/csv",
    )  # fmt: skip


def _rows(courses: Sequence[Course]) -> list[list[str]]:
    classes = courses[0].classes[:_MOST_CLASSES]
    rows = [["Model", "Epoch", *(shorten(label, 40) for label in classes)]]
    for course in courses:
        for epoch, row in zip(course.epochs, course.probabilities, strict=True):
            rows.append(
                [shorten(course.label, 40), str(epoch), *(share(float(value)) for value in row[: len(classes)])]
            )
    return rows


def _draw_map(room: Room, courses: Sequence[Course], label: str) -> None:
    """Where one model looked after each epoch, by one method."""
    st.header("What mattered over training", anchor=False)
    with st.container(horizontal=True, gap="large"):
        course = one_of("Model", courses, "over-model", [course.label for course in courses])
        methods = methods_for(course.run)
        if not methods:
            return
        name = one_of("Map", methods, "over-map", [get_inspection(name).label for name in methods])
    try:
        maps = maps_over(room, name, course.run, label if label in course.classes else "")
    except SeqlabError as error:
        st.error(escape_markdown(str(error), 600))
        return
    words, weights = weights_of(maps)
    if not words:
        st.caption("The model reads nothing of this text.")
        return
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:_WORDS])
    if len(kept) < len(words):
        st.caption(f"The {len(kept)} tokens that ever counted most, of {len(words)}, in the order of the text.")
    _draw_grid(maps, [words[place] for place in kept], weights[:, kept], course, name)


def _draw_grid(maps: list[tuple[int, Map]], words: list[str], weights: np.ndarray, course: Course, name: str) -> None:
    epochs, signed = [epoch for epoch, _ in maps], maps[0][1].label is not None
    figure = plots.plot_map_over_epochs(weights, words, epochs, course.run.architecture, signed=signed)
    said = plots.describe_map_over_epochs(weights, words, epochs)
    table = [["Epoch", *(shorten(word, 24) for word in words)]]
    table += [[str(epoch), *(f"{value:.3f}" for value in row)] for epoch, row in zip(epochs, weights, strict=True)]
    charts.show(figure, key="over-map-grid", alt=said, table=table, least=plots.map_over_epochs_width(len(words)))
    of = maps[0][1].label
    sides = f"Blue speaks for {escape_markdown(of, 40)}, orange against it. " if of is not None else ""
    st.caption(f"{sides}{escape_markdown(said, 300)} {explained(get_inspection(name).how_not_to_read)}")
    file_button(
        "Map as CSV", partial(maps_csv, course.label, name, maps), "map_over_training.csv", "text/csv",
    )  # fmt: skip
