"""Which epoch was the best, and how that is said."""

from __future__ import annotations

import math

import pytest

from seqcore.analysis.best_epoch import best_epoch, epoch_of


@pytest.mark.parametrize(
    ("losses", "best"),
    [
        ([], 0),
        ([0.7], 1),
        ([0.9, 0.4, 0.6], 2),
        ([0.5, 0.5], 1),
        ([math.nan, 0.9], 2),
        ([math.nan], 0),
        ([math.inf], 0),
    ],
)
def test_the_best_epoch_is_the_first_with_the_lowest_loss(losses, best):
    assert best_epoch(losses) == best


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
