"""What happens to an answer when steps go: hand-made answers with known figures, and the word that it comes to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from seqcore.analysis.deletions import DRAWS, PRECISE, counts_of, deletions, passes_of
from seqcore.analysis.trust import TRUST_IT, trust_of, trust_sentence, weights_matter, word_of

STEPS, AT, LOGIT = 20, 7, 4.0
ONE = np.eye(STEPS)[AT]  # a map that marks the one step that counts
RNG = np.random.default_rng(3)


def looks_at_one(kept):
    """Sure of its class when step 7 is there, undecided without it."""
    return LOGIT * kept[:, AT]


def test_numbers_of_steps_are_shares_of_the_text():
    assert counts_of(200) == (10, 20, 40, 100)
    assert counts_of(3) == (1, 2)
    assert counts_of(1) == (1,)


def test_a_map_of_what_counts_is_comprehensive_and_sufficient():
    found = deletions(looks_at_one, ONE, ONE)
    sure = expit(LOGIT)
    assert found.whole == pytest.approx(sure)
    assert found.comprehensiveness == pytest.approx(sure - 0.5)  # gone with every number of steps
    assert found.sufficiency == pytest.approx(0)
    assert found.bottom_comprehensiveness == pytest.approx(0)
    share_hit = np.mean([count / STEPS for count in found.counts])  # that a draw has the step
    assert found.random_comprehensiveness == pytest.approx((sure - 0.5) * share_hit, abs=0.05)
    assert found.random_sufficiency == pytest.approx((sure - 0.5) * (1 - share_hit), abs=0.05)
    assert found.without_top == pytest.approx((0.5,) * len(found.counts))
    assert found.beaten > 0.9
    assert trust_of(found) == pytest.approx(1)
    assert word_of(trust_of(found)) == TRUST_IT


def test_a_map_that_marks_something_else_is_worth_nothing():
    found = deletions(looks_at_one, -ONE, ONE)
    assert found.comprehensiveness == pytest.approx(0)
    assert trust_of(found) == 0


def test_maps_drawn_at_random_are_worth_little():
    found = [trust_of(deletions(looks_at_one, RNG.random(STEPS), ONE, seed=seed)) for seed in range(200)]
    assert np.mean(found) < 0.2
    assert np.median(found) < 0.05


def test_weights_of_a_sum_are_trusted_and_their_negatives_are_not():
    weights = RNG.normal(size=STEPS)
    assert trust_of(deletions(lambda kept: kept @ weights, weights, weights)) > 0.9
    assert trust_of(deletions(lambda kept: kept @ weights, -weights, weights)) == 0


def test_an_answer_that_nothing_moves_rests_on_no_words():
    found = deletions(lambda kept: np.full(len(kept), 3.0), RNG.random(STEPS), RNG.random(STEPS))
    assert found.gain == 0 and trust_of(found) == 0
    hardly = deletions(lambda kept: 0.05 * kept[:, AT], ONE, ONE)
    assert hardly.gain == pytest.approx(1) and trust_of(hardly) == 0
    assert "no choice of words" in trust_sentence(hardly)


def test_a_text_of_one_step_has_no_ranking():
    found = deletions(lambda kept: kept[:, 0] * 2.0, np.ones(1), np.ones(1))
    assert (found.counts, found.gain) == ((1,), 0)


def test_the_same_seed_draws_the_same():
    assert deletions(looks_at_one, ONE, ONE) == deletions(looks_at_one, ONE, ONE)
    assert deletions(looks_at_one, ONE, ONE) != deletions(looks_at_one, ONE, ONE, seed=1)


def test_as_many_answers_are_asked_for_as_is_said():
    asked = []
    found = deletions(lambda kept: (asked.append(len(kept)), looks_at_one(kept))[1], ONE, ONE)
    assert (found.draws, sum(asked)) == (DRAWS, passes_of(STEPS, DRAWS))


def test_draws_end_when_they_tell_well_enough_what_chance_does():
    weights = RNG.normal(size=400) / 100  # of a long text each step of which counts for little
    found = deletions(lambda kept: kept @ weights, weights, weights)
    assert found.draws < DRAWS
    assert 0 < found.error <= PRECISE
    others = [deletions(lambda kept: kept @ weights, weights, weights, seed=seed) for seed in range(1, 40)]
    for measure in ("gain", "random_comprehensiveness", "random_sufficiency"):
        assert np.std([getattr(each, measure) for each in others]) < 1.5 * PRECISE


def test_attention_is_trusted_no_more_than_its_weights_matter():
    found = deletions(looks_at_one, ONE, ONE)
    assert trust_of(found, weights_matter(0.0, found.greatest)) == 0
    assert trust_of(found, weights_matter(LOGIT / 2, found.greatest)) == pytest.approx(0.5)
    assert trust_of(found, weights_matter(2 * LOGIT, found.greatest)) == pytest.approx(1)
    assert weights_matter(1.0, -0.5) == 0


@pytest.mark.parametrize(
    ("trust", "word"),
    [(1, "trust it"), (0.6, "trust it"), (0.59, "half"), (0.3, "half"), (0.29, "don't"), (0, "don't")],
)
def test_the_word_follows_from_the_number(trust, word):
    assert word_of(trust) == word


def test_the_sentence_has_the_figures():
    found = replace(deletions(looks_at_one, ONE, ONE), comprehensiveness=0.481, random_comprehensiveness=0.02)
    assert trust_sentence(found) == (
        "Trust it (1.00 of 1): without the words that it marks most the probability falls by 48.1 points, without as "
        "many drawn at random by 2.0."
    )
    assert trust_sentence(found, 0.1).startswith("Don't (0.10 of 1)")
    assert "10\u00a0% as far" in trust_sentence(found, 0.1)


def test_the_sentence_calls_a_step_what_its_kind_does():
    said = trust_sentence(deletions(looks_at_one, ONE, ONE), 0.1, "moment")
    assert "without the moments that it marks most" in said
    assert "word" not in said
