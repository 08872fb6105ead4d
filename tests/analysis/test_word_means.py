"""The mean of each word, its error with texts as the units, and the order that chance does not make."""

import numpy as np
import pytest
from scipy.stats import t as student

from seqcore.analysis.word_means import FEWEST, word_means


def test_counts_means_and_totals_are_those_of_the_places():
    found = word_means([np.array([4, 7, 4]), np.array([7])], [np.array([1.0, 2.0, 3.0]), np.array([-6.0])])
    told = {word: place for place, word in enumerate(found.words.tolist())}
    assert set(told) == {4, 7}
    four, seven = told[4], told[7]
    assert (found.times[four], found.texts[four], found.mean[four], found.total[four]) == (2, 1, 2.0, 4.0)
    assert (found.times[seven], found.texts[seven], found.mean[seven], found.total[seven]) == (2, 2, -2.0, -4.0)
    assert np.isnan(found.error[four]) and np.isnan(found.at_least).all()


def test_a_word_once_in_each_text_has_the_usual_error_and_interval():
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    found = word_means([np.array([0])] * 5, [values[place : place + 1] for place in range(5)])
    error = values.std(ddof=1) / np.sqrt(5)
    assert found.error[0] == pytest.approx(error)
    assert found.margin[0] == pytest.approx(student.ppf(0.975, 4) * error)
    assert found.at_least[0] == pytest.approx(3 - found.margin[0])


def test_places_of_one_text_are_not_several_witnesses():
    repeated = word_means([np.zeros(50, int)] * 5, [np.full(50, value) for value in (1.0, 2.0, 3.0, 4.0, 5.0)])
    single = word_means([np.zeros(1, int)] * 5, [np.full(1, value) for value in (1.0, 2.0, 3.0, 4.0, 5.0)])
    assert repeated.error == pytest.approx(single.error)
    assert repeated.at_least == pytest.approx(single.at_least)


def test_the_error_covers_the_mean_as_often_as_it_says():
    rng, covered = np.random.default_rng(0), 0
    for _ in range(300):
        sizes = rng.integers(1, 5, size=40)
        shifts = rng.normal(1.0, 1.0, size=40)
        values = [rng.normal(shift, 0.5, size=size) for shift, size in zip(shifts, sizes, strict=True)]
        found = word_means([np.zeros(size, int) for size in sizes], values)
        covered += abs(found.mean[0] - 1.0) <= student.ppf(0.975, 39) * found.error[0]
    assert 0.91 <= covered / 300 <= 0.98


def test_a_word_seen_in_few_texts_does_not_outdo_one_that_is_sure():
    rng = np.random.default_rng(0)
    texts = [(np.array([1]), rng.normal(2.0, 0.5, 1)) for _ in range(300)]
    texts += [(np.array([2]), np.array([9.0]))] * 4 + [
        (np.array([3]), np.array([value])) for value in (-2, 9, 3, -4, 5.0)
    ]
    found = word_means([words for words, _ in texts], [values for _, values in texts])
    assert found.words.tolist() == [1, 3, 2]
    assert (found.texts[2], np.isnan(found.at_least[2]), FEWEST) == (4, True, 5)
    assert found.at_least[1] == 0


def test_below_zero_the_end_nearer_to_zero_counts_too():
    found = word_means([np.array([0, 1])] * 5, [np.array([-3.0, 1.0]) + 0.01 * row for row in range(5)])
    assert found.words.tolist() == [0, 1]
    assert found.mean[0] < found.at_least[0] < 0


def test_of_no_text_there_is_no_word():
    assert not len(word_means([], []).words) and not len(word_means([np.array([], int)], [np.array([])]).words)
