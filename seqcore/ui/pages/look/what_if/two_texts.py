"""Two texts side by side: what every model says of both, and the same map of each, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.inspections import get_inspection
from seqcore.inspections.segments import full_shade, fullest
from seqcore.kinds.text.word_changes import changed_words
from seqcore.ui.components.heatmap import draw_map
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.class_choice import choose_class
from seqcore.ui.pages.look.maps import METHODS, Map, map_of, methods_for
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.what_if.before_after import (
    BeforeAfter,
    ask_both,
    draw_answers_download,
    draw_before_after,
    points,
)
from seqcore.ui.pages.look.what_if.edited_text import EditedText
from seqcore.ui.pages.look.what_if.second_text import choose_second
from seqcore.ui.pages.look.what_if.two_downloads import draw_two_downloads
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run

TITLES, NAMES = ("First text", "Second text"), ("first", "second")


@dataclass(frozen=True)
class TwoMaps:
    """One method's maps of two texts by one model, of the same class."""

    first: Map
    second: Map

    @property
    def full(self) -> float:
        """The size of a score that gets the fullest shade in both."""
        size = full_shade if self.first.label is None else fullest
        return max(size(self.first.pieces), size(self.second.pieces))


def draw_two_texts(room: Room, edit: EditedText) -> None:
    """The choice of the second text and of the map; then the answers, and for each model its maps."""
    st.header("Compare two texts", anchor=False)
    second = choose_second(room, edit)
    if second is None:
        return
    other = replace(room, text=second.text, truth=second.truth)
    found = ask_both(room, room.text, other.text)
    draw_before_after(found, changed=room.text != other.text, titles=TITLES)
    if not found:
        return
    draw_answers_download(found, (room.text, other.text), NAMES)
    drawn = [each.run for each in found]
    method, wanted = _choose_method(drawn), choose_class(drawn[0].id, "By default what each model says of the first.")
    maps = []
    for number, each in enumerate(found):
        if method not in methods_for(each.run):
            continue
        st.subheader(escape_markdown(each.before.label, 60), anchor=False)
        with guard():
            label = wanted or each.before.prediction
            both = TwoMaps(map_of(room, method, each.run, label), map_of(other, method, each.run, label))
            _draw_both(both, each, label, number)
            maps.append((both.first, both.second))
    if maps:
        draw_two_downloads(maps)
        draw_how_to_read(method)


def _choose_method(runs: Sequence[Run]) -> str:
    names = [name for name in METHODS if any(name in methods_for(run) for run in runs)]
    return st.segmented_control(
        "Map", names, default=names[0], required=True, key="look-two-method", wrap=True, persist_state="session",
        format_func=lambda name: get_inspection(name).label,
    )  # fmt: skip


def _draw_both(both: TwoMaps, said: BeforeAfter, label: str, number: int) -> None:
    """The maps beside each other, and word by word how they differ."""
    for column, title, name, each in zip(st.columns(2), TITLES, NAMES, (both.first, both.second), strict=True):
        with column:
            answer = each.answer
            st.markdown(f"{title}: {bold(answer.prediction)} ({share(answer.probabilities[answer.code])})")
            draw_map(
                answer, each.pieces, title=each.inspection.label, label=each.label, key=f"heatmap-two-{number}-{name}",
                file=file_name(f"{name} {answer.label}", ""), full=both.full,
            )  # fmt: skip
            for note in each.notes:
                st.caption(f":material/info: {escape_markdown(note, 300)}")
    st.caption(f"{points(said.moved(label))} for {escape_markdown(label, 40)} from the first text to the second.")
    rows = words_beside(both.first, both.second)
    with st.expander(f"Word by word: {escape_markdown(said.before.label, 60)}"):
        st.dataframe(
            {
                title: [row[at] for row in rows]
                for at, title in enumerate(("First text", "Score", "Second text", "Score there", "Difference"))
            },
            hide_index=True,
        )


def words_beside(first: Map, second: Map) -> list[tuple[str, str, str, str, str]]:
    """A row for each word of either text: as it stands there, its scores, and their difference where both have it."""
    changes, _ = changed_words([step.token for step in first.steps], [step.token for step in second.steps])
    rows, position = [], 0
    for step, change in zip(second.steps, changes, strict=True):
        until = position + len(change.gone)
        rows += [(shorten(gone.token, 40), _score(gone.weight), "–", "–", "–") for gone in first.steps[position:until]]
        position = until
        if change.before is None:
            rows.append(("–", "–", shorten(step.token, 40), _score(step.weight), "–"))
            continue
        old = first.steps[change.before]
        position = change.before + 1
        rows.append(
            (
                shorten(old.token, 40), _score(old.weight), shorten(step.token, 40), _score(step.weight),
                _score(step.weight - old.weight),
            )
        )  # fmt: skip
    return rows + [(shorten(gone.token, 40), _score(gone.weight), "–", "–", "–") for gone in first.steps[position:]]


def _score(value: float) -> str:
    return f"{value:+.4f}".replace("-", "\N{MINUS SIGN}")
