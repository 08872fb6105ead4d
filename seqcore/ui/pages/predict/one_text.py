"""Every model's answer to one text, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.inspections.prediction import PREDICT, PredictRequest
from seqcore.ui.components.answers import ModelAnswer, draw_answers
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import questions
from seqcore.ui.session.header import show_problem

if TYPE_CHECKING:
    from seqcore.store import Run


def draw_text_answers(runs: Sequence[Run], labels: dict[str, str], text: str) -> None:
    """Every model's answer to one text, side by side, and whether they agree."""
    answers: list[ModelAnswer] = []
    for run in runs:
        try:
            found = questions.ask(PREDICT, run.id, PredictRequest(texts=(text,)))
            answers.append(questions.as_drawn(run, found.classes, found.probabilities[0], labels[run.id]))
        except SeqlabError as error:
            show_problem(error)
    if not answers:
        return
    st.markdown(agreement([answer.prediction for answer in answers]))
    draw_answers(answers, key="answers")


def agreement(predictions: Sequence[str]) -> str:
    """In a sentence of Markdown, how many models say the same."""
    (most, votes), *others = Counter(predictions).most_common()
    said = f"**{escape_markdown(most, 60)}**"
    if len(predictions) == 1:
        return f"The model says {said}."
    if not others:
        who = "Both models" if votes == 2 else f"All {votes} models"
        return f"{who} say {said}."
    rest = ", ".join(f"{number} {escape_markdown(label, 60)}" for label, number in others)
    return f"{votes} of {len(predictions)} models say {said}; {rest}."
