"""Vectors of many numbers laid out in a plane by scikit-learn, the same ones always at the same places."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from seqcore.analysis.plane import InPlane, Method

_SEED = 0
_PERPLEXITY = 30.0  # of van der Maaten and Hinton's usual 5 to 50
_FEWEST = 5  # points from which t-SNE has neighbours to tell apart


def in_plane(vectors: NDArray[Any], method: Method, *, later: NDArray[Any] | None = None) -> InPlane:
    """Two numbers for each vector.

    PCA: the two directions in which the vectors differ most, from their covariances. t-SNE (van der Maaten
    and Hinton 2008) begins at the PCA with a fixed seed on one thread, so that it ends at the same places always; its
    perplexity is 30 and at most a third of the other points.

    Args:
        vectors: (vectors, size), any number of them.
        method: How.
        later: (more, size) vectors that are to be seen among the others without changing where PCA puts these: they
            come last in what is returned. t-SNE has no place for what it has not met, so there they are met.
    """
    more = np.zeros((0, vectors.shape[1])) if later is None else np.asarray(later, np.float64)
    everything = np.concatenate([np.asarray(vectors, np.float64), more])
    if method == "tsne" and len(everything) < _FEWEST:
        found = _principal(everything, len(vectors))
        note = f"t-SNE needs {_FEWEST} points at least; these {len(everything)} are laid out by PCA."
        return InPlane(found.points, "pca", found.explained, note=note)
    return _by_neighbours(everything) if method == "tsne" else _principal(everything, len(vectors))


def _principal(everything: NDArray[np.float64], fitted: int) -> InPlane:
    """PCA of the first so many; of one point, or of several at one place, everything lies at 0."""
    from sklearn.decomposition import PCA

    points = np.zeros((len(everything), 2))
    axes = min(2, fitted, everything.shape[1])
    if fitted < 2 or not np.ptp(everything[:fitted], axis=0).any():
        return InPlane(points, "pca", (0.0, 0.0))
    found = PCA(axes, svd_solver="covariance_eigh").fit(everything[:fitted])
    points[:, :axes] = found.transform(everything)
    shares = [*found.explained_variance_ratio_.tolist(), 0.0]
    return InPlane(points, "pca", (shares[0], shares[1]))


def _by_neighbours(everything: NDArray[np.float64]) -> InPlane:
    from sklearn.manifold import TSNE

    perplexity = min(_PERPLEXITY, (len(everything) - 1) / 3)
    begin = _principal(everything, len(everything)).points
    if not begin.any():  # all at one place: there is nothing to spread out
        return InPlane(begin, "tsne", perplexity=perplexity)
    begin = begin / np.std(begin[:, 0]) * 1e-4  # as scikit-learn begins at its own PCA
    with threadpool_limits(1):  # several threads would add up in another order each time
        points = TSNE(2, perplexity=perplexity, init=begin, random_state=_SEED).fit_transform(everything)
    return InPlane(np.asarray(points, np.float64), "tsne", perplexity=perplexity)
