"""Vectors in a plane: known places, the same ones each time, and any number of points."""

import numpy as np
import pytest

from seqcore.worker.runtime.planes import in_plane

RNG = np.random.default_rng(0)
CLUSTERS = np.concatenate([RNG.normal(size=(20, 6)), RNG.normal(size=(20, 6)) + 20])


def test_points_of_a_tilted_plane_keep_their_distances_and_nothing_is_hidden():
    flat = RNG.normal(size=(30, 2)) * [5, 2]
    axes = np.linalg.qr(RNG.normal(size=(7, 2)))[0]
    found = in_plane(flat @ axes.T + 3, "pca")
    for one, other in ((0, 1), (4, 20), (11, 29)):
        assert np.linalg.norm(found.points[one] - found.points[other]) == pytest.approx(
            np.linalg.norm(flat[one] - flat[other])
        )
    assert sum(found.explained or ()) == pytest.approx(1)
    variances = found.points.var(axis=0)
    assert variances[0] > variances[1]
    assert found.explained == pytest.approx(variances / variances.sum())


def test_the_share_of_the_variance_is_of_all_of_it():
    vectors = np.diag([3.0, 2.0, 1.0])[[0, 0, 1, 1, 2, 2]] * np.array([1, -1] * 3)[:, None]
    assert in_plane(vectors, "pca").explained == pytest.approx((9 / 14, 4 / 14))


def test_a_later_point_moves_nothing_and_lies_where_its_vector_belongs():
    alone = in_plane(CLUSTERS, "pca")
    found = in_plane(CLUSTERS, "pca", later=CLUSTERS[5:6])
    np.testing.assert_array_equal(found.points[:-1], alone.points)
    np.testing.assert_allclose(found.points[-1], alone.points[5])
    assert found.explained == alone.explained


@pytest.mark.parametrize("method", ["pca", "tsne"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("later", [None, np.ones((1, 6))], ids=["alone", "with one more"])
def test_any_number_of_points_has_places(method, count, later):
    found = in_plane(CLUSTERS[:count], method, later=later)
    assert found.points.shape == (count + (later is not None), 2)
    assert np.isfinite(found.points).all()
    if method == "tsne" and len(found.points) < 5:
        assert found.method == "pca"
        assert found.note == f"t-SNE needs 5 points at least; these {len(found.points)} are laid out by PCA."


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_points_at_one_place_stay_there(method):
    found = in_plane(np.ones((8, 6)), method)
    np.testing.assert_allclose(found.points, np.zeros((8, 2)), atol=1e-9)


def test_two_points_lie_on_the_first_axis_as_far_apart_as_they_are():
    found = in_plane(np.array([[0.0, 0, 0], [3.0, 4, 0]]), "pca")
    np.testing.assert_allclose(np.abs(found.points), [[2.5, 0], [2.5, 0]], atol=1e-12)
    assert found.explained == pytest.approx((1, 0))


def test_neighbours_stay_together_in_t_sne_and_always_at_the_same_places():
    first, again = (in_plane(CLUSTERS, "tsne") for _ in range(2))
    np.testing.assert_array_equal(first.points, again.points)
    near = np.linalg.norm(first.points[:, None] - first.points[None], axis=2) + np.eye(40) * 1e9
    assert all((row < 20) == (closest < 20) for row, closest in enumerate(near.argmin(axis=1)))


@pytest.mark.parametrize(("points", "perplexity"), [(7, 2.0), (40, 13.0), (200, 30.0)])
def test_the_perplexity_is_no_more_than_a_third_of_the_other_points(points, perplexity):
    found = in_plane(np.random.default_rng(1).normal(size=(points, 4)), "tsne")
    assert (found.perplexity, found.explained) == (perplexity, None)
