from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.worker.batches import bucketed_batches

lengths = st.lists(st.integers(0, 500), max_size=300)
sizes = st.integers(1, 64)


@given(lengths, sizes, st.none() | st.integers(0, 2**32 - 1))
def test_every_row_is_in_exactly_one_batch(lengths, size, seed):
    batches = bucketed_batches(lengths, size, None if seed is None else np.random.default_rng(seed))
    rows = np.concatenate(batches) if batches else np.array([], np.int64)
    assert sorted(rows.tolist()) == list(range(len(lengths)))
    assert all(0 < len(batch) <= size for batch in batches)
    assert sum(len(batch) < size for batch in batches) <= 1


@given(lengths, sizes)
def test_without_a_generator_lengths_rise(lengths, size):
    batches = bucketed_batches(lengths, size, None)
    order = [lengths[row] for batch in batches for row in batch]
    assert order == sorted(order)


@given(lengths, sizes, st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_batches(lengths, size, seed):
    first, second = (bucketed_batches(lengths, size, np.random.default_rng(seed)) for _ in range(2))
    assert [batch.tolist() for batch in first] == [batch.tolist() for batch in second]


def test_an_epoch_differs_from_the_one_before():
    rng = np.random.default_rng(0)
    first, second = (bucketed_batches([7] * 100, 10, rng) for _ in range(2))
    assert {frozenset(batch.tolist()) for batch in first} != {frozenset(batch.tolist()) for batch in second}


@pytest.mark.parametrize(("seed", "most"), [(None, 1.1), (0, 1.5)])
def test_little_of_a_batch_is_padding(seed, most):
    lengths = np.random.default_rng(1).geometric(1 / 20, 2000)
    batches = bucketed_batches(lengths, 32, None if seed is None else np.random.default_rng(seed))
    cells = sum(lengths[batch].max() * len(batch) for batch in batches)
    assert cells < most * lengths.sum()
