"""What every model says of a text and of the text as it was changed, side by side, with the difference in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.export.tables import csv_bytes
from seqcore.inspections.prediction import PREDICT, PredictRequest, note_on
from seqcore.ui.components.answers import ModelAnswer
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.phrases import count, in_words, share
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session import questions
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run


@dataclass(frozen=True)
class BeforeAfter:
    """What one model says of two texts.

    Attributes:
        run: Whose model.
        before: Of the first.
        after: Of the second.
        notes: What has to be known of either: that there is nothing to read, or no known word.
    """

    run: Run
    before: ModelAnswer
    after: ModelAnswer
    notes: tuple[str, str] = ("", "")

    @property
    def flipped(self) -> bool:
        """Whether it says another class."""
        return self.before.prediction != self.after.prediction

    def moved(self, label: str = "") -> float:
        """By how much the probability of a class rises; by default that of the answer of before."""
        code = list(self.before.classes).index(label or self.before.prediction)
        return float(self.after.probabilities[code] - self.before.probabilities[code])


def ask_both(room: Room, before: str, after: str) -> list[BeforeAfter]:
    """The answers of every model shown; one that fails says so and hides no other."""
    found = []
    for run in room.able(PREDICT):
        with guard():
            said = room.ask(PREDICT, run, PredictRequest(texts=(before, after)))
            label = room.labels[run.id]
            first, second = (questions.as_drawn(run, said.classes, row, label) for row in said.probabilities)
            known = said.all_known()
            notes = note_on(before, known=known[0]), note_on(after, known=known[1])
            found.append(BeforeAfter(run, first, second, notes))
    return found


def draw_before_after(found: Sequence[BeforeAfter], *, changed: bool, titles: tuple[str, str]) -> None:
    """A row for each model, and in a sentence who changes the answer.

    Args:
        found: The answers.
        changed: Whether the texts differ.
        titles: What the two texts are called.
    """
    if not found:
        return
    flipped = [each for each in found if each.flipped]
    if not changed:
        said = "Change a word, and the answers stand side by side."
    elif flipped:
        names = in_words([f"{bold(each.before.label)} {bold(each.after.prediction)}" for each in flipped])
        says = "says" if len(flipped) == 1 else "say"
        said = f"⇄ {len(flipped)} of {count(len(found), 'model')} now {says} another class: {names}."
    else:
        said = "= No model says another class now."
    st.markdown(said)
    st.html(_table(found, titles))
    for each in found:
        for title, note in zip(titles, each.notes, strict=True):
            if note:
                st.caption(f":material/info: {escape_markdown(each.before.label, 40)}, {title.lower()}: {note}.")


def answers_csv(found: Sequence[BeforeAfter], texts: tuple[str, str], names: tuple[str, str]) -> bytes:
    """A row for each model, text and class."""
    import pandas as pd

    rows = [
        [each.before.label, name, answer.prediction, label, float(answer.probabilities[code]), each.flipped, text]
        for each in found
        for name, text, answer in zip(names, texts, (each.before, each.after), strict=True)
        for code, label in enumerate(answer.classes)
    ]
    columns = ["model", "which", "prediction", "class", "probability", "flipped", "text"]
    return csv_bytes(pd.DataFrame(rows, columns=columns))


def draw_answers_download(found: Sequence[BeforeAfter], texts: tuple[str, str], names: tuple[str, str]) -> None:
    """The answers as CSV."""
    file_button(
        "Answers as CSV", partial(answers_csv, list(found), texts, names), "what_if.csv",
        key=f"answers-csv-{names[1]}",
    )  # fmt: skip


def points(value: float) -> str:
    """A difference of probabilities in points, with its sign: "+12.3 points"."""
    said = f"{100 * value:+z.1f} points"
    return "±0.0 points" if said == "+0.0 points" else said.replace("-", "\N{MINUS SIGN}")


def _table(found: Sequence[BeforeAfter], titles: tuple[str, str]) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in ("Model", *titles, "Difference", "Answer"))
    body = "".join(_row(each, titles) for each in found)
    return f'<table class="seqlab-both"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(each: BeforeAfter, titles: tuple[str, str]) -> str:
    color = appearance(each.run.architecture).color
    cells = [(title, _answer(answer, color)) for title, answer in zip(titles, (each.before, each.after), strict=True)]
    of_what = f"<small>of <bdi>{escape(shorten(each.before.prediction, 40))}</bdi></small>"
    cells += [
        ("Difference", f"<b>{points(each.moved())}</b> {of_what}"),
        ("Answer", "<b>⇄ flipped</b>" if each.flipped else "= the same"),
    ]
    told = "".join(f'<td data-title="{escape(title)}">{cell}</td>' for title, cell in cells)
    return f'<tr><th scope="row"><bdi>{escape(shorten(each.before.label, 60))}</bdi></th>{told}</tr>'


def _answer(answer: ModelAnswer, color: str) -> str:
    value = float(answer.probabilities[answer.code])
    return (
        f"<bdi>{escape(shorten(answer.prediction, 40))}</bdi> {share(value).replace(' ', chr(0xA0))}"
        f'<span class="bar"><span style="width:{100 * value:.0f}%;background:{color}"></span></span>'
    )
