"""The equations of one sum of an attention with its numbers filled in, told without Streamlit."""

from __future__ import annotations

from typing import Literal

import numpy as np

from seqcore.inspections.attention_step import AttentionStepAnswer
from seqcore.ui.kit.step_equations import Line, aligned, number, product_of

Score = Literal["additive", "tanh", "heads"]
DIGITS = 3  # of weights and of what is weighed: with fewer a small share of a long text would be 0
_PLAIN = 8.0  # score up to which its exponential is a number that one can read

_SCORES: dict[Score, str] = {
    "additive": r"v^\top \tanh(W_a h_j + b_a)",
    "tanh": r"\tanh(w^\top h_j + b)",
    "heads": r"\frac{q_i \cdot k_j}{\sqrt{d}}",
}
_STATES = (
    ("h_j", "state of the recurrent layer after word $j$"),
    ("e_j", "score of word $j$"),
)
_SYMBOLS: dict[Score, tuple[tuple[str, str], ...]] = {
    "additive": (*_STATES, ("v, W_a, b_a", "learned: what makes a score of a state")),
    "tanh": (*_STATES, ("w, b", "learned: what makes a score of a state")),
    "heads": (
        ("i", "the word that looks"),
        ("q_i", "query of the word that looks, from its vector by learned weights"),
        ("k_j, v_j", "key and value of word $j$, from its vector by learned weights"),
        ("d", "numbers in a query or key"),
        ("e_j", "score of word $j$ as seen from word $i$"),
    ),
}


def equations_of_attention(answer: AttentionStepAnswer, place: int, column: int, score: Score) -> list[str]:
    """Score, weight and sum at one word, each with its numbers, in LaTeX.

    Args:
        answer: Of one model to one text.
        place: Of the word, from 0.
        column: Which of the answer's units, from 0.
        score: How the model makes scores.
    """
    value = answer.scores[place]
    if score == "heads":
        product = rf"\frac{{{number(value * answer.divisor)}}}{{\sqrt{{{answer.divisor**2:.0f}}}}}"
        found = [aligned("e_j", _SCORES[score], product, number(value))]
    else:
        found = [rf"e_j = {_SCORES[score]} = \mathbf{{{number(value)}}}"]
    before, after = sums_so_far(answer)[place : place + 2, column]
    weight, what = answer.weights[place], answer.values[place, column]
    letter = _letter(score)
    formula = rf"\sum_{{k<j}} \alpha_k {letter}_k + \alpha_j {letter}_j"
    numbers = f"{number(before, DIGITS)} + {product_of(weight, what, DIGITS)}"
    return [*found, _softmax(answer, place), aligned("s_j", formula, numbers, number(after, DIGITS))]


def symbols_of_attention(answer: AttentionStepAnswer, score: Score) -> list[tuple[str, str]]:
    """Every symbol of the equations in LaTeX, and what it is in Markdown."""
    largest = [("m", "the greatest score, taken off so that no exponential is too large")] if _shift(answer) else []
    letter = _letter(score)
    return [
        ("j, k", "words of the text; $j$ is the one chosen"),
        *_SYMBOLS[score],
        *largest,
        (r"\alpha_j", "weight of word $j$: the softmax makes shares of the scores, which sum to 1"),
        (
            "s_j",
            rf"sum up to word $j$ of what is weighed, ${letter}$, in the chosen unit; after the last word it goes on",
        ),
    ]


def lines_of_attention(answer: AttentionStepAnswer, place: int, score: Score) -> list[Line]:
    """What is weighed at a word, what the weight makes of it, and the sum before, after and at the end."""
    sums, letter = sums_so_far(answer), _letter(score)
    weight, values = answer.weights[place], answer.values[place]
    return [
        Line(f"{letter}_j", "value" if score == "heads" else "state", values),
        Line("", "weight × value" if score == "heads" else "weight × state", weight * values),
        Line("s_{j-1}", "sum before", sums[place]),
        Line("s_j", "sum so far", sums[place + 1]),
        Line("s", "sum of all words", answer.sum),
    ]


def sums_so_far(answer: AttentionStepAnswer) -> np.ndarray:
    """(words + 1, units): nothing, then the weighed sum up to each word."""
    shares = answer.weights[:, None] * answer.values
    return np.concatenate([np.zeros((1, shares.shape[1])), np.cumsum(shares, axis=0)])


def _softmax(answer: AttentionStepAnswer, place: int) -> str:
    shift = _shift(answer)
    less = " - m" if shift else ""
    total = float(np.exp(answer.scores - shift).sum())
    formula = rf"\frac{{\exp(e_j{less})}}{{\sum_k \exp(e_k{less})}}"
    said = rf"\frac{{\exp({number(answer.scores[place] - shift)})}}{{{number(total)}}}"
    return aligned(r"\alpha_j", formula, said, number(answer.weights[place], DIGITS))


def _shift(answer: AttentionStepAnswer) -> float:
    most = float(np.abs(answer.scores).max(initial=0.0))
    return float(answer.scores.max()) if most > _PLAIN else 0.0


def _letter(score: Score) -> str:
    return "v" if score == "heads" else "h"
