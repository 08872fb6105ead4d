"""What is named as needed is the least that has the power, and gives it."""

import math

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.evidence_needed import MOST_SEEDS, evidence_needed
from seqcore.analysis.two_sources import Seeds, TwoSources


def measured(value=0.02, seeds=0.01, texts=500, by_text=0.05, number=5):
    spread = (Seeds(number, seeds**2), Seeds(number, seeds**2)) if seeds else ()
    return TwoSources(value, texts, texts // 5, by_text, spread)


def power(found: TwoSources, limit: float, alpha: float = 0.05) -> float:
    spread = math.sqrt(found.variance_by_seeds + found.variance_by_texts)
    return stats.norm.cdf((max(limit, abs(found.value)) - found.margin(alpha)) / spread)


def test_the_number_of_texts_is_the_least_that_has_the_power():
    found = measured(seeds=0.002)
    more = evidence_needed(found, limit=0.01).texts
    assert power(found.as_if(texts=500 + more), 0.01) >= 0.8 > power(found.as_if(texts=500 + more - 1), 0.01)


def test_the_number_of_seeds_is_the_least_that_has_the_power():
    found = measured(by_text=0.005)
    more = evidence_needed(found, limit=0.01).seeds
    assert power(found.as_if(seeds=5 + more), 0.01) >= 0.8 > power(found.as_if(seeds=5 + more - 1), 0.01)


def test_where_neither_alone_would_tell_both_together_may():
    found = measured(value=0.02, seeds=0.02, by_text=0.08)
    needed = evidence_needed(found, limit=0.01)
    assert (needed.seeds, needed.texts) == (None, None)
    both = round(needed.times * 5)
    assert power(found.as_if(seeds=both, texts=both * 100), 0.01) >= 0.8


def test_models_without_seeds_need_texts_only():
    needed = evidence_needed(measured(seeds=0.0, by_text=0.2), limit=0.01)
    assert needed.seeds is None
    assert needed.texts > 0


def test_what_no_number_within_reach_would_tell_is_not_promised():
    needed = evidence_needed(measured(value=0.0, seeds=0.3, by_text=0.2), limit=0.0001)
    assert (needed.seeds, needed.texts, needed.times) == (None, None, None)
    assert MOST_SEEDS == 40


def test_more_comparisons_need_more():
    found = measured(seeds=0.002)
    assert evidence_needed(found, limit=0.01, comparisons=10).texts > evidence_needed(found, limit=0.01).texts


def test_in_four_of_five_repetitions_the_named_number_of_texts_does_tell():
    value, spread = 0.03, 0.3
    found = TwoSources(value, 200, 40, spread**2, ())
    texts = 200 + evidence_needed(found, limit=0.01).texts
    rng = np.random.default_rng(0)
    told = 0
    for _ in range(400):
        by_text = rng.normal(value, spread, texts)
        told += TwoSources(by_text.mean(), texts, texts, by_text.var(ddof=1), ()).p_value() < 0.05
    assert told / 400 == pytest.approx(0.8, abs=0.06)
