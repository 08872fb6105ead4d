"""A word stands for the class whose texts have it more often than chance would give."""

import numpy as np
import pytest

from seqcore.analysis.speaks_for import spoken_for

TEXTS = np.array([100, 100])


def test_the_surplus_is_the_adjusted_residual_of_a_table_of_words_by_classes():
    found = spoken_for(np.array([[5, 20]]), TEXTS)  # expected 12.5 of each
    residual = (20 - 12.5) / np.sqrt(12.5 * (1 - 25 / 200) * (1 - 100 / 200))
    assert found.surplus[0] == pytest.approx(residual)
    assert (found.texts.tolist(), found.code.tolist()) == ([25], [1])


def test_its_square_is_the_chi_square_of_two_by_two():
    from scipy.stats import chi2_contingency

    found = spoken_for(np.array([[31, 18]]), np.array([120, 80]))
    statistic = chi2_contingency([[31, 89], [18, 62]], correction=False).statistic
    assert found.surplus[0] ** 2 == pytest.approx(statistic)


def test_what_stands_everywhere_nowhere_or_in_a_few_texts_stands_for_no_class():
    found = spoken_for(np.array([[100, 100], [0, 0], [2, 1]]), TEXTS)
    assert found.code.tolist() == [-1, -1, -1]
    assert np.isfinite(found.surplus).all()


def test_a_class_that_is_rare_is_found_too():
    found = spoken_for(np.array([[90, 9, 8], [90, 0, 10], [0, 0, 4]]), np.array([900, 90, 10]))
    assert found.code.tolist() == [2, 2, -1]  # four texts are too few


def test_of_texts_of_one_class_no_word_stands_for_it():
    assert spoken_for(np.array([[7, 0]]), np.array([10, 0])).code.tolist() == [-1]


def test_about_one_word_in_fifty_is_given_a_class_by_chance():
    rng = np.random.default_rng(0)
    standing = rng.binomial(500, 0.1, (20_000, 2))
    shares = [(spoken_for(standing, np.array([500, 500])).code == code).mean() for code in (0, 1)]
    assert shares == pytest.approx([0.0228, 0.0228], abs=0.004)
