"""Disagreements: every text is counted once, and every number leads to its texts."""

import numpy as np

from seqcore.analysis.disagreements import (
    pairs_of,
    right_where_wrong,
    texts_disagreed_on,
    texts_of_cell,
    texts_of_pair,
    told_apart,
)

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 3, 60)
PREDICTED = RNG.integers(0, 3, (4, 60))
RIGHT = PREDICTED == LABELS


def test_every_text_is_counted_once_in_every_pair() -> None:
    pairs = pairs_of(PREDICTED, LABELS)
    assert len(pairs) == 6
    for pair in pairs:
        assert pair.both_right + pair.only_first + pair.only_second + pair.both_wrong == 60
        assert pair.both_right + pair.only_first == RIGHT[pair.first].sum()
        assert pair.same_answer == (PREDICTED[pair.first] == PREDICTED[pair.second]).sum()


def test_the_matrix_has_the_numbers_of_the_pairs_and_leads_to_as_many_texts() -> None:
    matrix = right_where_wrong(RIGHT)
    for pair in pairs_of(PREDICTED, LABELS):
        assert matrix[pair.first, pair.second] == pair.only_first == len(texts_of_pair(RIGHT, pair.first, pair.second))
        assert matrix[pair.second, pair.first] == pair.only_second
    assert not np.diag(matrix).any()


def test_the_cells_of_a_confusion_matrix_share_out_all_texts() -> None:
    cells = [texts_of_cell(PREDICTED[0], LABELS, true, given) for true in range(3) for given in range(3)]
    assert sorted(np.concatenate(cells).tolist()) == list(range(60))
    assert all(LABELS[text] == 0 and PREDICTED[0, text] == 2 for text in cells[2])


def test_models_disagree_where_not_all_give_the_same_class() -> None:
    assert texts_disagreed_on(np.array([[0, 1, 2], [0, 1, 1], [0, 2, 2]])).tolist() == [1, 2]
    assert texts_disagreed_on(PREDICTED[:1]).size == 0


def test_of_many_probabilities_the_likeliest_are_told_and_always_the_true_class() -> None:
    assert told_apart([0.3, 0.7], 0) == (1,)
    assert told_apart([0.1, 0.2, 0.3, 0.4], 2) == (3, 2, 1)
    assert told_apart([0.1, 0.2, 0.3, 0.4], 0) == (3, 2, 0)
