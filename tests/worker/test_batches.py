from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.spec import TrainingOptions
from seqcore.worker.batches import BATCHES, bucketed_batches, smallest_window

ways = st.sampled_from(sorted(BATCHES))
lengths = st.lists(st.integers(0, 500), max_size=300)
sizes = st.integers(1, 64)


@given(ways, lengths, sizes, st.integers(0, 2**32 - 1))
def test_every_row_is_in_exactly_one_batch(way, lengths, size, seed):
    batches = BATCHES[way](lengths, size, np.random.default_rng(seed))
    rows = np.concatenate(batches) if batches else np.array([], np.int64)
    assert sorted(rows.tolist()) == list(range(len(lengths)))
    assert all(0 < len(batch) <= size for batch in batches)
    assert sum(len(batch) < size for batch in batches) <= 1


@given(lengths, sizes)
def test_without_a_generator_lengths_rise(lengths, size):
    batches = bucketed_batches(lengths, size, None)
    order = [lengths[row] for batch in batches for row in batch]
    assert order == sorted(order)


@given(ways, lengths, sizes, st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_batches(way, lengths, size, seed):
    first, second = (BATCHES[way](lengths, size, np.random.default_rng(seed)) for _ in range(2))
    assert [batch.tolist() for batch in first] == [batch.tolist() for batch in second]


@pytest.mark.parametrize("way", BATCHES)
def test_an_epoch_differs_from_the_one_before(way):
    rng = np.random.default_rng(0)
    first, second = (BATCHES[way]([7] * 100, 10, rng) for _ in range(2))
    assert {frozenset(batch.tolist()) for batch in first} != {frozenset(batch.tolist()) for batch in second}


@pytest.mark.parametrize(("way", "least", "most"), [("by_length", 1.2, 1.5), ("mixed", 1.2, 1.6), ("shuffled", 3, 5)])
def test_how_much_of_a_batch_is_padding(way, least, most):
    lengths = np.random.default_rng(1).geometric(1 / 20, 2000)
    batches = BATCHES[way](lengths, 32, np.random.default_rng(0))
    assert least < padded(lengths, batches) / lengths.sum() < most


def test_without_a_generator_next_to_nothing_is_padding():
    lengths = np.random.default_rng(1).geometric(1 / 20, 2000)
    assert padded(lengths, bucketed_batches(lengths, 32, None)) < 1.1 * lengths.sum()


def padded(lengths, batches):
    """Steps of all batches, padding included."""
    return sum(lengths[batch].max() * len(batch) for batch in batches)


@pytest.mark.parametrize("mean", [5, 20, 150])
def test_mixing_costs_at_most_a_tenth_of_the_steps(mean):
    """Each step of a recurrence waits for the one before, so steps are what an epoch's seconds go by."""
    lengths = np.minimum(np.random.default_rng(1).geometric(1 / mean, 3000), 200)
    mixed, by_length = (
        sum(lengths[batch].max() for batch in BATCHES[way](lengths, 32, np.random.default_rng(5)))
        for way in ("mixed", "by_length")
    )
    assert mixed <= 1.1 * by_length


def test_texts_of_much_the_same_length_are_simply_shuffled():
    assert smallest_window(np.random.default_rng(1).integers(18, 21, 1000), 32) == 1


def test_every_way_can_be_chosen():
    assert {TrainingOptions(batches=way).batches for way in BATCHES} == set(BATCHES)
