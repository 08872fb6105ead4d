"""Rollout: the product by hand, what it leaves alone, and that nothing is lost on the way."""

import numpy as np
import pytest

from seqcore.analysis.rollout import handed_on, pooled_rollout, rollout

LAYERS = list(np.random.default_rng(0).dirichlet(np.ones(5), size=(3, 2, 5)).astype(np.float32))


def test_two_layers_are_the_product_that_one_reckons_by_hand():
    first = np.array([[[0.0, 1.0], [1.0, 0.0]]])  # one head: each looks at the other
    second = np.array([[[1.0, 0.0], [1.0, 0.0]]])  # both look at the first
    # hand on: first [[.5, .5], [.5, .5]], second [[1, 0], [.5, .5]]
    np.testing.assert_allclose(rollout([first, second]), [[0.5, 0.5], [0.5, 0.5]])
    np.testing.assert_allclose(rollout([second, first]), [[0.75, 0.25], [0.75, 0.25]])
    np.testing.assert_allclose(pooled_rollout([second, first]), [0.75, 0.25])


def test_one_layer_is_half_what_its_heads_look_at_and_half_each_step_itself():
    heads = np.array([[[0.2, 0.8], [1.0, 0.0]], [[0.6, 0.4], [0.0, 1.0]]])
    np.testing.assert_allclose(rollout([heads]), [[0.7, 0.3], [0.25, 0.75]])
    np.testing.assert_allclose(pooled_rollout([heads]), [0.475, 0.525])


def test_steps_that_look_at_themselves_only_keep_everything():
    same = np.broadcast_to(np.eye(4), (3, 4, 4))
    np.testing.assert_array_equal(rollout([same, same]), np.eye(4))
    np.testing.assert_allclose(pooled_rollout([same, same]), np.full(4, 0.25))


def test_a_single_step_has_all():
    np.testing.assert_array_equal(pooled_rollout([np.ones((2, 1, 1))]), [1.0])


def test_every_row_sums_to_one():
    np.testing.assert_allclose(rollout(LAYERS).sum(axis=1), 1)
    np.testing.assert_allclose(handed_on(LAYERS[0]).sum(axis=1), 1)
    assert pooled_rollout(LAYERS).sum() == pytest.approx(1)


def test_what_reaches_the_mean_of_all_states_is_the_mean_of_the_rows():
    np.testing.assert_allclose(pooled_rollout(LAYERS), rollout(LAYERS).mean(axis=0))


def test_a_model_that_answers_from_the_first_state_has_the_first_row() -> None:
    layers = np.random.default_rng(3).dirichlet(np.ones(4), (2, 3, 4))
    np.testing.assert_allclose(pooled_rollout(layers, from_first=True), rollout(layers)[0])
