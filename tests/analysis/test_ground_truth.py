"""A map beside what is known: shares, hits and ties come out as counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.ground_truth import (
    MapScore,
    matters,
    score_of,
    score_together,
    sentence_of,
    sentence_of_many,
)


def test_a_step_matters_that_shares_a_character_with_a_word_that_does() -> None:
    steps = [(0, 2), (2, 5), (6, 9), (10, 12)]
    assert matters(steps, [(1, 5), (11, 20)]).tolist() == [True, True, False, True]
    assert matters(steps, []).tolist() == [False] * 4
    assert matters([], [(0, 1)]).tolist() == []


def test_the_share_counts_sizes_of_either_sign() -> None:
    score = score_of(np.array([-3.0, 1.0, 0.0, 2.0]), np.array([True, False, False, True]))
    assert score == MapScore(share=5 / 6, even=0.5, hit=1.0)


def test_a_map_that_marks_other_words_most_misses() -> None:
    score = score_of(np.array([0.1, 0.9]), np.array([True, False]))
    assert score is not None
    assert (score.share, score.hit) == (pytest.approx(0.1), 0.0)


@pytest.mark.parametrize("scores", [np.zeros(4), np.full(4, 0.25)])
def test_a_map_that_marks_all_alike_has_an_even_share_and_hits_by_chance(scores: np.ndarray) -> None:
    assert score_of(scores, np.array([True, False, False, False])) == MapScore(0.25, 0.25, 0.25)


def test_a_text_of_which_nothing_that_matters_is_read_has_no_score() -> None:
    assert score_of(np.ones(3), np.zeros(3, bool)) is None


def test_the_interval_is_that_of_a_mean_of_texts() -> None:
    shares = [0.2, 0.5, 0.4, 0.7]
    together = score_together([MapScore(share, 0.1, float(share > 0.3)) for share in shares])
    assert together is not None and together.interval is not None
    low, high = stats.t.interval(0.95, 3, np.mean(shares), stats.sem(shares))
    assert (together.interval.low, together.interval.high) == (pytest.approx(low), pytest.approx(high))
    assert (together.texts, together.hits, together.even) == (4, 0.75, pytest.approx(0.1))


def test_one_text_has_no_interval_and_none_has_no_score() -> None:
    together = score_together([MapScore(0.5, 0.1, 1.0)])
    assert together is not None and together.interval is None
    assert score_together([]) is None


def test_sentences_say_the_numbers() -> None:
    assert "50.0\N{NO-BREAK SPACE}%" in sentence_of(MapScore(0.5, 0.1, 1.0))
    assert "5.0 times an even share" in sentence_of(MapScore(0.5, 0.1, 1.0))
    assert "marked most is none of them" in sentence_of(MapScore(0.5, 0.1, 0.0))
    together = score_together([MapScore(0.5, 0.1, 1.0), MapScore(0.7, 0.1, 1.0)])
    assert together is not None
    assert "Over 2 test texts 60.0" in sentence_of_many(together)
