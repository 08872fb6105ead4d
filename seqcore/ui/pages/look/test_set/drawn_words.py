"""Words that draw most of attention or attribution over the test texts: for each model, class by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.export.tables import csv_bytes
from seqcore.inspections import get_inspection
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.drawn_words import DRAWN_WORDS, DrawnWord, DrawnWords, DrawnWordsRequest, WordsOfClass
from seqcore.inspections.integrated_gradients import INTEGRATED_GRADIENTS
from seqcore.inspections.maps_of_many import SCORED
from seqcore.inspections.occlusion import OCCLUSION
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run

_METHODS = (SCORED[0], ATTENTION, *SCORED[1:])  # the cheap ones first
_BY = {"answer": "The class that the model answers", "truth": "The true class"}
_DEAR = (INTEGRATED_GRADIENTS, OCCLUSION)
_TEXTS = {method: 200 if method in _DEAR else 500 for method in _METHODS}  # asked about at most
_BARS = 12
_ROWS = 500  # of a table
_BESIDE = 3  # classes side by side, and shown at first
_TABLE_ROWS, _ROW = 6, 35  # seen at once, and pixels of each
_UNKNOWN = "unknown words"


@dataclass(frozen=True)
class _Found:
    run: Run
    label: str
    answer: DrawnWords


def draw_words(room: Room) -> None:
    """What is asked, then for each model its classes side by side."""
    method, by = _choose_question()
    able = room.able(ATTENTION if method == ATTENTION else DRAWN_WORDS)
    found = []
    for run in able:
        with guard(), st.spinner(f"Asking {escape_markdown(room.labels[run.id], 40)} about its test texts …"):
            request = DrawnWordsRequest.model_validate({"method": method, "by": by, "most": _TEXTS[method]})
            found.append(_Found(run, room.labels[run.id], room.ask(DRAWN_WORDS, run, request)))
    if not found:
        return
    shown = _choose_classes(found)
    searched = st.text_input("Find a word", placeholder="A word, or a part of one", key="look-drawn-word").strip()
    file_button(
        "Words as CSV", partial(_csv, found), "drawn_words.csv", "text/csv",
    )  # fmt: skip
    for number, each in enumerate(found):
        _draw_model(each, number, shown, searched)
    draw_how_to_read(DRAWN_WORDS)


def _choose_question() -> tuple[str, str]:
    labels = {name: get_inspection(name).label for name in _METHODS}
    method = st.segmented_control(
        "Drawn", _METHODS, default=_METHODS[0], required=True, format_func=labels.__getitem__,
        key="look-drawn", persist_state="session", wrap=True,
    )  # fmt: skip
    by = st.segmented_control(
        "A text counts to", list(_BY), default="answer", required=True, format_func=_BY.__getitem__,
        key="look-drawn-by", persist_state="session", wrap=True,
        help="Scores speak of the logit of the class that a text counts to.",
    )  # fmt: skip
    return str(method), str(by)


def _choose_classes(found: Sequence[_Found]) -> list[str]:
    """All of a few classes; of many those that are chosen, at first those with most texts."""
    classes = found[0].answer.classes
    labels = [each.label for each in classes]
    if len(labels) <= _BESIDE:
        return labels
    key, most = "look-drawn-classes", sorted(classes, key=lambda each: -each.texts)[:_BESIDE]
    st.session_state[key] = [label for label in st.session_state.get(key, ()) if label in labels]
    if not st.session_state[key]:
        st.session_state[key] = [each.label for each in most]
    chosen = st.multiselect("Classes", labels, key=key, format_func=lambda label: shorten(label, 60))
    return [label for label in labels if label in chosen]


def _draw_model(each: _Found, number: int, shown: Sequence[str], searched: str) -> None:
    answer = each.answer
    st.header(escape_markdown(each.label, 60), anchor=False)
    why = "this method would take too long for all" if answer.method in _DEAR else "the others have no word"
    fewer = f" of {answer.drawn:,} drawn: {why}"
    st.caption(
        f"{get_inspection(answer.method).label} over {count(answer.asked, 'test text')}"
        f"{fewer if answer.asked < answer.drawn else ''}."
    )
    classes = [one for one in answer.classes if one.label in shown]
    kept = {one.label: [word for word in one.words if _matches(word, searched)] for one in classes}
    if searched and not any(kept.values()):
        st.caption(_why_not_found(answer, searched))
        return
    rows = min(_BARS, max((len(words) for words in kept.values()), default=0))
    for start in range(0, len(classes), _BESIDE):
        part = classes[start : start + _BESIDE]
        for column, one in zip(st.columns(len(part), gap="medium"), part, strict=True):
            with column:
                _draw_class(each, one, kept[one.label], rows, f"drawn-{number}-{answer.classes.index(one)}")


def _draw_class(each: _Found, one: WordsOfClass, words: Sequence[DrawnWord], rows: int, key: str) -> None:
    """The first words as bars, and below all of them as a table."""
    st.markdown(f"{bold(one.label)} · {count(one.texts, 'text')}, {count(one.different, 'different word')}")
    if not words:
        st.caption("No such word in its texts." if one.texts else "None of the texts.")
        return
    signed = each.answer.method != ATTENTION
    bars = [plots.WordBar(_name(word), word.mean, word.margin, word.times, word.texts) for word in words[:_BARS]]
    figure = plots.plot_drawn_words(bars, each.run.architecture, signed=signed, rows=rows)
    said = plots.describe_drawn_words(bars, one.label, signed=signed)
    charts.show(figure, key=key, alt=f"{each.label}. {said}")
    told = words[:_ROWS]
    st.dataframe(
        {
            "Word": [shorten(_name(word), 40) for word in told],
            "Mean": [_number(word.mean) for word in told],
            "±": ["–" if word.margin is None else _number(word.margin) for word in told],
            "Times": [word.times for word in told],
            "Texts": [word.texts for word in told],
            "Total": [_number(word.total) for word in told],
        },
        hide_index=True, height=_ROW * (min(len(told), _TABLE_ROWS) + 1) + 3,
    )  # fmt: skip


def _matches(word: DrawnWord, searched: str) -> bool:
    return searched.casefold() in _name(word).casefold()


def _name(word: DrawnWord) -> str:
    return word.token if word.known else _UNKNOWN


def _why_not_found(answer: DrawnWords, searched: str) -> str:
    if searched.casefold() in {word.casefold() for word in answer.unknown}:
        return f"The model does not know “{escape_markdown(searched, 40)}”: it reads it as it reads all {_UNKNOWN}."
    return f"“{escape_markdown(searched, 40)}” is in no word that is told of these texts."


def _number(value: float) -> str:
    return f"{value:z.3g}".replace("-", "\N{MINUS SIGN}")


def _csv(found: Sequence[_Found]) -> bytes:
    """A row for each model, class and word."""
    import pandas as pd

    columns = ["model", "method", "by", "class", "word", "known", "mean", "margin", "times", "texts", "total"]
    rows = [
        [
            each.label, each.answer.method, each.answer.by, one.label, word.token, word.known, word.mean, word.margin,
            word.times, word.texts, word.total,
        ]
        for each in found
        for one in each.answer.classes
        for word in one.words
    ]  # fmt: skip
    return csv_bytes(pd.DataFrame(rows, columns=columns))
