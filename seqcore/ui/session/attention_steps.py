"""Step through attention: scores, their softmax and the weighed sum, word by word, with one's own model's numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.architectures import appearance, get_architecture
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_step import ATTENTION_STEP, AttentionStepAnswer, AttentionStepRequest
from seqcore.ui.kit import charts
from seqcore.ui.kit.attention_equations import (
    DIGITS,
    Score,
    equations_of_attention,
    lines_of_attention,
    symbols_of_attention,
)
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import share
from seqcore.ui.kit.step_grid import step_grid
from seqcore.ui.session import questions
from seqcore.ui.session.word_steps import choose_word, keep_word
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.store import Run

_DRAWN = 40  # words side by side; of a longer text those around the chosen one
Asks = Callable[[AttentionStepRequest], AttentionStepAnswer]


def can_step_through_attention(run: Run) -> bool:
    """Whether the run's model has an attention that can be looked into."""
    able, _ = questions.who_can_answer(get_inspection(ATTENTION_STEP), [run])
    return bool(able)


def draw_attention_steps(run: Run, text: str, ask: Asks, *, key: str) -> None:
    """One word at a time, forward and back; of a transformer for the layer, head and looking word that are chosen.

    Args:
        run: Whose model is asked; one that `can_step_through_attention`.
        text: What it reads.
        ask: Gives the model's answer.
        key: Prefix of the controls' keys.

    Raises:
        SeqlabError: it cannot be answered.
    """
    answer = ask(AttentionStepRequest(text=text))
    if not answer.tokens:
        st.caption("The model reads nothing of this text.")
        return
    if answer.step is not None:
        answer = ask(_choose_sum(answer, key))
    _draw_steps(answer, run.architecture, _score(run), key)


def _choose_sum(first: AttentionStepAnswer, key: str) -> AttentionStepRequest:
    """Which of a transformer's sums: a layer, a head in it, and the word that looks."""
    with st.container(horizontal=True, gap="medium"):
        layer = _one_of("Layer", first.layers, f"{key}-layer")
        head = _one_of("Head", first.heads, f"{key}-head")
        name, words = f"{key}-from", range(len(first.tokens))
        if st.session_state.get(name) not in words:
            st.session_state[name] = 0
        looking = st.selectbox(
            "The word that looks", words, key=name, width=260,
            format_func=lambda place: f"{place + 1}: {shorten(first.tokens[place], 24)}",
        )  # fmt: skip
    return AttentionStepRequest(text=first.text, layer=layer, head=head, step=looking + 1)


def _one_of(title: str, most: int, key: str) -> int:
    if most == 1:
        return 1
    if st.session_state.get(key, 1) > most:
        st.session_state[key] = 1
    return st.segmented_control(title, range(1, most + 1), default=1, required=True, key=key)


def _score(run: Run) -> Score:
    """How the model makes its scores."""
    architecture = get_architecture(run.architecture)
    if architecture.attention == "heads":
        return "heads"
    options = architecture.validate_options(run.spec.model)
    return "tanh" if getattr(options, "score", "additive") == "tanh" else "additive"


@st.fragment
def _draw_steps(answer: AttentionStepAnswer, architecture: str, score: Score, key: str) -> None:
    place = choose_word(answer.tokens, key)
    said, weight = escape_markdown(answer.tokens[place], 40), share(float(answer.weights[place]))
    whose = "" if answer.step is None else f" of **{escape_markdown(answer.tokens[answer.step - 1], 24)}**"
    st.markdown(f"Word {place + 1} of {len(answer.tokens)}: **{said}** gets {weight} of the attention{whose}.")
    _draw_bars(answer, architecture, place, key)
    numbers, equations = st.columns([5, 6], gap="large")
    with numbers:
        lines, color = lines_of_attention(answer, place, score), appearance(architecture).color
        st.html(step_grid(lines, answer.units, color, DIGITS))
        st.caption(f"The first {len(answer.units)} numbers of what is weighed. Bars to the left are negative.")
    with equations:
        column = st.segmented_control(
            "Unit", range(len(answer.units)), default=0, required=True, key=f"{key}-unit",
            format_func=lambda number: f"Unit {answer.units[number]}",
        )  # fmt: skip
        for equation in equations_of_attention(answer, place, int(column or 0), score):
            st.latex(equation)
        rows = [f"| ${symbol}$ | {meaning} |" for symbol, meaning in symbols_of_attention(answer, score)]
        st.markdown("\n".join(["| Symbol | What it is |", "|---|---|", *rows]))
    inspection = get_inspection(ATTENTION_STEP)
    st.caption(f"{explained(inspection.how_to_read)} {inspection.how_not_to_read}")
    keep_word(place)


def _draw_bars(answer: AttentionStepAnswer, architecture: str, place: int, key: str) -> None:
    first = min(max(place - _DRAWN // 2, 0), max(len(answer.tokens) - _DRAWN, 0))
    words = answer.tokens[first : first + _DRAWN]
    scores, weights = (values[first : first + _DRAWN].tolist() for values in (answer.scores, answer.weights))
    told = zip(words, scores, weights, strict=True)
    table = [
        ["Word", "Score", "Weight"],
        *([shorten(word, 24), f"{one:.2f}", f"{other:.2%}"] for word, one, other in told),
    ]
    charts.show(
        plots.plot_weighing(words, scores, weights, place - first, architecture),
        key=f"{key}-bars",
        alt=plots.describe_weighing(words, scores, weights, place - first),
        table=table,
        least=plots.gate_width(len(words)),
    )
    if len(words) < len(answer.tokens):
        st.caption(f"Drawn are {len(words)} words around it, of {len(answer.tokens):,}.")
