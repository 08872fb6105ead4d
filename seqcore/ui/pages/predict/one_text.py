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
from seqcore.ui.kit.phrases import in_words
from seqcore.ui.session import in_address, questions, state
from seqcore.ui.session.header import show_problem
from seqcore.ui.session.text_box import draw_text_box

if TYPE_CHECKING:
    from seqcore.store import Run


def choose_text() -> str:
    """The text to ask about: what a link brought, what was asked last, or what is typed now."""
    text = draw_text_box(
        "predict-text", at_first=state.memory().predict_text, given=in_address.take(in_address.TEXT),
        placeholder="Type or paste a text, then press Ask or Ctrl + Enter",
    )  # fmt: skip
    st.button("Ask the models", type="primary", icon=":material/chat:", key="predict-ask")  # leaving the box asks too
    state.memory().predict_text = text
    in_address.keep(in_address.TEXT, text if text.strip() else None)
    return text


def draw_text_answers(runs: Sequence[Run], labels: dict[str, str], text: str) -> None:
    """Every model's answer to one text, side by side, and whether they agree."""
    answers: list[ModelAnswer] = []
    lost: list[str] = []
    for run in runs:
        try:
            found = questions.ask(PREDICT, run.id, PredictRequest(texts=(text,)))
            if not found.all_known()[0]:
                lost.append(labels[run.id])
                continue
            answers.append(questions.as_drawn(run, found.classes, found.probabilities[0], labels[run.id]))
        except SeqlabError as error:
            show_problem(error)
    if lost:
        st.markdown(unknown_words(lost, others=bool(answers)))
    if not answers:
        return
    st.markdown(agreement([answer.prediction for answer in answers]))
    draw_answers(answers, key="answers")


def unknown_words(models: Sequence[str], *, others: bool) -> str:
    """In a sentence of Markdown, which models have nothing to answer from.

    Args:
        models: Their names.
        others: Whether other models know some of the words.
    """
    if others:
        named = [escape_markdown(name, 60) for name in models]
        return f":material/help: **{in_words(named)}**{': each' if len(named) > 1 else ''} knows none of these words."
    who = "The model" if len(models) == 1 else "Each of the models"
    return f":material/help: {who} knows none of these words, so its answer would say nothing about this text."


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
