"""Many answers in a few numbers, against values worked out by hand."""

import numpy as np

from seqcore.analysis.answers import agreed, scored, summarised

SAID = np.array([[0.9, 0.1], [0.45, 0.55], [0.2, 0.8], [0.5, 0.5], [0.7, 0.3]])
THERE = [True, True, True, False, True]


def test_classes_low_confidence_unknown_and_missing_texts_are_counted_apart() -> None:
    found = summarised(SAID, [True, True, True, True, False], THERE)
    assert (found.counts, found.answered, found.low_confidence) == ((1, 2), 3, 1)
    assert (found.unknown, found.without_text) == (1, 1)


def test_only_rows_with_a_text_and_a_class_of_the_model_are_scored() -> None:
    found = scored(SAID, ["a", "a", "b", "b", ""], ["a", "b"], THERE)
    assert (found.scored, found.right, found.other_labels, found.accuracy) == (3, 2, 1, 2 / 3)
    assert found.confusion.tolist() == [[1, 1], [0, 1]]
    assert scored(SAID, [None] * 5, ["a", "b"], THERE).accuracy is None


def test_models_agree_where_all_say_the_same_of_a_text() -> None:
    other = np.array([[0.6, 0.4], [0.9, 0.1], [0.1, 0.9], [0.9, 0.1], [0.1, 0.9]])
    assert agreed([SAID, other], THERE) == 2
    assert agreed([SAID, SAID, SAID], THERE) == 4


def test_of_no_text_there_is_nothing_to_count() -> None:
    found = summarised(SAID[:0], [], [])
    assert (found.counts, found.answered, found.low_confidence) == ((0, 0), 0, 0)
