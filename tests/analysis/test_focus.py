"""A layer and head chosen, or their mean: rows and received weights sum to 1."""

import numpy as np
import pytest

from seqcore.analysis.focus import focus

MATRIX = np.random.default_rng(0).dirichlet(np.ones(5), size=(2, 3, 5))


@pytest.mark.parametrize("layer", [None, 0, 1])
@pytest.mark.parametrize("head", [None, 0, 2])
def test_weights_sum_to_one(layer, head):
    found = focus(MATRIX.round(6), layer, head)
    np.testing.assert_allclose(found.matrix.sum(axis=1), 1)
    assert found.received.sum() == pytest.approx(1)


def test_one_head_is_that_head():
    np.testing.assert_allclose(focus(MATRIX, 1, 2).matrix, MATRIX[1, 2])


def test_everything_is_the_mean_over_layers_heads_and_looking_tokens():
    np.testing.assert_allclose(focus(MATRIX).received, MATRIX.mean(axis=(0, 1, 2)))
