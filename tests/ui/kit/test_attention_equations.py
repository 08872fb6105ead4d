"""The equations of an attention with their numbers: they say what the numbers of the sum say."""

import math
import re

import numpy as np
import pytest

from seqcore.ui.kit.attention_equations import (
    Score,
    equations_of_attention,
    lines_of_attention,
    sums_so_far,
    symbols_of_attention,
)
from tests.ui.drawn_attention import UNITS, answer_of

WORDS = ("not", "a", "good", "film")
SCORES: tuple[Score, ...] = ("additive", "tanh", "heads")


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("place", range(len(WORDS)))
def test_each_equation_ends_with_what_the_attention_has(score: Score, place: int) -> None:
    answer = answer_of(WORDS, heads=score == "heads")
    for column in range(UNITS):
        ends = [results(equation) for equation in equations_of_attention(answer, place, column, score)]
        wanted = (answer.scores[place], answer.weights[place], sums_so_far(answer)[place + 1, column])
        assert ends == pytest.approx(wanted, abs=0.0051)


def test_the_last_word_completes_the_sum() -> None:
    answer = answer_of(WORDS, heads=False)
    so_far, whole = lines_of_attention(answer, len(WORDS) - 1, "additive")[-2:]
    np.testing.assert_allclose(so_far.values, whole.values)
    np.testing.assert_allclose(sums_so_far(answer)[0], 0)


def test_the_score_of_a_head_is_its_product_divided_by_the_root_of_its_size() -> None:
    answer = answer_of(WORDS, heads=True)
    said = equations_of_attention(answer, 1, 0, "heads")[0]
    product, size = re.search(r"frac\{(-?[\d.]+)\}\{\\sqrt\{(\d+)\}\}", said).groups()
    assert float(product) / math.sqrt(int(size)) == pytest.approx(answer.scores[1], abs=0.01)


@pytest.mark.parametrize("spread", [1.0, 400.0], ids=["scores that one can raise", "scores too large for that"])
def test_the_softmax_is_told_with_numbers_that_give_the_weight(spread: float) -> None:
    answer = answer_of(WORDS, heads=False, spread=spread)
    for place in range(len(WORDS)):
        said = equations_of_attention(answer, place, 0, "additive")[1].split(r"\\ &= ")[1]
        score, total = re.search(r"exp\((-?[\d.]+)\)\}\{([\d.]+)\}", said).groups()
        assert math.exp(float(score)) / float(total) == pytest.approx(answer.weights[place], abs=0.01)


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("spread", [1.0, 400.0])
def test_every_symbol_is_explained(score: Score, spread: float) -> None:
    answer = answer_of(WORDS, heads=score == "heads", spread=spread)
    said = " ".join(equations_of_attention(answer, 0, 0, score)).split(r"\\ &=")
    used = set(
        re.findall(r"\\alpha|(?<![a-z\\])[a-zA-Z](?:_a)?(?![a-z])", re.sub(r"\\(?!alpha)[a-z]+", " ", " ".join(said)))
    )
    explained = " ".join(symbol for symbol, _ in symbols_of_attention(answer, score))
    assert not {letter for letter in used if letter not in explained}


def results(equation: str) -> float:
    found = re.search(r"mathbf\{(-?[\d.]+)\}", equation)
    assert found
    return float(found[1])
