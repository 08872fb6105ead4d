"""Which epoch was the best, and how that is said."""

from __future__ import annotations

import math

import pytest

from seqcore.analysis.best_epoch import best_epoch, epoch_of


@pytest.mark.parametrize(
    ("validation", "best", "lowest"),
    [
        ([], 0, 0),
        ([(0.7, 0.5)], 1, 1),
        ([(0.9, 0.5), (0.4, 0.8), (0.6, 0.9)], 3, 2),  # more often right, less sure of it
        ([(0.9, 0.5), (0.6, 0.8), (0.4, 0.8)], 3, 3),  # as often right: the loss decides
        ([(0.5, 0.5), (0.5, 0.5)], 1, 1),
        ([(math.nan, 0.9), (0.9, 0.5)], 2, 2),
        ([(math.nan, 0.9)], 0, 0),
    ],
)
def test_the_best_epoch_is_the_most_accurate_or_that_of_the_lowest_loss(validation, best, lowest):
    assert (best_epoch(validation), best_epoch(validation, "lowest_loss")) == (best, lowest)


@pytest.mark.parametrize(
    ("best", "epochs", "words"),
    [
        ([2], [10], "2 of 10"),
        ([2, 5, 3], [10, 10, 10], "2 to 5 of 10"),
        ([4, 4], [9, 12], "4 of 9 to 12"),
        ([], [], ""),
        ([3, 0], [10, 10], ""),
    ],
)
def test_the_best_epoch_is_said_among_those_that_were_trained(best, epochs, words):
    assert epoch_of(best, epochs) == words
