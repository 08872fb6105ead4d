"""From a stored data set to the batches that a model is trained on."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.cutting import Cut
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import SplitOptions
from seqcore.worker.prepare import Examples, prepare
from tests.worker.conftest import labelled

ENCODER = TextEncoder.fit(["any text"], TextOptions())


def examples(*rows: list[int]) -> Examples:
    return Examples([np.array(row, np.int32) for row in rows], np.arange(len(rows)), ENCODER)


def test_texts_are_padded_at_the_end_to_the_longest_of_their_batch():
    ids, labels = examples([5, 6, 7], [8], [1, 2, 3, 4]).batch(np.array([0, 1]))
    assert ids.dtype == labels.dtype == np.int32
    assert ids.tolist() == [[5, 6, 7], [8, 0, 0]]
    assert labels.tolist() == [0, 1]


def test_a_text_without_tokens_is_one_oov():
    assert examples([], [4, 5]).batch(np.array([0, 1]))[0].tolist() == [[1, 0], [4, 5]]
    assert examples([]).batch(np.array([0]))[0].tolist() == [[1]]


def test_a_batch_has_its_rows_in_the_order_they_are_asked_for():
    ids, labels = examples([5], [6, 7], [8]).batch(np.array([2, 1, 2]))
    assert (ids.tolist(), labels.tolist()) == ([[8, 0], [6, 7], [8, 0]], [2, 1, 2])


def test_some_of_the_examples_are_as_good_as_all():
    some = examples([5, 6, 7], [8], [1, 2]).some(np.array([2, 0]))
    ids, labels = some.batch(np.array([0, 1]))
    assert (ids.tolist(), labels.tolist()) == ([[1, 2, 0], [5, 6, 7]], [2, 0])
    flat, starts = some.flat_with_starts()
    assert (flat.tolist(), starts.tolist(), some.lengths.tolist()) == ([1, 2, 5, 6, 7], [0, 2], [2, 3])


@pytest.mark.parametrize(
    "options", [TextOptions(), *(TextOptions(truncate=cut, max_length=3) for cut in get_args(Cut))]
)
def test_training_texts_are_encoded_as_any_other(options):
    """Their vocabulary and their ids are made in one go."""
    data = labelled()
    prepared = prepare(data, options, SplitOptions())
    expected = prepared.encoder.encode([data.examples[row] for row in prepared.split.train])
    for number, ids in enumerate(expected):
        assert prepared.train.batch(np.array([number]))[0].tolist() == [ids.tolist()]


def test_windows_are_those_of_each_text_one_after_the_other():
    encoder = TextEncoder.fit(["any text"], TextOptions(windows="mean", max_length=4, window_overlap=0.25))
    lengths = [2, 9, 4, 9, 1, 30]
    rows = [np.arange(10 * row, 10 * row + length, dtype=np.int32) for row, length in enumerate(lengths)]
    found = Examples(rows, np.arange(len(rows)), encoder).windows()
    expected = [(owner, row[part].tolist()) for owner, row in enumerate(rows) for part in encoder.windows(len(row))]
    assert len(expected) > len(rows)
    assert found.owners.tolist() == found.examples.labels.tolist() == [owner for owner, _ in expected]
    assert [array.tolist() for array in found.examples.arrays()] == [steps for _, steps in expected]


def test_examples_that_are_read_at_once_are_their_own_windows():
    given = examples([5, 6, 7], [8], [1, 2])
    found = given.windows()
    assert found.examples is given
    assert found.owners.tolist() == [0, 1, 2]
